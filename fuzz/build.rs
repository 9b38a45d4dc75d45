//! Renders the extension's declarations, and names the interpreter's library: a program has to be linked to it, though
//! nothing here ever starts Python.

use std::process::ExitCode;

fn main() -> ExitCode {
    let python = pyo3_build_config::get();
    if let Some(folder) = python.lib_dir() {
        println!("cargo::rustc-link-search=native={folder}");
        for kind in ["bins", "tests"] {
            println!("cargo::rustc-link-arg-{kind}=-Wl,-rpath,{folder}");
        }
    }
    if let Some(name) = python.lib_name() {
        println!("cargo::rustc-link-lib={name}");
    }
    pyrus_build::main()
}
