//! `cargo pyrus`: one file or folder per subcommand.

mod args;
mod check;
mod cut;
mod diff;
mod dump;
mod explain;
mod items;
mod new;
mod packages;
mod stubs;
mod terminal;

use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};

/// How a command ended. Anything that keeps a command from doing its work is an `Err` instead.
enum Outcome {
    /// Exit code 0.
    Fine,
    /// Mistakes or differences were found: exit code 1.
    Findings,
}

/// A message for the user.
type Problem = String;

fn main() -> ExitCode {
    let Args { command } = Args::parse_from(args::without_subcommand(std::env::args_os()));
    let outcome = match command {
        Command::New { path, pyrus } => new::run(&path, pyrus.as_deref()),
        Command::Check { package, json } => check::run(&package, json),
        Command::Stubs { package, check } => stubs::run(&package, check),
        Command::Dump {
            package,
            stage,
            item,
        } => dump::run(&package, stage, item.as_deref()),
        Command::Diff {
            old,
            new,
            fail_on,
            json,
        } => diff::run(&old, &new, fail_on, json),
        Command::Explain { code } => explain::run(&code),
        Command::Schema => {
            terminal::json(&pyrus_idl::json_schema());
            Ok(Outcome::Fine)
        }
    };
    match outcome {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Err(problem) => {
            terminal::complain(&problem);
            ExitCode::from(2)
        }
    }
}
