//! `cargo xtask deny`: what comes from others. Licences, sources, versions and advisories as `deny.toml` says, by
//! cargo-deny; and a lock file that is current.

use std::process::Command;

use anyhow::bail;

use crate::shell::{cargo, output, root};
use crate::test::{Step, lazy};

const HOW: &str = "install it with `cargo install --locked cargo-deny`";

/// What cargo-deny checks without a network, and what it needs one for.
const LOCAL: [&str; 3] = ["bans", "licenses", "sources"];
const FETCHED: &str = "advisories";

/// Check all of it. Advisories that cannot be fetched are told, not hidden, and fail nothing.
pub(crate) fn run() -> anyhow::Result<()> {
    lock()?;
    println!("ok      Cargo.lock is current");
    if !is_installed() {
        bail!("there is no cargo-deny; {HOW}");
    }
    print!("{}", check(&LOCAL)?);
    println!("ok      {}", LOCAL.join(", "));
    match check(&[FETCHED]) {
        Ok(_) => println!("ok      {FETCHED}"),
        Err(error) if format!("{error:#}").contains("failed to fetch advisory database") => {
            println!("skipped {FETCHED}: their database cannot be fetched from here");
        }
        Err(error) => return Err(error),
    }
    Ok(())
}

/// The part of it that gates changes, and what the summary must not hide.
pub(crate) fn gate() -> (Vec<Step>, Option<String>) {
    let mut steps = vec![lazy("lock file", || lock().map(|()| true))];
    if !is_installed() {
        let note = format!("not checked: licences and sources of crates (no cargo-deny; {HOW})");
        return (steps, Some(note));
    }
    steps.push(lazy("licences", || check(&LOCAL).map(|_| true)));
    (steps, None)
}

/// An error when `Cargo.lock` does not hold what the manifests ask for.
fn lock() -> anyhow::Result<()> {
    let mut command = cargo();
    command.args(["metadata", "--locked", "--format-version", "1"]);
    output(command.current_dir(root())).map(drop)
}

fn is_installed() -> bool {
    output(cargo_deny().arg("--version")).is_ok()
}

fn check(what: &[&str]) -> anyhow::Result<String> {
    output(cargo_deny().args(["--all-features", "check"]).args(what))
}

fn cargo_deny() -> Command {
    let mut command = cargo();
    command.arg("deny").current_dir(root());
    command
}
