//! The JSON schema of the declarations, generated from the structs.

use std::borrow::Cow;
use std::sync::LazyLock;

use schemars::{JsonSchema, Schema, SchemaGenerator, generate::SchemaSettings};
use serde_json::Value;

use super::{Include, Literal, Root};

/// The version of the declaration language.
pub(crate) const VERSION: i64 = 1;

/// Schema of a root file.
pub(crate) fn root_schema() -> &'static Value {
    static SCHEMA: LazyLock<Value> = LazyLock::new(schema_of::<Root>);
    &SCHEMA
}

/// Schema of an included file.
pub(crate) fn include_schema() -> &'static Value {
    static SCHEMA: LazyLock<Value> = LazyLock::new(schema_of::<Include>);
    &SCHEMA
}

fn schema_of<T: JsonSchema>() -> Value {
    let generator = SchemaSettings::draft2020_12().into_generator();
    let mut schema = generator.into_root_schema_for::<T>().to_value();
    tidy(&mut schema);
    schema
}

/// An optional key may be left out; it may not be null. Defaults that only repeat the type say nothing.
fn tidy(schema: &mut Value) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(tidy),
        Value::Object(map) => {
            map.remove("default");
            unwrap_null(map);
            unwrap_nullable(map);
            for (key, value) in map.iter_mut() {
                match value {
                    // Their keys are names, not words of the schema.
                    Value::Object(named) if key == "properties" || key == "$defs" => {
                        named.values_mut().for_each(tidy);
                    }
                    value => tidy(value),
                }
            }
        }
        _ => {}
    }
}

/// `type: [X, null]` is X.
fn unwrap_null(map: &mut serde_json::Map<String, Value>) {
    let Some(Value::Array(types)) = map.get_mut("type") else {
        return;
    };
    types.retain(|word| word != "null");
    if let [only] = types.as_slice() {
        let only = only.clone();
        map.insert("type".into(), only);
    }
}

/// `anyOf: [X, null]`, which is how an optional reference comes out, is X.
fn unwrap_nullable(map: &mut serde_json::Map<String, Value>) {
    let Some(Value::Array(branches)) = map.get("anyOf") else {
        return;
    };
    let [Value::Object(first), null] = branches.as_slice() else {
        return;
    };
    if null.get("type").is_some_and(|word| word == "null") && first.contains_key("$ref") {
        let reference = first["$ref"].clone();
        map.remove("anyOf");
        map.insert("$ref".into(), reference);
    }
}

pub(super) fn version(_: &mut SchemaGenerator) -> Schema {
    schemars::json_schema!({ "type": "integer", "const": VERSION })
}

impl JsonSchema for Literal {
    fn schema_name() -> Cow<'static, str> {
        "Literal".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({
            "description": "A value: None, a boolean, a number, a quoted string, [], {} or an enum member.",
        })
    }
}
