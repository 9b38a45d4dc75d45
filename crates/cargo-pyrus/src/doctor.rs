//! `cargo pyrus doctor`: what a build needs of machine and project, and how to repair what is wrong.

use std::path::Path;
use std::process::Command;

use pyrus_build::emit::Plan;
use pyrus_build::{DECLARATIONS, STUBS, stub_files};
use serde::Serialize;
use serde_json::json;

use crate::abi::Stable;
use crate::args::Selection;
use crate::build::cargo;
use crate::packages::Package;
use crate::python::Python;
use crate::{Outcome, layout, packages, terminal};

/// The oldest `CPython` that extensions are built for.
const OLDEST: [u32; 2] = [3, 9];

/// The Rust that Pyrus itself needs.
const RUST: &str = env!("CARGO_PKG_RUST_VERSION");

/// How one thing is.
#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Status {
    Ok,
    /// Builds work, something is missing or old.
    Warn,
    /// Builds fail.
    Fail,
}

/// One line of the report.
#[derive(Serialize)]
struct Finding {
    subject: String,
    status: Status,
    text: String,
    /// What to do.
    fix: Option<String>,
}

/// Looks at everything. Exit code 1 when something would keep a build from working.
pub(crate) fn run(selection: &Selection, python: Option<&Path>, as_json: bool) -> Outcome {
    let mut findings = machine(python);
    match packages::select(selection) {
        Ok(packages) => {
            for package in &packages {
                findings.extend(project(package, python));
            }
        }
        Err(problem) => findings.push(warn(
            "project",
            &problem,
            "run this in a project, or name one with `--manifest-path`",
        )),
    }
    if as_json {
        terminal::json(&json!(findings));
    } else {
        findings.iter().for_each(show);
    }
    let fails = findings
        .iter()
        .any(|finding| finding.status == Status::Fail);
    if fails {
        Outcome::Findings
    } else {
        Outcome::Fine
    }
}

fn show(finding: &Finding) {
    let (word, color) = match finding.status {
        Status::Ok => ("ok  ", "32"),
        Status::Warn => ("warn", "33"),
        Status::Fail => ("fail", "31"),
    };
    let word = terminal::painted(word, color);
    terminal::print(&format!("{word}  {}: {}", finding.subject, finding.text));
    if let Some(fix) = &finding.fix {
        terminal::print(&format!("      fix: {fix}"));
    }
}

fn finding(subject: &str, status: Status, text: &str, fix: Option<&str>) -> Finding {
    Finding {
        subject: subject.to_owned(),
        status,
        text: text.to_owned(),
        fix: fix.map(str::to_owned),
    }
}

fn ok(subject: &str, text: &str) -> Finding {
    finding(subject, Status::Ok, text, None)
}

fn warn(subject: &str, text: &str, fix: &str) -> Finding {
    finding(subject, Status::Warn, text, Some(fix))
}

fn fail(subject: &str, text: &str, fix: &str) -> Finding {
    finding(subject, Status::Fail, text, Some(fix))
}

fn machine(python: Option<&Path>) -> Vec<Finding> {
    let mut out = vec![rust(cargo(), "cargo"), rust(rustc(), "rustc"), compiler()];
    match Python::find(python) {
        Ok(python) => out.extend(interpreter(&python)),
        Err(problem) => out.push(fail(
            "python",
            &problem,
            "install CPython 3.9 or later, or name one with `--python` or PYRUS_PYTHON",
        )),
    }
    out
}

fn rustc() -> Command {
    Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
}

/// The first line of what a program says about itself.
fn version(mut command: Command) -> Option<String> {
    let done = command.arg("--version").output().ok()?;
    let text = String::from_utf8_lossy(&done.stdout);
    done.status
        .success()
        .then(|| text.lines().next().unwrap_or_default().to_owned())
}

fn rust(command: Command, name: &str) -> Finding {
    let update = "install Rust with https://rustup.rs, or update it with `rustup update`";
    let Some(text) = version(command) else {
        return fail(name, "it cannot be run", update);
    };
    let number = text.split(' ').nth(1).unwrap_or_default();
    if numbers(number) < numbers(RUST) {
        return fail(name, &format!("{text} is older than {RUST}"), update);
    }
    ok(name, &text)
}

/// `1.95.0-nightly` → `[1, 95, 0]`.
fn numbers(version: &str) -> Vec<u32> {
    let plain = version.split('-').next().unwrap_or_default();
    let mut numbers: Vec<u32> = plain
        .split('.')
        .filter_map(|part| part.parse().ok())
        .collect();
    numbers.resize(3, 0);
    numbers
}

/// The runtime's build checks its layouts against the interpreter's headers with a C compiler.
fn compiler() -> Finding {
    let name = std::env::var_os("CC").unwrap_or_else(|| "cc".into());
    if cfg!(windows) {
        return ok("C compiler", "found by the `cc` crate when it builds");
    }
    match version(Command::new(name)) {
        Some(text) => ok("C compiler", &text),
        None => fail(
            "C compiler",
            "none was found; the runtime checks its layouts against Python's headers with it",
            "install gcc or clang, or set CC",
        ),
    }
}

fn interpreter(python: &Python) -> Vec<Finding> {
    let shown = format!(
        "CPython {} at {}",
        python.release(),
        python.executable.display()
    );
    let mut out = Vec::new();
    let is_old = python.version[..] < OLDEST[..];
    if python.implementation != "cpython" || is_old {
        let text = format!("{} {}", python.implementation, python.release());
        out.push(fail("python", &text, "use CPython 3.9 or later"));
    } else if python.in_environment {
        out.push(ok("python", &format!("{shown}, a virtual environment")));
    } else {
        let fix = "make one with `python3 -m venv .venv` and activate it";
        out.push(warn(
            "python",
            &format!("{shown}, outside a virtual environment"),
            fix,
        ));
    }
    let header = python.include.join("Python.h");
    if header.is_file() {
        out.push(ok("headers", &header.display().to_string()));
    } else {
        let text = format!("{} is missing", header.display());
        let fix = "install the development files of this Python (python3-dev, python3-devel)";
        out.push(fail("headers", &text, fix));
    }
    let tools = [
        ("maturin", "builds wheels"),
        ("ruff", "formats the stubs beside the package"),
        ("mypy", "checks types and stubs"),
        ("pyrus", "builds on import"),
    ];
    for (tool, use_of) in tools {
        if python.has(tool) {
            out.push(ok(tool, "installed"));
        } else {
            let fix = if tool == "pyrus" {
                "install the Python package of Pyrus, or build with `cargo pyrus build`".to_owned()
            } else {
                format!("{} -m pip install {tool}", python.executable.display())
            };
            out.push(warn(tool, &format!("not installed; it {use_of}"), &fix));
        }
    }
    out
}

/// What is to say of a package.
fn project(package: &Package, python: Option<&Path>) -> Vec<Finding> {
    let subject = |what: &str| format!("{}: {what}", package.name);
    let (locked, stable) = lock(package, &subject("lock"));
    let mut out = vec![target(package, &subject("target folder")), locked];
    if let Some(stable) = stable {
        out.push(abi(stable, python, &subject("stable ABI")));
    }
    out.push(schema(package, &subject("schema line")));
    out.extend(left_overs(package, &subject("left-overs")));
    out.extend(failures(package, &subject("build on import")));
    let api = match package.load() {
        Ok(api) => package.features.apply(&api),
        Err(report) => {
            let text = format!("{DECLARATIONS} has {} mistakes", report.diagnostics.len());
            out.push(fail(
                &subject("declarations"),
                &text,
                "see `cargo pyrus check`",
            ));
            return out;
        }
    };
    out.push(ok(&subject("declarations"), "in order"));
    let files = stub_files(&api, &package.features);
    out.push(match Plan::exact(&package.folder.join(STUBS), &files) {
        Ok(plan) if plan.changes().is_empty() => ok(&subject("stubs"), "up to date"),
        Ok(_) => warn(
            &subject("stubs"),
            "they differ from the declarations",
            "run `cargo pyrus stubs`, or build",
        ),
        Err(error) => fail(&subject("stubs"), &error.to_string(), "make gen/ readable"),
    });
    if let Ok(python) = Python::find(python) {
        let place = if stable.is_some() {
            layout::stable_extension(package, &api, &python)
        } else {
            layout::extension(package, &api, &python)
        };
        out.push(extension(
            package,
            &api.files,
            &place,
            &subject("extension"),
        ));
    }
    out
}

fn target(package: &Package, subject: &str) -> Finding {
    let folder = &package.target;
    let place = folder.ancestors().find(|folder| folder.is_dir());
    let writes = place.is_some_and(|place| tempfile::tempfile_in(place).is_ok());
    if writes {
        return ok(subject, &folder.display().to_string());
    }
    fail(
        subject,
        &format!("{} cannot be written", folder.display()),
        "set CARGO_TARGET_DIR to a folder that can",
    )
}

/// Whether the lock is there and fits; and what it says of the stable ABI.
fn lock(package: &Package, subject: &str) -> (Finding, Option<Stable>) {
    let file = layout::lock(&package.workspace);
    if !file.is_file() {
        let fix =
            "run `cargo generate-lockfile` and commit it, so that all builds use the same crates";
        return (warn(subject, "there is no Cargo.lock", fix), None);
    }
    let done = cargo()
        .args([
            "metadata",
            "--locked",
            "--offline",
            "--format-version",
            "1",
            "--manifest-path",
        ])
        .arg(package.folder.join("Cargo.toml"))
        .output();
    let found = match done {
        Ok(done) if done.status.success() => {
            let facts = serde_json::from_slice(&done.stdout).unwrap_or_default();
            let fits = ok(subject, "Cargo.lock fits Cargo.toml");
            return (fits, Stable::of_metadata(&facts));
        }
        Ok(done) => {
            let report = String::from_utf8_lossy(&done.stderr);
            let line = report.lines().find(|line| line.starts_with("error"));
            warn(
                subject,
                line.unwrap_or("Cargo.lock does not fit Cargo.toml"),
                "run `cargo update --workspace`, or build once with a network",
            )
        }
        Err(error) => fail(
            subject,
            &error.to_string(),
            "install Rust with https://rustup.rs",
        ),
    };
    (found, None)
}

/// Extensions for the stable ABI run on one version and all later ones.
fn abi(stable: Stable, python: Option<&Path>, subject: &str) -> Finding {
    let text = format!("one extension for CPython 3.{} and later", stable.minor);
    match Python::find(python) {
        Ok(python) if !stable.runs_on(&python) => fail(
            subject,
            &format!("{text}, and this is {}", python.release()),
            "use a newer Python, or build without the feature `abi3`",
        ),
        _ => ok(subject, &text),
    }
}

/// The line that tells editors where the schema is.
fn schema(package: &Package, subject: &str) -> Finding {
    let text = std::fs::read_to_string(package.folder.join(DECLARATIONS)).unwrap_or_default();
    let named = text
        .lines()
        .find_map(|line| line.strip_prefix("# yaml-language-server: $schema="));
    let Some(named) = named.map(str::trim) else {
        let fix = "write `cargo pyrus schema > schema/bindings.schema.json`, and as the first line of bindings.yaml `# yaml-language-server: $schema=schema/bindings.schema.json`";
        return warn(subject, "editors find no schema", fix);
    };
    if named.contains("://") {
        return ok(subject, named);
    }
    let wanted = format!("{:#}", pyrus_idl::json_schema());
    let renew = format!("cargo pyrus schema > {named}");
    match std::fs::read_to_string(package.folder.join(named)) {
        Ok(there) if there.trim() == wanted => ok(subject, named),
        Ok(_) => warn(subject, &format!("{named} is of another version"), &renew),
        Err(_) => warn(subject, &format!("{named} is missing"), &renew),
    }
}

/// Files that a killed run left beside what it wanted to write.
fn left_overs(package: &Package, subject: &str) -> Option<Finding> {
    let mut found = Vec::new();
    let mut todo = vec![package.folder.join(STUBS), package.folder.join("python")];
    while let Some(folder) = todo.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                todo.push(path);
            } else if entry.file_name().to_string_lossy().starts_with(".pyrus-") {
                found.push(path.display().to_string());
            }
        }
    }
    found.sort();
    let text = format!("a run that was killed left {}", found.join(", "));
    (!found.is_empty()).then(|| warn(subject, &text, "delete these files"))
}

/// Builds on import that failed and were not repeated since: the loader keeps their reports.
fn failures(package: &Package, subject: &str) -> Option<Finding> {
    let ready = package.target.join("pyrus");
    let report = find(&ready, "failure")?;
    let text = format!("the last one failed; its report is {}", report.display());
    Some(warn(
        subject,
        &text,
        "run `cargo pyrus compile` to see it again",
    ))
}

fn find(folder: &Path, name: &str) -> Option<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<_> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    // Cargo's own folders are large, and hold nothing of the loader's.
    let skip = ["build", "deps", "incremental", ".fingerprint"];
    paths
        .into_iter()
        .find_map(|path| match path.file_name()?.to_str()? {
            last if path.is_dir() && !skip.contains(&last) => find(&path, name),
            last => (last == name).then_some(path),
        })
}

fn extension(package: &Package, files: &[String], place: &Path, subject: &str) -> Finding {
    let time = |path: &Path| path.metadata().and_then(|facts| facts.modified()).ok();
    let Some(built) = time(place) else {
        let text = format!("{} was not built yet", place.display());
        return warn(subject, &text, "run `cargo pyrus build`");
    };
    let sources = files.iter().map(|file| package.folder.join(file));
    let library = package.library.clone();
    let is_newer = |path: std::path::PathBuf| time(&path).is_some_and(|changed| changed > built);
    if sources.chain(library).any(is_newer) {
        let text = format!("{} is older than its sources", place.display());
        return warn(
            subject,
            &text,
            "run `cargo pyrus build`, or import it with the loader",
        );
    }
    ok(subject, &place.display().to_string())
}
