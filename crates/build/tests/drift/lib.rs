//! What bindings.yaml names. Each pair is an item as declared, and the same item after somebody changed it.

#![allow(dead_code, unused_variables, missing_docs)]

include!(concat!(env!("OUT_DIR"), "/pyrus.rs"));

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicUsize};

use api::{BarnError, Breed, py};
use pyrus::{Any, BoxIter, Error, Ref, This, View, exc};

macro_rules! pair {
    ({ $($good:tt)* } { $($drifted:tt)* }) => {
        #[cfg(not(feature = "drifted"))]
        $($good)*
        #[cfg(feature = "drifted")]
        $($drifted)*
    };
}

pair! { { pub fn argument_type(a: i64) {} } { pub fn argument_type(a: u32) {} } }
pair! { { pub fn argument_text(a: &str) {} } { pub fn argument_text(a: String) {} } }
pair! { { pub fn argument_more(a: i64) {} } { pub fn argument_more(a: i64, b: i64) {} } }
pair! { { pub fn argument_less(a: i64, b: f64) {} } { pub fn argument_less(a: i64) {} } }
pair! { { pub fn argument_rest(rest: Vec<f64>) {} } { pub fn argument_rest(rest: &[f64]) {} } }
pair! { { pub fn argument_class(cow: &Cow) {} } { pub fn argument_class(cow: &Calf) {} } }
pair! { { pub fn argument_view(stall: View<'_, Farm, u16>) {} } { pub fn argument_view(stall: u16) {} } }
pair! { { pub fn argument_list(cows: Vec<Ref<'_, Cow>>) {} } { pub fn argument_list(cows: Vec<Cow>) {} } }
pair! {
    { pub fn callback(f: &dyn Fn(i64) -> pyrus::Result<bool>) {} }
    { pub fn callback(f: &dyn Fn(i64) -> bool) {} }
}
pair! { { pub fn return_type() -> i64 { 0 } } { pub fn return_type() -> i32 { 0 } } }
pair! { { pub fn return_option() -> Option<String> { None } } { pub fn return_option() -> String { String::new() } } }
pair! { { pub fn return_nothing() {} } { pub fn return_nothing() -> i64 { 0 } } }
pair! {
    { pub fn error_type() -> Result<(), exc::ValueError> { Ok(()) } }
    { pub fn error_type() -> Result<(), exc::TypeError> { Ok(()) } }
}
pair! {
    { pub fn error_declared() -> Result<i64, BarnError> { Ok(0) } }
    { pub fn error_declared() -> Result<i64, std::io::Error> { Ok(0) } }
}
pair! {
    { pub fn error_several() -> Result<(), Error> { Ok(()) } }
    { pub fn error_several() -> Result<(), BarnError> { Ok(()) } }
}
pair! { { pub fn error_missing() -> Result<(), exc::ValueError> { Ok(()) } } { pub fn error_missing() {} } }
pair! { { pub fn error_unknown() {} } { pub fn error_unknown() -> Result<(), exc::ValueError> { Ok(()) } } }
pair! { { pub fn unlocked(a: i64) {} } { pub fn unlocked(a: f64) {} } }
#[cfg(not(feature = "missing"))]
pub fn gone() {}
pair! { { pub const LIMIT: u32 = 1; } { pub const LIMIT: u64 = 1; } }
pair! { { pub const FIRST: Breed = Breed::Angus; } { pub const FIRST: &str = "angus"; } }

pair! {
    { #[derive(Clone, Copy, Debug, PartialEq)] pub enum Colour { Red, Black } }
    { #[derive(Clone, Copy, Debug, PartialEq)] pub enum Colour { Red, Black, White } }
}
pair! {
    { #[derive(Clone, Copy, Debug, PartialEq)] pub enum Size { Big, Small } }
    { #[derive(Clone, Copy, Debug, PartialEq)] pub enum Size { Big } }
}
pair! {
    { pub struct CowError { pub legs: u8, pub message: String } }
    { pub struct CowError { pub legs: u16, pub message: String } }
}
pair! { { pub struct PigError { pub message: String } } { pub struct PigError { pub message: &'static str } } }
pair! {
    { #[derive(Clone, Debug, PartialEq)] pub struct Pail { pub litres: f64 } }
    { #[derive(Clone, Debug, PartialEq)] pub struct Pail { pub litres: f32 } }
}
pair! {
    { #[derive(Clone, Debug, PartialEq)] pub struct Churn { pub litres: f64 } }
    { #[derive(Clone, Debug, PartialEq)] pub struct Churn { pub litres: f64, pub lid: bool } }
}
pair! {
    { #[derive(Clone, Debug, PartialEq)] pub enum Bedding { Straw(i64), Sand(f64) } }
    { #[derive(Clone, Debug, PartialEq)] pub enum Bedding { Straw(i64), Sand(f32) } }
}
pair! {
    { #[derive(Clone, Debug, PartialEq)] pub enum Feed { Hay(i64), Corn(f64) } }
    { #[derive(Clone, Debug, PartialEq)] pub enum Feed { Hay(i64), Corn(f64), Grass } }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Milk {
    pub fat: f64,
}

impl Milk {
    pair! { { pub fn method(&self) -> f64 { self.fat } } { pub fn method(&mut self) -> f64 { self.fat } } }
}

pub struct Cow;

impl Cow {
    pair! { { pub const LEGS: u8 = 4; } { pub const LEGS: i8 = 4; } }
    pair! {
        { pub fn new(name: &str) -> Result<Self, BarnError> { Ok(Cow) } }
        { pub fn new(name: &str) -> Self { Cow } }
    }
    pair! {
        { pub fn leave(self) -> Result<(), BarnError> { Ok(()) } }
        { pub fn leave(&mut self) -> Result<(), BarnError> { Ok(()) } }
    }
    pair! { { pub fn receiver_ref(&self) {} } { pub fn receiver_ref(&mut self) {} } }
    pair! { { pub fn receiver_mut(&mut self) {} } { pub fn receiver_mut(self) {} } }
    pair! { { pub fn receiver_own(self) {} } { pub fn receiver_own(&self) {} } }
    pair! { { pub fn receiver_object(this: This<'_, py::Cow>) {} } { pub fn receiver_object(this: This<'_, py::Calf>) {} } }
    pair! { { pub fn receiver_none(&self) {} } { pub fn receiver_none() {} } }
    pair! { { pub fn static_method() -> Cow { Cow } } { pub fn static_method(&self) -> Cow { Cow } } }
    pair! { { pub fn class_method(class: Any<'_>) {} } { pub fn class_method(&self) {} } }
    pair! { { pub fn argument(&self, other: &Cow) {} } { pub fn argument(&self, other: Cow) {} } }
    pair! { { pub fn result(&self) -> Vec<u8> { Vec::new() } } { pub fn result(&self) -> Vec<u16> { Vec::new() } } }
    pair! {
        { pub fn error(&self) -> Result<(), BarnError> { Ok(()) } }
        { pub fn error(&self) -> Result<(), String> { Ok(()) } }
    }
    pair! { { pub fn len(&self) -> usize { 0 } } { pub fn len(&self) -> u8 { 0 } } }
    pair! { { pub fn hash(&self) -> u64 { 0 } } { pub fn hash(&self) -> u32 { 0 } } }
    pair! { { pub fn eq(&self, other: &Cow) -> bool { true } } { pub fn eq(&self, other: &Calf) -> bool { true } } }
    pair! { { pub fn contains(&self, item: &str) -> bool { true } } { pub fn contains(&self, item: char) -> bool { true } } }
    pair! {
        { pub fn get_item(&self, i: i64) -> Result<String, exc::IndexError> { Ok(String::new()) } }
        { pub fn get_item(&self, i: i64) -> Result<String, exc::KeyError> { Ok(String::new()) } }
    }
    pair! { { pub fn set_item(&self, i: i64, value: &str) {} } { pub fn set_item(&self, value: &str, i: i64) {} } }
    pair! { { pub fn del_item(&self, i: i64) {} } { pub fn del_item(&self, i: usize) {} } }
    pair! { { pub fn add(&self, other: &Cow) -> Cow { Cow } } { pub fn add(self, other: Cow) -> Cow { Cow } } }
    pair! { { pub fn iadd(&mut self, other: &Cow) {} } { pub fn iadd(&self, other: &Cow) {} } }
    pair! { { pub fn call(&self, loud: bool) -> String { String::new() } } { pub fn call(&self) -> String { String::new() } } }
    pair! {
        { pub fn iter(&self) -> BoxIter<i64> { BoxIter::new(std::iter::empty()) } }
        { pub fn iter(&self) -> Vec<i64> { Vec::new() } }
    }
    pair! { { pub fn bool(&self) -> bool { true } } { pub fn bool(&self) -> Option<bool> { None } } }
    pair! { { pub fn repr(&self) -> String { String::new() } } { pub fn repr(&self) -> &'static str { "" } } }
    pair! { { pub fn buffer(&self) -> &[f64] { &[] } } { pub fn buffer(&self) -> &[f32] { &[] } } }
    pair! { { pub fn getter(&self) -> u32 { 0 } } { pub fn getter(&self) -> i32 { 0 } } }
    pub fn setter(&self) -> u32 {
        0
    }
    pair! { { pub fn set_setter(&mut self, value: u32) {} } { pub fn set_setter(&mut self, value: u8) {} } }
    pub fn setter_receiver(&self) -> u32 {
        0
    }
    pair! {
        { pub fn set_setter_receiver(&mut self, value: u32) {} }
        { pub fn set_setter_receiver(&self, value: u32) {} }
    }
    pair! {
        { pub fn getter_error(&self) -> Result<u32, BarnError> { Ok(0) } }
        { pub fn getter_error(&self) -> u32 { 0 } }
    }
    pair! { { pub fn borrowed(&self) -> &str { "" } } { pub fn borrowed(&self) -> String { String::new() } } }
}

pub struct Calf;

impl Calf {
    pair! { { pub fn born(this: This<'_, py::Calf>) {} } { pub fn born(&self) {} } }
}

pub struct Farm;

impl Farm {
    pair! { { pub fn new() -> Arc<Self> { Arc::new(Farm) } } { pub fn new() -> Self { Farm } } }
    pair! { { pub fn burn(&self) {} } { pub fn burn(self) {} } }
    pair! { { pub fn result(&self) -> Arc<Farm> { Arc::new(Farm) } } { pub fn result(&self) -> Farm { Farm } } }
    pair! { { pub fn stall(&self, number: u16) -> u16 { number } } { pub fn stall(&self, number: u16) -> u32 { 0 } } }
}

pub struct Field(AtomicUsize, AtomicU32);

impl Field {
    pair! { { pub fn place(&self) -> &AtomicUsize { &self.0 } } { pub fn place(&self) -> &AtomicU32 { &self.1 } } }
}

pub struct Wagon;

impl Wagon {
    pair! { { pub fn parked(this: This<'_, py::Wagon>) {} } { pub fn parked(this: This<'_, py::Cow>) {} } }
}

pub mod stall {
    use super::*;

    pair! { { pub fn receiver(this: View<'_, Farm, u16>) -> u16 { 0 } } { pub fn receiver(this: &u16) -> u16 { 0 } } }
}

// What is `Sync` and `Send` as declared: threads use it at once, drop it anywhere.
pair! { { pub struct Cask(u8); } { pub struct Cask(std::cell::Cell<u8>); } }
pair! { { pub struct Cart(u8); } { pub struct Cart(std::sync::MutexGuard<'static, u8>); } }
pair! { { pub struct Keg(u8); } { pub struct Keg(std::cell::RefCell<u8>); } }
pair! { { pub struct Mill(u8); } { pub struct Mill(std::cell::Cell<u8>); } }
impl Mill {
    pub fn grind(&self) {}
}

pub struct Trough;

impl Trough {
    pair! { { pub fn receiver(&self) {} } { pub fn receiver(self) {} } }
}

pair! {
    { pub fn trough<'a>(farm: &'a Farm, key: &u16) -> Option<&'a Trough> { None } }
    { pub fn trough<'a>(farm: &'a Farm, key: u16) -> Option<&'a Trough> { None } }
}

pub mod market {
    use super::Cow;

    pair! { { pub fn price(cow: &Cow) -> f64 { 0.0 } } { pub fn price(cow: &Cow) -> f32 { 0.0 } } }
}
