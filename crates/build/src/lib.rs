//! Renders the checked model into Rust glue and Python stubs.

pub mod diff;
pub mod docs;
pub mod features;
pub mod glue;
pub mod literal;
pub mod signature;
pub mod stub;
pub mod types;

pub use stub::render as render_stubs;
