//! `bench import`: what building on import costs when nothing changed.

use std::path::PathBuf;
use std::process::Command;

use anyhow::bail;

use crate::python::Python;
use crate::shell::{bench_dir, root};
use crate::venv;

/// Arguments of `bench import`.
#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// Processes of each kind.
    #[arg(long, default_value_t = 200)]
    rounds: u32,
    /// Print JSON.
    #[arg(long)]
    json: bool,
    /// An interpreter to measure with; may be repeated.
    #[arg(long, value_name = "PATH")]
    python: Vec<PathBuf>,
}

pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    let usual = [venv::base_python()];
    let pythons = if args.python.is_empty() {
        &usual[..]
    } else {
        &args.python
    };
    for python in pythons {
        let inside = venv::for_tests(python)?;
        let target = bench_dir(&Python::new(&inside)?.version)?.join("import");
        let status = Command::new(inside)
            .arg(root().join("benches/import/measure.py"))
            .args(["--rounds", &args.rounds.to_string()])
            .args(args.json.then_some("--json"))
            .env("CARGO_TARGET_DIR", target)
            .status()?;
        if !status.success() {
            bail!("measure.py failed with {status}");
        }
    }
    Ok(())
}
