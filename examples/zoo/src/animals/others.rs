//! Small classes.

use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

use pyrus::Any;

/// Counts what happens while it is held, and swallows exceptions of type `KeyError`.
#[derive(Debug, Default)]
pub struct Leash {
    pulls: AtomicU32,
    /// The bits of a float.
    length: AtomicU64,
}

impl Leash {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn exit(&self, exc_type: Any<'_>, exc_value: Any<'_>, _traceback: Any<'_>) -> bool {
        self.pulls.fetch_add(1, Ordering::Relaxed);
        !exc_type.is_none() && exc_value.type_name() == "KeyError"
    }

    pub fn pulls(&self) -> u32 {
        self.pulls.load(Ordering::Relaxed)
    }

    pub fn length(&self) -> f64 {
        f64::from_bits(self.length.load(Ordering::Relaxed))
    }

    pub fn set_length(&self, metres: f64) {
        self.length.store(metres.to_bits(), Ordering::Relaxed);
    }
}

#[derive(Debug)]
pub struct Ticket {
    number: u32,
}

impl Ticket {
    pub fn new(number: u32) -> Self {
        Self { number }
    }

    pub fn show(&self) -> String {
        format!("ticket {}", self.number)
    }

    pub fn punch(&mut self) {
        self.number = self.number.wrapping_add(1);
    }

    pub fn number(&self) -> u32 {
        self.number
    }

    pub fn tear(self) {}
}

#[derive(Debug)]
pub struct Dodo;

impl Dodo {
    pub fn new() -> Self {
        Self
    }
}

#[cfg(feature = "night")]
#[derive(Debug)]
pub struct Owl;

#[cfg(feature = "night")]
impl Owl {
    pub fn new() -> Self {
        Self
    }

    pub fn hoot(&self) -> String {
        "hoo".to_owned()
    }
}
