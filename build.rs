//! Renders `bindings.yaml` into glue and stubs.

fn main() -> std::process::ExitCode {
    pyrus_build::main()
}
