//! `cargo pyrus`: one file or folder per subcommand.

mod abi;
mod add;
mod args;
mod build;
mod check;
mod checks;
mod compile;
mod cut;
mod diff;
mod doc;
mod doctor;
mod dump;
mod explain;
mod fuzz;
mod items;
mod layout;
mod leaks;
mod new;
mod packages;
mod python;
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
    match run(command) {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Err(problem) => {
            terminal::complain(&problem);
            ExitCode::from(2)
        }
    }
}

#[allow(
    clippy::too_many_lines,
    reason = "one arm per subcommand reads as a table"
)]
fn run(command: Command) -> Result<Outcome, Problem> {
    match command {
        Command::New { path, pyrus, abi3 } => new::run(&path, pyrus.as_deref(), abi3),
        Command::Add {
            package,
            path,
            module,
            shape,
            dry_run,
        } => {
            let request = add::Request {
                path: &path,
                module: module.as_deref(),
                shape,
                dry_run,
            };
            add::run(&package, &request)
        }
        Command::Check { package, json } => check::run(&package, json),
        Command::Stubs { package, check } => stubs::run(&package, check),
        Command::Build {
            package,
            mode,
            python,
        } => build::run(&package, mode, python.as_deref()),
        Command::Compile {
            package,
            mode,
            python,
        } => compile::run(&package, mode, python.as_deref()),
        Command::Doc {
            package,
            format,
            out,
        } => doc::run(&package, format, out.as_deref()),
        Command::Doctor {
            package,
            python,
            json,
        } => Ok(doctor::run(&package, python.as_deref(), json)),
        Command::Fuzz {
            package,
            target,
            fuzz,
        } => fuzz::run(&package, &target, &fuzz),
        Command::Leaks {
            package,
            target,
            rounds,
            item,
        } => leaks::run(&package, &target, rounds, item.as_deref()),
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
    }
}
