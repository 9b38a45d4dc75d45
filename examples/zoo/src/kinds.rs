//! Enums of our own, declared with `rust:`.

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mood {
    Calm,
    VeryAngry,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Season {
    Dry,
    Wet,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Perks(pub u32);
