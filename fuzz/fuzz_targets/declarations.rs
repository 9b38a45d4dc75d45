//! Any text as `bindings.yaml`: a report that names mistakes, or glue that is Rust and stubs that are Python.
#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};
use pyrus_build::features::Features;
use pyrus_build::{glue, render_stubs};
use pyrus_idl::load_str;
use rustpython_parser::{Mode, parse};

fuzz_target!(|text: &str| -> Corpus {
    let api = match load_str("bindings.yaml", text) {
        Ok(api) => api,
        Err(report) => {
            assert!(!report.diagnostics.is_empty(), "refused without a reason");
            assert!(!report.render(true).is_empty());
            assert_eq!(report.short_lines().len(), report.diagnostics.len());
            report.to_json();
            return Corpus::Keep;
        }
    };
    let features = Features::default();
    let api = features.apply(&api);
    for (name, rust) in glue::render(&api, &features) {
        if let Err(error) = syn::parse_file(&rust) {
            panic!("{name} is no Rust: {error}\n{rust}");
        }
    }
    for (name, stub) in render_stubs(&api, &features) {
        if let Err(error) = parse(&stub, Mode::Module, &name) {
            panic!("{name} is no Python: {error}\n{stub}");
        }
    }
    Corpus::Keep
});
