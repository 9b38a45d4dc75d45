//! Functions of the root module.

use pyrus::{Any, Error, Object, Result};

use crate::api::{Access, Label, Size, Width};
use crate::kinds::{Mood, Perks, Season};

pub fn greet(name: &str) -> String {
    format!("Hello, {name}!")
}

pub fn greet_all(
    whom: Any<'_>,
    names: Vec<String>,
    greeter: &dyn Fn(Object, String) -> Result<String>,
) -> Result<Vec<String>, Error> {
    names
        .into_iter()
        .map(|name| greeter(whom.to_object(), name))
        .collect()
}

pub fn invite(guests: Vec<String>, host: Option<&str>) -> u64 {
    (guests.len() + usize::from(host.is_some())) as u64
}

pub fn r#type(r#match: &str) -> String {
    r#match.to_uppercase()
}

pub fn label(value: Label) -> Label {
    match value {
        Label::Str(text) => Label::Str(text + "!"),
        other => other,
    }
}

pub fn width(value: Width) -> String {
    match value {
        Width::U8(value) => format!("u8 {value}"),
        Width::I32(value) => format!("i32 {value}"),
        Width::U64(value) => format!("u64 {value}"),
    }
}

pub fn place(at: (f64, f64), name: Option<&str>) -> ((f64, f64), Option<String>) {
    (at, name.map(str::to_owned))
}

pub fn mood(mood: Mood, season: Season) -> (Mood, Season) {
    (mood, season)
}

pub fn perks(perks: Perks) -> Perks {
    perks
}

pub fn enter(access: Access) -> Access {
    if access.contains(Access::Clean) {
        access
    } else {
        access | Access::Look
    }
}

pub fn grow(size: Size) -> Size {
    match size {
        Size::Tiny => Size::Small,
        Size::Small | Size::Large => Size::Large,
    }
}

#[cfg(unix)]
pub fn only_here() -> String {
    std::env::consts::FAMILY.to_owned()
}

#[cfg(windows)]
pub fn only_there() -> String {
    std::env::consts::FAMILY.to_owned()
}

#[cfg(feature = "night")]
pub fn by_night() -> crate::api::Guard {
    crate::api::Guard {
        lamp: crate::api::Lamp::On,
        bag: Vec::new(),
    }
}
