//! Chores for contributors: `cargo xtask demo`, `test`, `bench`, `sanitize`, `soak`, `mutate`, `fuzz`, `docs`,
//! `pythons`, `deny`, `tidy`, `bless`.

mod abi3;
mod bench;
mod build;
mod demo;
mod deny;
mod docs;
mod fuzz;
mod interpreters;
mod mutate;
mod python;
mod pythons;
mod sanitize;
mod shell;
mod soak;
mod test;
mod threads;
mod tidy;
mod venv;
mod watched;

use clap::Parser;

/// Chores for contributors.
#[derive(Parser)]
#[command(name = "cargo xtask", version, about)]
struct Cli {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(clap::Subcommand)]
enum Chore {
    /// Build, import, and answer questions about this repository's own dependencies.
    Demo(demo::Args),
    /// Everything that must pass: Rust and Python tests, stubs, type checkers, lints.
    Test(test::Args),
    /// Measure calls and builds.
    Bench(bench::Args),
    /// Run unsafe code under Miri and the address sanitizer (needs nightly Rust).
    Sanitize(sanitize::Args),
    /// Hours of random calls, leaks, Miri, fuzzing and mutation, and a table of what they found.
    Soak(soak::Args),
    /// Break the runtime in one place after the other, and see that some test notices.
    Mutate(mutate::Args),
    /// Fuzz what reads declarations and KiCad's files (needs nightly Rust and cargo-fuzz).
    Fuzz(fuzz::Args),
    /// Build a debug and a free-threaded `CPython` for the tests, outside the repository (needs Debian's apt-get).
    Pythons(pythons::Args),
    /// Build the documentation's site into target/site.
    Docs,
    /// Check what comes from others: licences, sources, advisories (needs cargo-deny).
    Deny,
    /// Check the rules of the house: who may depend on whom.
    Tidy,
    /// Rewrite all golden files to what is produced now.
    Bless,
}

fn main() -> std::process::ExitCode {
    let done = match Cli::parse().chore {
        Chore::Demo(args) => demo::run(&args),
        Chore::Test(args) => test::run(&args),
        Chore::Bench(args) => bench::run(args),
        Chore::Sanitize(args) => sanitize::run(&args),
        Chore::Soak(args) => soak::run(&args),
        Chore::Mutate(args) => mutate::run(&args),
        Chore::Fuzz(args) => fuzz::run(&args),
        Chore::Pythons(args) => pythons::run(&args),
        Chore::Docs => docs::run(),
        Chore::Deny => deny::run(),
        Chore::Tidy => tidy::run(),
        Chore::Bless => test::bless(),
    };
    match done {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            std::process::ExitCode::FAILURE
        }
    }
}
