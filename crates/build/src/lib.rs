//! Renders the checked model into Rust glue and Python stubs.
//!
//! ```text
//! features   the model without what Cargo features switch off
//! types      one row per type, read by both renderers
//! literal, signature, docs   texts that glue and stubs share
//! glue       model → Rust
//! stub       model → Python stubs
//! emit       the only place that writes files
//! sync       `gen/`
//! build      a build script's work, from files to files
//! ```

mod build;
pub mod diff;
pub mod docs;
pub mod emit;
pub mod features;
pub mod glue;
pub mod literal;
pub mod signature;
pub mod stub;
pub mod sync;
pub mod types;

pub use build::{DECLARATIONS, Failure, STUBS, build, main};
pub use stub::{files as stub_files, render as render_stubs};
