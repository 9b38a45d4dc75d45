//! `cargo pyrus compile`: what importing a package would compile, now.

use std::path::Path;
use std::process::Command;

use crate::args::{Mode, Selection};
use crate::python::Python;
use crate::{Outcome, Problem, layout, packages, terminal};

/// Lets the loader bring an extension up to date and says what was loaded.
const LOAD: &str = "
import sys
name, project = sys.argv[1:]
try:
    from pyrus.loader import load
    module = load(name, project=project)
except ImportError as error:
    sys.exit(f'{type(error).__name__}: {error}')
print(module.__file__)
";

/// Compiles the extension of every package, as an import in this interpreter would.
pub(crate) fn run(
    selection: &Selection,
    mode: Option<Mode>,
    python: Option<&Path>,
) -> Result<Outcome, Problem> {
    let python = Python::find(python)?;
    if !python.has("pyrus") || !python.has("pyrus.loader") {
        return Err(format!(
            "{} has no package `pyrus` with the loader: install it there, or use `cargo pyrus build`",
            python.executable.display()
        ));
    }
    let mut outcome = Outcome::Fine;
    for package in packages::select(selection)? {
        let Some(api) = package.load_or_show() else {
            outcome = Outcome::Findings;
            continue;
        };
        let mut command = Command::new(&python.executable);
        command
            .args(["-c", LOAD, &api.extension])
            .arg(&package.folder)
            .env("PYTHONPATH", search(&layout::source(&package, &api))?)
            .env_remove("PYRUS_NORECOMPILE");
        if let Some(mode) = mode {
            command.env("PYRUS_RELEASEMODE", mode.word());
        }
        let done = command
            .stderr(std::process::Stdio::inherit())
            .output()
            .map_err(|error| error.to_string())?;
        if done.status.success() {
            let file = String::from_utf8_lossy(&done.stdout).trim().to_owned();
            terminal::note(&format!(
                "{}: {} is up to date: {file}",
                package.name, api.extension
            ));
        } else {
            terminal::complain(&format!("{} could not be compiled", api.extension));
            outcome = Outcome::Findings;
        }
    }
    Ok(outcome)
}

/// The package's folder before whatever is searched already.
fn search(folder: &Path) -> Result<std::ffi::OsString, Problem> {
    let old = std::env::var_os("PYTHONPATH").unwrap_or_default();
    let rest = std::env::split_paths(&old).filter(|path| !path.as_os_str().is_empty());
    let all = std::iter::once(folder.to_owned()).chain(rest);
    std::env::join_paths(all).map_err(|error| error.to_string())
}
