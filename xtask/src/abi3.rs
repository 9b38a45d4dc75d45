//! The zoo for the stable ABI: one file, tested on the oldest and the newest version that it is for.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::build::{Extension, VISITOR, ZOO, with_package};
use crate::interpreters;
use crate::shell::{cargo, output, root};
use crate::test::{Step, cargo_with, lazy, step, succeeds};
use crate::venv::{self, target_dir};

/// The first version whose stable ABI is enough for Pyrus.
const OLDEST: &str = "3.12";

const BOTH: [&Extension; 2] = [&ZOO, &VISITOR];

/// What must hold in the stable ABI as in any other, without the tests that take long.
const TESTS: [&str; 5] = ["basics", "introspection", "trails", "visitor", "records"];

/// How many of them say on a later version that the file runs there, too.
const FEW: usize = 3;

/// The runtime's other face, as far as a compiler sees it.
pub(crate) fn lint() -> Step {
    let words = "clippy --quiet --package pyrus --features abi3 --lib -- -D warnings";
    let words: Vec<_> = words.split(' ').collect();
    step("clippy abi3", cargo_with(&words))
}

/// Build the zoo and its visitor once, see that they use nothing outside the stable ABI, and test them on two
/// interpreters. `python` has the tools. Nothing where the oldest interpreter is missing.
pub(crate) fn tests(python: &Path) -> Option<Vec<Step>> {
    let later = interpreters::SUPPORTED
        .iter()
        .skip_while(|version| **version != OLDEST);
    let found: Vec<_> = later
        .filter_map(|version| Some((*version, interpreters::find(version)?)))
        .collect();
    let (first, last) = (found.first()?, found.last()?);
    let oldest = first.1.clone();
    let mut steps = vec![lazy("abi3 build", move || build(oldest).map(|()| true))];
    let tools = python.to_owned();
    steps.push(lazy("abi3 symbols", move || audit(tools)));
    let both = [(first, &TESTS[..]), (last, &TESTS[..FEW])];
    let count = if first.0 == last.0 { 1 } else { 2 };
    for ((version, python), tests) in both.into_iter().take(count) {
        let python = python.clone();
        let work = move || test(python, tests);
        steps.push(lazy(&format!("abi3 pytest {version}"), work));
    }
    Some(steps)
}

/// The folder of both for the stable ABI.
fn folder() -> anyhow::Result<PathBuf> {
    Ok(target_dir()?.join("python").join("abi3"))
}

/// The file that Python finds there.
fn place(what: &Extension) -> anyhow::Result<PathBuf> {
    let end = if cfg!(windows) { "pyd" } else { "abi3.so" };
    Ok(folder()?.join(format!("{}.{end}", what.library)))
}

fn build(python: PathBuf) -> anyhow::Result<()> {
    let target = target_dir()?.join("python").join("dev");
    let mut command = cargo();
    command
        .current_dir(root())
        .arg("build")
        .args(BOTH.map(|one| format!("--package={}", one.package)))
        .args(BOTH.map(|one| format!("--features={}/abi3", one.package)))
        .env("PYO3_PYTHON", python)
        .env("CARGO_PROFILE_DEV_DEBUG", "none")
        .env("CARGO_TARGET_DIR", &target);
    output(&mut command)?;
    std::fs::create_dir_all(folder()?)?;
    for one in BOTH {
        let built = target.join("debug").join(one.file_name());
        std::fs::copy(built, place(one)?)?;
    }
    Ok(())
}

/// Only symbols that the oldest version's stable ABI has.
fn audit(python: PathBuf) -> anyhow::Result<bool> {
    let mut command = Command::new(python);
    command
        .args(["-m", "abi3audit", "--strict", "--assume-minimum-abi3"])
        .arg(OLDEST)
        .args([place(&ZOO)?, place(&VISITOR)?]);
    succeeds(command)
}

fn test(python: PathBuf, tests: &[&str]) -> anyhow::Result<bool> {
    let inside = venv::for_tests(&python)?;
    let mut command = Command::new(inside);
    with_package(&mut command)
        .env("PYRUS_ZOO_DIR", folder()?)
        .env("PYRUS_ROUNDS", "100")
        .args(["-m", "pytest", "--quiet", "-p", "no:cacheprovider"])
        .args(
            tests
                .iter()
                .map(|name| format!("examples/zoo/tests/test_{name}.py")),
        );
    succeeds(command)
}
