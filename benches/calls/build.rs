//! Renders `bindings.yaml`.

fn main() {
    pyrus_build::main();
}
