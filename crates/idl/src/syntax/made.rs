//! The schemas as the structs make them.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value};

use super::{Include, Literal, Root, VERSION};

#[path = "../../tests/common/mod.rs"]
mod common;

#[test]
fn the_schemas_are_current() {
    check(
        "bindings.schema.json",
        "Pyrus bindings",
        schema_of::<Root>(),
    );
    check(
        "include.schema.json",
        "Pyrus bindings, an included file",
        schema_of::<Include>(),
    );
}

#[track_caller]
fn check(name: &str, title: &str, mut schema: Value) {
    schema["title"] = title.into();
    let path = common::repository("crates/idl/schema").join(name);
    if let Err(difference) = common::golden(&path, &format!("{schema:#}\n")) {
        panic!("{difference}");
    }
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
fn unwrap_null(map: &mut Map<String, Value>) {
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
fn unwrap_nullable(map: &mut Map<String, Value>) {
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
