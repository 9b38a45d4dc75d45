//! Parameters of every kind, callbacks, iterators, errors.

mod callbacks;
mod failures;
pub mod hidden;
mod iterators;
mod parameters;

pub use callbacks::{any_kind, apply, call_with_point, first_of, is_kind, maybe, repeat, swap};
pub use failures::{chain, fail, fail_builtin, fail_one, hold, panic, panic_without_gil};
pub use iterators::{countdown, drain, faulty, take, total};
pub use parameters::{
    area, by_keyword, by_position, defaults, mixed, nothing, old, older, options_only, rest_only,
    slashed, starred,
};
