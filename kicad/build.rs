//! Renders `bindings.yaml`.

fn main() -> std::process::ExitCode {
    pyrus_build::main()
}
