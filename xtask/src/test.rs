//! `cargo xtask test`: everything that must pass, in the order in which failures are cheapest to find.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, bail};

use crate::build::{KICAD, NATIVE, VISITOR, ZOO, extension, unoptimised, with_package};
use crate::python::Python;
use crate::pythons::Kind;
use crate::shell::{cargo, root};
use crate::{abi3, deny, docs, interpreters, tidy, venv};

/// Arguments of `test`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Only steps whose name contains this word.
    #[arg(long)]
    only: Option<String>,
    /// More interpreters for the Python tests.
    #[arg(long = "python")]
    pythons: Vec<PathBuf>,
    /// The Python tests on every supported `CPython` that is found under pyenv or on the PATH.
    #[arg(long)]
    all_pythons: bool,
    /// Also on the debug and free-threaded builds that `cargo xtask pythons` has made.
    #[arg(long)]
    all_builds: bool,
}

type Work = Box<dyn FnOnce() -> anyhow::Result<bool>>;

/// One step: a name, and work that says whether all was well.
pub(crate) struct Step {
    name: String,
    work: Work,
}

/// Run all steps; every failure is told, and the first decides nothing.
pub(crate) fn run(args: &Args) -> anyhow::Result<()> {
    let mut failed = Vec::new();
    let (steps, notes) = steps(args)?;
    for Step { name, work } in steps {
        if args
            .only
            .as_deref()
            .is_some_and(|only| !name.contains(only))
        {
            continue;
        }
        let start = Instant::now();
        let good = work().unwrap_or_else(|error| {
            eprintln!("{error:#}");
            false
        });
        let seconds = start.elapsed().as_secs_f32();
        println!(
            "{} {name} ({seconds:.1} s)",
            if good { "ok    " } else { "FAILED" }
        );
        if !good {
            failed.push(name);
        }
    }
    for note in notes {
        println!("{note}");
    }
    if failed.is_empty() {
        println!("everything passes");
        return Ok(());
    }
    bail!(
        "failed: {}. Run one alone with `cargo xtask test --only NAME`",
        failed.join(", ")
    )
}

pub(crate) fn succeeds(mut command: Command) -> anyhow::Result<bool> {
    let status = command
        .current_dir(root())
        .status()
        .with_context(|| format!("cannot run {command:?}"))?;
    Ok(status.success())
}

pub(crate) fn step(name: &str, command: Command) -> Step {
    lazy(name, move || succeeds(command))
}

pub(crate) fn lazy(name: &str, work: impl FnOnce() -> anyhow::Result<bool> + 'static) -> Step {
    Step {
        name: name.to_owned(),
        work: Box::new(work),
    }
}

pub(crate) fn cargo_with(args: &[&str]) -> Command {
    let mut command = cargo();
    command.args(args);
    command
}

/// The steps, and what the summary must not hide.
fn steps(args: &Args) -> anyhow::Result<(Vec<Step>, Vec<String>)> {
    let python = venv::ready(&venv::base_python())?;
    let ruff = |args: &[&str]| {
        let mut command = Command::new(&python);
        command.args(["-m", "ruff"]).args(args);
        command
    };
    let mut steps = vec![
        lazy("tidy", || tidy::run().map(|()| true)),
        lazy("docs", || docs::run().map(|()| true)),
        step("format", cargo_with(&["fmt", "--all", "--check"])),
        step("ruff check", ruff(&["check"])),
        step("ruff format", ruff(&["format", "--check"])),
        step(
            "clippy",
            cargo_with(&[
                "clippy",
                "--workspace",
                "--all-targets",
                "--quiet",
                "--",
                "-D",
                "warnings",
            ]),
        ),
        step("clippy fuzz", clippy_fuzz(&python)),
        abi3::lint(),
        step(
            "stubs",
            cargo_with(&[
                "run",
                "--quiet",
                "--package",
                "cargo-pyrus",
                "--",
                "pyrus",
                "stubs",
                "--check",
            ]),
        ),
    ];
    let mut rust = cargo_with(&["test", "--workspace", "--quiet"]);
    rust.env("PATH", path_with(&python)?);
    steps.push(step("rust", rust));
    steps.extend(python_steps(&python)?);
    let (supply, unchecked) = deny::gate();
    steps.extend(supply);
    let mut notes = other_pythons(args, &python, &mut steps)?;
    notes.extend(unchecked);
    Ok((steps, notes))
}

/// The targets of `cargo xtask fuzz`, a workspace of their own, and what Miri runs of them.
fn clippy_fuzz(python: &Path) -> Command {
    let mut command = cargo_with(&["clippy", "--quiet", "--locked", "--all-targets"]);
    command
        .args([
            "--no-default-features",
            "--manifest-path",
            "fuzz/Cargo.toml",
        ])
        .arg("--target-dir")
        .arg("target/fuzz-check")
        .args(["--", "-D", "warnings"])
        .env("PYRUS_STUBS", "off")
        .env("PYO3_PYTHON", python);
    command
}

/// The steps of other interpreters than the main one.
fn other_pythons(args: &Args, python: &Path, steps: &mut Vec<Step>) -> anyhow::Result<Vec<String>> {
    let main = Python::new(python)?.version;
    for other in &args.pythons {
        steps.extend(more_python(other.clone())?);
    }
    let others = interpreters::SUPPORTED
        .iter()
        .filter(|other| **other != main);
    let mut notes = Vec::new();
    if args.all_pythons || args.all_builds {
        for version in others {
            match interpreters::find(version) {
                Some(other) => steps.extend(more_python(other)?),
                None => notes.push(format!("not tested: CPython {version} (not found)")),
            }
        }
        notes.extend(special_builds(args, steps)?);
        match abi3::tests(python) {
            Some(tests) => steps.extend(tests),
            None => notes.push("only compiled: the stable ABI (needs CPython 3.12)".to_owned()),
        }
    } else {
        let others: Vec<_> = others.copied().collect();
        notes.push(format!(
            "Python tests ran on {main}; --all-pythons adds {} where found, --all-builds also {}",
            others.join(", "),
            Kind::TESTED.map(Kind::name).join(", ")
        ));
    }
    Ok(notes)
}

/// The steps of the builds that find more: they take as long again, so they have to be asked for.
fn special_builds(args: &Args, steps: &mut Vec<Step>) -> anyhow::Result<Vec<String>> {
    let mut notes = Vec::new();
    for kind in Kind::TESTED {
        let name = kind.name();
        match kind.find() {
            Some(other) if args.all_builds => steps.extend(more_python(other)?),
            Some(_) => notes.push(format!("not tested: CPython {name} (--all-builds adds it)")),
            None => notes.push(format!(
                "not tested: CPython {name} (`cargo xtask pythons` builds it)"
            )),
        }
    }
    Ok(notes)
}

/// The environment's programs first, so that tests find ruff, mypy and pyright.
fn path_with(python: &Path) -> anyhow::Result<std::ffi::OsString> {
    let old = std::env::var_os("PATH").unwrap_or_default();
    let folder = python
        .parent()
        .context("an interpreter has a folder")?
        .to_owned();
    Ok(std::env::join_paths(
        std::iter::once(folder).chain(std::env::split_paths(&old)),
    )?)
}

/// The folders of Python tests; each is a run of its own, because names of files repeat.
const SUITES: &[(&str, &[&str])] = &[
    (
        "pytest",
        &[
            "tests/python",
            "--ignore=tests/python/loader",
            "--ignore=tests/python/guides",
            "--ignore=tests/python/packaging",
        ],
    ),
    ("pytest zoo", &["examples/zoo/tests"]),
    (LOADER, &["tests/python/loader"]),
    (GUIDES, &["tests/python/guides"]),
    (PACKAGING, &["tests/python/packaging"]),
    (CORPUS, &["examples/corpus/tests"]),
    ("pytest circuit", &["examples/circuit/tests"]),
];

/// The tests of build on import: pure Python that runs Cargo, so the main interpreter and the oldest one say it all.
const LOADER: &str = "pytest loader";

/// What the pages of `docs/` show is what happens: on the main interpreter, which has all the tools.
const GUIDES: &str = "pytest guides";

/// Wheels and the like: what is in them depends on no interpreter, so the main one says it all.
const PACKAGING: &str = "pytest packaging";

/// The example of processing many boards, which needs Dask: on the main interpreter alone.
const CORPUS: &str = "pytest corpus";

/// How often the tests for leaks call each function on the main interpreter.
const MAIN_ROUNDS: &str = "10000";

/// Build the extensions for the interpreter, then all Python tests; those for leaks call each function `rounds` times.
fn pytests(
    python: &Path,
    rounds: &str,
    build: impl FnOnce(&Python) -> anyhow::Result<()> + 'static,
) -> anyhow::Result<Vec<Step>> {
    let facts = Python::new(python)?;
    let version = facts.version.clone();
    let free_threaded = facts.is_free_threaded();
    let built = lazy(&format!("pytest build {version}"), move || {
        build(&facts).map(|()| true)
    });
    let main = rounds == MAIN_ROUNDS;
    let loads = main || Some(&&*version) == interpreters::SUPPORTED.first();
    let suites = SUITES.iter().filter(|(name, _)| match *name {
        LOADER => loads,
        GUIDES | PACKAGING | CORPUS => main,
        _ => true,
    });
    let suites = suites.map(|(name, folders)| {
        let mut command = Command::new(python);
        with_package(&mut command)
            .env("PYRUS_ROUNDS", rounds)
            .args(["-m", "pytest", "--quiet", "-p", "no:cacheprovider"])
            .args(*folders);
        // Also if something that is imported would switch it on.
        if free_threaded {
            command.env("PYTHON_GIL", "0");
        }
        // A wheel is built once for all tests of packaging, and Cargo uses the cores.
        if *name != PACKAGING {
            command.args(["--numprocesses=auto", "--dist=worksteal"]);
        }
        step(&format!("{name} {version}"), command)
    });
    Ok(std::iter::once(built).chain(suites).collect())
}

/// The Python tests on an interpreter more, with extensions that are not optimised.
fn more_python(python: PathBuf) -> anyhow::Result<Vec<Step>> {
    let inside = venv::bare(&python)?;
    pytests(&inside, "2000", move |facts| {
        venv::for_tests(&python)?;
        unoptimised(&[&NATIVE, &KICAD, &ZOO, &VISITOR], facts)
    })
}

fn python_steps(python: &Path) -> anyhow::Result<Vec<Step>> {
    let module = |args: &[&str]| {
        let mut command = Command::new(python);
        with_package(&mut command)
            .arg("-m")
            .args(args)
            .env("MYPYPATH", "gen:python");
        command
    };
    let version = "import sys; sys.exit(sys.version_info < (3, 10))";
    let checks_types = Command::new(python)
        .args(["-c", version])
        .status()?
        .success();
    let mut steps = pytests(python, MAIN_ROUNDS, |facts| {
        [&NATIVE, &KICAD, &ZOO, &VISITOR]
            .into_iter()
            .try_for_each(|what| extension(what, facts).map(drop))
    })?;
    steps.push(step("stress", module(&["pyrus.graph"])));
    steps.push(step("fuzz zoo", fuzz_zoo(python)));
    if checks_types {
        let mut engine = module(&["mypy", "--strict", "--package", "pyrus_checks"]);
        engine.env("MYPYPATH", "crates/cargo-pyrus/engine");
        steps.push(step("mypy checks", engine));
        let mut zoo = module(&["mypy.stubtest", "zoo", "visitor"]);
        let folders = [root().join("examples/zoo/python"), root().join("python")];
        zoo.env("PYTHONPATH", std::env::join_paths(folders)?);
        zoo.env(
            "MYPYPATH",
            "examples/zoo/gen:examples/zoo/visitor/gen:python",
        );
        steps.push(step("stubtest zoo", zoo));
        steps.push(step(
            "stubtest",
            module(&["mypy.stubtest", "pyrus._native"]),
        ));
        let mut kicad = module(&["mypy.stubtest", "pyrus._kicad"]);
        kicad.env("MYPYPATH", "kicad/gen:python");
        steps.push(step("stubtest kicad", kicad));
        steps.push(step("mypy", module(&["mypy", "--strict", "tests/typed"])));
        let loader = module(&["mypy", "--strict", "--package", "pyrus.loader"]);
        steps.push(step("mypy loader", loader));
        let mut layer = module(&["mypy", "--strict", "--package", "pyrus.kicad"]);
        layer.args(["--package", "pyrus.sexp", "--package", "pyrus.faebryk"]);
        layer.env("MYPYPATH", "gen:kicad/gen:python");
        steps.push(step("mypy kicad", layer));
        let mut pyright = module(&["pyright", "--pythonpath"]);
        pyright
            .arg(python)
            .args(["--project", "pyrightconfig.json"]);
        steps.push(step("pyright", pyright));
    } else {
        println!("skipped stubtest, mypy, pyright: they need Python 3.10 or later");
    }
    Ok(steps)
}

/// Random calls of everything that the zoo declares, the same ones each time.
fn fuzz_zoo(python: &Path) -> Command {
    let mut command = cargo_with(&[
        "run",
        "--quiet",
        "--package",
        "cargo-pyrus",
        "--",
        "pyrus",
        "fuzz",
    ]);
    with_package(&mut command)
        .args(["--manifest-path", "examples/zoo/Cargo.toml", "--no-build"])
        .args(["--seed", "1", "--calls", "20000", "--python"])
        .arg(python);
    command
}

/// Rewrite golden files: the schemas first, by which all that is built next reads its declarations.
pub(crate) fn bless() -> anyhow::Result<()> {
    for what in [&["-p", "pyrus-idl", "--lib"][..], &["--workspace"]] {
        let mut command = cargo_with(&["test"]);
        command.args(what).env("PYRUS_BLESS", "1");
        if !succeeds(command)? {
            bail!("some tests still fail")
        }
    }
    Ok(())
}
