//! `bench graph`: what graphs cost, beside what people use today.

use std::process::Command;

use anyhow::bail;

use crate::build::{NATIVE, extension, with_package};
use crate::python::Python;
use crate::shell::root;
use crate::venv;

/// Arguments of `bench graph`.
#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// Nodes of the large graphs, whose memory is measured.
    #[arg(long, default_value_t = 1_000_000)]
    nodes: u32,
    /// Instances of a type of 20 children.
    #[arg(long, default_value_t = 100_000)]
    instances: u32,
    /// Sizes of the shapes in which paths are searched.
    #[arg(long, value_delimiter = ',', default_values_t = [1_000, 10_000, 100_000])]
    sizes: Vec<u32>,
    /// Only rows whose names have this in them.
    #[arg(long, value_name = "TEXT", default_value = "")]
    only: String,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// The peers, by their names on the package index.
const PEERS: [&str; 2] = ["rustworkx", "networkx"];

pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    let inside = venv::for_tests(&venv::base_python())?;
    extension(&NATIVE, &Python::new(&inside)?)?;
    let mut pip = Command::new(&inside);
    pip.args(["-m", "pip", "install", "--quiet"]).args(PEERS);
    if !pip.status()?.success() {
        println!("measured without peers: they could not be installed");
    }
    let mut measure = Command::new(inside);
    let status = with_package(&mut measure)
        .arg(root().join("benches/graph/measure.py"))
        .args(["--nodes", &args.nodes.to_string()])
        .args(["--instances", &args.instances.to_string()])
        .args(["--only", &args.only])
        .arg("--sizes")
        .args(args.sizes.iter().map(u32::to_string))
        .args(args.json.then_some("--json"))
        .status()?;
    if !status.success() {
        bail!("measure.py failed with {status}");
    }
    Ok(())
}
