//! What the structs say, as JSON schemas: committed files, which a test generates from the structs and compares.
//!
//! Structure is checked against the files. So a build needs none of the crates that make them, and takes two seconds less;
//! and a key that was added to a struct is known after `cargo xtask bless`.

use std::sync::LazyLock;

use serde_json::Value;

/// The version of the declaration language.
pub(crate) const VERSION: i64 = 1;

/// Schema of a root file.
pub(crate) fn root_schema() -> &'static Value {
    static SCHEMA: LazyLock<Value> =
        LazyLock::new(|| read(include_str!("../../schema/bindings.schema.json")));
    &SCHEMA
}

/// Schema of an included file.
pub(crate) fn include_schema() -> &'static Value {
    static SCHEMA: LazyLock<Value> =
        LazyLock::new(|| read(include_str!("../../schema/include.schema.json")));
    &SCHEMA
}

fn read(text: &str) -> Value {
    serde_json::from_str(text).expect("a test has written it")
}
