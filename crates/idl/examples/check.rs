//! Checks one file and prints the model or the report: `cargo run -p pyrus-idl --example check -- bindings.yaml`.

use std::path::Path;

fn main() {
    let path = std::env::args()
        .nth(1)
        .unwrap_or_else(|| "bindings.yaml".into());
    match pyrus_idl::load(Path::new(&path)) {
        Ok(api) => println!(
            "{}",
            serde_json::to_string_pretty(&api).expect("the model is plain data")
        ),
        Err(report) => {
            eprintln!("{}", report.render(false));
            std::process::exit(1);
        }
    }
}
