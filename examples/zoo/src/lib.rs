//! A zoo: what stands behind the declarations in `bindings.yaml`. None of it needs `unsafe`.
#![deny(unsafe_code)]
#![allow(missing_docs)]
// The declarations are the documentation.
// Names and signatures are those of Python's protocols, and every kind of type has to occur.
#![allow(
    clippy::iter_not_returning_iterator,
    clippy::len_without_is_empty,
    clippy::many_single_char_names,
    clippy::new_without_default,
    clippy::return_self_not_must_use,
    clippy::should_implement_trait,
    clippy::type_complexity
)]

pub mod animals;
pub mod cages;
pub mod calendar;
pub mod closed;
pub mod facts;
pub mod functions;
pub mod kinds;
pub mod meal;
pub mod measures;
pub mod point;
pub mod remark;
pub mod sea;
pub mod trails;
pub mod visits;

pub use functions::*;
// The root's `remark` is a function and a module: the function.
pub use remark::remark;

include!(concat!(env!("OUT_DIR"), "/pyrus.rs"));
