//! Hands the interpreter's version to the compiler and checks its headers.

fn main() {
    pyo3_build_config::use_pyo3_cfgs();
}
