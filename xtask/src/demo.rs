//! `cargo xtask demo`: from a fresh checkout to answers, in one command.

use std::process::Command;

use anyhow::bail;

use crate::build::{NATIVE, extension, with_package};
use crate::python::Python;
use crate::shell::root;
use crate::venv;

/// Arguments of `demo`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The lock file to read.
    #[arg(default_value = "Cargo.lock")]
    lock: std::path::PathBuf,
}

/// Build, import, ask.
pub(crate) fn run(args: &Args) -> anyhow::Result<()> {
    let inside = venv::bare(&venv::base_python())?;
    let python = Python::new(&inside)?;
    let module = extension(&NATIVE, &python)?;
    println!(
        "built {}",
        module.strip_prefix(root()).unwrap_or(&module).display()
    );
    let mut command = Command::new(&inside);
    with_package(&mut command)
        .arg(root().join("examples/lockfile.py"))
        .arg(&args.lock)
        .arg(root().join("gen"));
    if command.status()?.success() {
        Ok(())
    } else {
        bail!("the demo failed")
    }
}
