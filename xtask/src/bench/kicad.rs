//! `bench kicad`: reading, writing and using boards, beside what people use today.

use std::path::PathBuf;
use std::process::Command;

use anyhow::bail;

use crate::build::{KICAD, extension, with_package};
use crate::python::Python;
use crate::shell::root;
use crate::venv;

/// Arguments of `bench kicad`.
#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// Boards to measure with, besides those that are generated.
    files: Vec<PathBuf>,
    /// Megabytes of the large generated board.
    #[arg(long, default_value_t = 50)]
    large: u32,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// The peers, by their names on the package index.
const PEERS: [&str; 2] = ["kiutils", "sexpdata"];

pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    let inside = venv::for_tests(&venv::base_python())?;
    extension(&KICAD, &Python::new(&inside)?)?;
    let mut pip = Command::new(&inside);
    pip.args(["-m", "pip", "install", "--quiet"]).args(PEERS);
    if !pip.status()?.success() {
        println!("measured without peers: they could not be installed");
    }
    let mut measure = Command::new(inside);
    let status = with_package(&mut measure)
        .arg(root().join("benches/kicad/measure.py"))
        .args(&args.files)
        .args(["--large", &args.large.to_string()])
        .args(args.json.then_some("--json"))
        .status()?;
    if !status.success() {
        bail!("measure.py failed with {status}");
    }
    Ok(())
}
