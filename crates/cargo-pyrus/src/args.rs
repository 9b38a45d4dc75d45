//! The command line.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

/// Rust for Python, declared once.
#[derive(Parser)]
#[command(name = "cargo pyrus", bin_name = "cargo pyrus", version, about)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Check the declarations and show every mistake.
    Check {
        #[command(flatten)]
        package: Selection,
        /// Print the mistakes as JSON on stdout.
        #[arg(long)]
        json: bool,
    },
    /// Bring the stubs in `gen/` up to date.
    Stubs {
        #[command(flatten)]
        package: Selection,
        /// Write nothing; fail with a diff when the stubs are not up to date.
        #[arg(long)]
        check: bool,
    },
    /// Show what a stage makes of the declarations.
    Dump {
        #[command(flatten)]
        package: Selection,
        /// Which stage.
        #[arg(long, value_enum)]
        stage: Stage,
        /// Only this item, for example `graph.GraphView` or `GraphView.insert`.
        #[arg(long, value_name = "NAME")]
        item: Option<String>,
    },
    /// Explain a code from a report, for example `B0104`.
    Explain {
        /// The code.
        code: String,
    },
    /// Print the JSON schema of `bindings.yaml` for editors.
    Schema,
}

/// Which packages: every one of the workspace that has declarations, unless one is named.
#[derive(clap::Args, Default)]
pub(crate) struct Selection {
    /// Path of the package's `Cargo.toml`.
    #[arg(long, value_name = "PATH")]
    pub(crate) manifest_path: Option<PathBuf>,
}

/// The stages that can be shown.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Stage {
    /// The declarations as written.
    Source,
    /// The checked model.
    Model,
    /// The Rust glue.
    Glue,
    /// The Python stubs.
    Stub,
}

/// Cargo passes the word `pyrus` on.
pub(crate) fn without_subcommand(args: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let mut args: Vec<_> = args.collect();
    if args.get(1).is_some_and(|arg| arg == "pyrus") {
        args.remove(1);
    }
    args
}
