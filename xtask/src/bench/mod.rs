//! `cargo xtask bench`: what calls cost, and what builds cost.

mod build;
mod calls;
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
}

/// Run one of the benchmarks.
pub(crate) fn run(args: Args) -> anyhow::Result<()> {
    match args.what {
        What::Calls(args) => calls::run(&args),
        What::Build(args) => build::run(&args),
    }
}
