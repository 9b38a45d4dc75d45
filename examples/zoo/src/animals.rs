//! Classes whose payload lives in the Python object.

mod animal;
mod herd;
mod others;

pub use animal::{Animal, MAX_NAME, adopt, heaviest, is_animal, nick, pair};
pub use herd::{Herd, Walk};
#[cfg(feature = "night")]
pub use others::Owl;
pub use others::{Dodo, Leash, Ticket};
