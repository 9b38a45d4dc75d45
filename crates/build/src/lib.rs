//! Renders the checked model into Rust glue and Python stubs.
