//! A visitor of the zoo: takes and makes objects whose classes another extension declares.
#![deny(unsafe_code)]
#![allow(missing_docs)] // The declarations are the documentation.
#![allow(clippy::new_without_default)]

use std::sync::Arc;

use pyrus::exc::ValueError;
use pyrus::{Any, Object, Ref, Result, This};
use zoo::animals::Animal;
use zoo::api::Diet;
use zoo::cages::Zoo;

use crate::api::py;

pub fn weigh(animal: &Animal) -> f64 {
    animal.weight().unwrap_or_default()
}

pub fn breed(name: &str) -> Result<Animal, ValueError> {
    Animal::new(name, 3.5, Diet::Meat)
}

pub fn found(name: &str) -> Arc<Zoo> {
    Zoo::create(name)
}

pub fn count(park: &Zoo) -> u64 {
    park.len() as u64
}

pub fn total(animals: Vec<Ref<'_, Animal>>, more: Option<&Animal>) -> f64 {
    animals.iter().map(|animal| weigh(animal)).sum::<f64>() + more.map_or(0.0, weigh)
}

pub fn parade(names: Vec<String>) -> Result<Vec<Animal>, ValueError> {
    names.iter().map(|name| breed(name)).collect()
}

pub fn show(f: &dyn Fn(Animal) -> Result<bool>) -> Result<bool> {
    f(breed("shown")?)
}

#[derive(Debug)]
pub struct Diary;

impl Diary {
    pub fn new() -> Self {
        Self
    }

    pub fn praise(this: This<'_, py::Diary>, hero: Any<'_>) {
        drop(this.set_slot(py::Diary::HERO, Some(hero.to_object())));
    }

    pub fn hero(this: This<'_, py::Diary>) -> Object {
        this.slot(py::Diary::HERO)
            .unwrap_or_else(|| Object::none(this.object()))
    }
}

/// Guests count herds.
pub mod guests {
    use zoo::animals::Herd;

    pub fn names(herd: &Herd) -> Vec<String> {
        herd.names()
    }

    pub fn gather(names: Vec<String>) -> Herd {
        Herd::new(names)
    }

    pub fn absent(herd: Option<&Herd>) -> bool {
        herd.is_none()
    }
}

include!(concat!(env!("OUT_DIR"), "/pyrus.rs"));
