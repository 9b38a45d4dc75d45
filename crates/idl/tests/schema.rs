//! The committed JSON schema is what the syntax says.

mod common;

#[test]
fn the_schema_is_current() {
    let path = common::repository("schema/bindings.schema.json");
    let text =
        serde_json::to_string_pretty(&pyrus_idl::json_schema()).expect("a schema is plain data");
    if let Err(difference) = common::golden(&path, &format!("{text}\n")) {
        panic!("{difference}");
    }
}
