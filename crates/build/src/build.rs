//! What a build script does: declarations in, glue to `OUT_DIR`, stubs to `OUT_DIR` and `gen/`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fmt, io};

use pyrus_idl::{Api, Report};

use crate::emit::Plan;
use crate::features::Features;
use crate::sync::{self, Mode};
use crate::{glue, stub};

/// The declarations, beside `Cargo.toml`.
pub const DECLARATIONS: &str = "bindings.yaml";

/// The folder of the committed stubs, beside `Cargo.toml`.
pub const STUBS: &str = "gen";

/// Why a build failed.
#[derive(Debug)]
pub enum Failure {
    /// The declarations have mistakes.
    Declarations(Report),
    /// The stubs are not in order.
    Stubs(sync::Error),
    /// A file of `OUT_DIR` could not be written.
    Io(io::Error),
    /// A variable that Cargo sets for build scripts is missing.
    Variable(&'static str),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Declarations(report) => {
                write!(
                    f,
                    "{DECLARATIONS} has {} mistakes",
                    report.diagnostics.len()
                )
            }
            Failure::Stubs(error) => error.fmt(f),
            Failure::Io(error) => write!(f, "cannot write to OUT_DIR: {error}"),
            Failure::Variable(name) => {
                write!(f, "{name} is not set: call this from a build script")
            }
        }
    }
}

impl std::error::Error for Failure {}

/// A whole build script: builds, reports to Cargo, and says how to exit.
///
/// ```no_run
/// fn main() -> std::process::ExitCode {
///     pyrus_build::main()
/// }
/// ```
pub fn main() -> ExitCode {
    match build() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            tell(&failure);
            ExitCode::FAILURE
        }
    }
}

/// Renders the declarations of the package being built. Nothing is written when they have mistakes.
pub fn build() -> Result<(), Failure> {
    let package = folder("CARGO_MANIFEST_DIR")?;
    let out = folder("OUT_DIR")?;
    println!("cargo::rerun-if-env-changed=PYRUS_STUBS");
    let mode = Mode::from_env().map_err(Failure::Stubs)?;
    let loaded = pyrus_idl::load(&package.join(DECLARATIONS));
    watch(&loaded);
    let api = loaded.map_err(Failure::Declarations)?;
    let features = Features::from_env();
    let api = features.apply(&api);
    let glue = glue::render(&api, &features);
    let stubs = stub::files(&api, &features);
    if mode == Mode::Check {
        // What differs fails the build before anything is written.
        publish(&package, &stubs, mode)?;
    }
    Plan::new(&out, &glue)
        .and_then(Plan::apply)
        .map_err(Failure::Io)?;
    // Laid out as packages are, so that packagers can copy them into a wheel.
    Plan::exact(&out, &stubs)
        .and_then(Plan::apply)
        .map_err(Failure::Io)?;
    match mode {
        Mode::Write => publish(&package, &stubs, mode),
        Mode::Check | Mode::Off => Ok(()),
    }
}

/// Brings `gen/` up to date. That it cannot be written does not fail a build: the stubs are not compiled.
fn publish(package: &Path, stubs: &[(String, String)], mode: Mode) -> Result<(), Failure> {
    let folder = package.join(STUBS);
    if mode == Mode::Check {
        println!("cargo::rerun-if-changed={STUBS}");
    }
    if mode == Mode::Write && sync::is_packaged(package) {
        return Ok(());
    }
    match sync::sync(&folder, stubs, mode) {
        Err(error @ sync::Error::Io(_)) if mode == Mode::Write => {
            println!("cargo::warning={}", one_line(&error.to_string()));
            Ok(())
        }
        result => result.map(|_| ()).map_err(Failure::Stubs),
    }
}

/// Cargo reruns the script when a file changes that was read, or that would have been.
fn watch(loaded: &Result<Api, Report>) {
    println!("cargo::rerun-if-changed={DECLARATIONS}");
    let files = match loaded {
        Ok(api) => &api.files,
        Err(report) => &report.files,
    };
    for file in files.iter().filter(|file| *file != DECLARATIONS) {
        println!("cargo::rerun-if-changed={file}");
    }
}

/// The full report on stderr, one line per mistake for Cargo.
fn tell(failure: &Failure) {
    let lines = match failure {
        Failure::Declarations(report) => {
            eprintln!("{}", report.render(false));
            report.short_lines()
        }
        Failure::Stubs(sync::Error::Differ(diff)) => {
            eprintln!("{diff}");
            vec![failure.to_string()]
        }
        other => vec![other.to_string()],
    };
    for line in lines {
        println!("cargo::error={}", one_line(&line));
    }
}

fn one_line(text: &str) -> String {
    text.replace(['\n', '\r'], " ")
}

fn folder(name: &'static str) -> Result<PathBuf, Failure> {
    env::var_os(name)
        .map(PathBuf::from)
        .ok_or(Failure::Variable(name))
}
