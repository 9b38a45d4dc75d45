//! `cargo xtask bench`: what calls, builds and imports cost.

mod build;
mod c_project;
mod calls;
mod graph;
mod import;
mod kicad;
mod project;
mod table;

use clap::Subcommand;

/// Arguments of `bench`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand, Debug)]
enum What {
    /// Calls into an extension made with Pyrus, beside the same extension written by hand in C.
    Calls(calls::Args),
    /// Seconds to build, bytes on disk and milliseconds to import, for 0, 1 and 100 records.
    Build(build::Args),
    /// Milliseconds that building on import adds to an import when nothing changed.
    Import(import::Args),
    /// Nanoseconds and bytes of graphs and paths, beside rustworkx and networkx.
    Graph(graph::Args),
    /// Megabytes of KiCad boards read and written in a second, and what their fields cost.
    Kicad(kicad::Args),
}

/// Run one of the benchmarks.
pub(crate) fn run(args: Args) -> anyhow::Result<()> {
    match args.what {
        What::Calls(args) => calls::run(&args),
        What::Build(args) => build::run(&args),
        What::Import(args) => import::run(&args),
        What::Graph(args) => graph::run(&args),
        What::Kicad(args) => kicad::run(&args),
    }
}
