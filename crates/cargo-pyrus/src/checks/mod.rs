//! What `fuzz` and `leaks` have in common: the engine in Python, the model for it, and how it is started.

mod engine;
mod hints;

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, channel};

use pyrus_idl::Api;
use serde_json::{Value, json};

use crate::args::{Selection, Target};
use crate::packages::Package;
use crate::python::Python;
use crate::{Outcome, Problem, build, layout, packages};

pub(crate) use hints::Hints;

/// An extension that can be called, and the engine that does it.
pub(crate) struct Checks {
    /// The extension's import name.
    pub(crate) extension: String,
    /// Where results go.
    pub(crate) folder: PathBuf,
    /// What the declarations do not say.
    pub(crate) hints: Hints,
    api: Value,
    python: PathBuf,
    search: std::ffi::OsString,
    variables: Vec<(String, String)>,
}

/// Builds what is asked for, and makes everything ready; nothing for a package with mistakes.
pub(crate) fn prepare(
    selection: &Selection,
    target: &Target,
) -> Result<Option<Vec<Checks>>, Problem> {
    let python = Python::find(target.python.as_deref())?;
    if !target.no_build {
        let built = build::run(selection, target.mode, Some(&python.executable))?;
        if matches!(built, Outcome::Findings) {
            return Ok(None);
        }
    }
    let mut all = Vec::new();
    for package in packages::select(selection)? {
        let Some(api) = package.load_or_show() else {
            return Ok(None);
        };
        all.push(Checks::new(&package, &api, &python, target)?);
    }
    Ok(Some(all))
}

impl Checks {
    fn new(
        package: &Package,
        api: &Api,
        python: &Python,
        target: &Target,
    ) -> Result<Self, Problem> {
        let folder = target
            .out
            .clone()
            .unwrap_or_else(|| package.target.join("python-fuzz").join(&package.name));
        let folder = std::path::absolute(folder).map_err(|error| error.to_string())?;
        fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        let engine = engine::unpack(&package.target)?;
        let old = std::env::var_os("PYTHONPATH").unwrap_or_default();
        let search = [engine]
            .into_iter()
            .chain(target.paths.iter().cloned())
            .chain([layout::source(package, api), PathBuf::from(".")])
            .chain(std::env::split_paths(&old).filter(|path| !path.as_os_str().is_empty()));
        let absolute: Result<Vec<_>, _> = search.map(std::path::absolute).collect();
        let absolute = absolute.map_err(|error| error.to_string())?;
        Ok(Self {
            extension: api.extension.clone(),
            hints: Hints::read(&package.folder)?,
            api: serde_json::to_value(api).expect("the model is plain data"),
            python: python.executable.clone(),
            variables: target.variables.clone(),
            search: std::env::join_paths(absolute).map_err(|error| error.to_string())?,
            folder,
        })
    }

    /// Writes the model for the engine; the path of the file.
    pub(crate) fn model(&self, skip: &[String]) -> Result<PathBuf, Problem> {
        let mut hints = self.hints.clone();
        hints.skip.extend_from_slice(skip);
        let path = self.folder.join(format!("model-{}.json", skip.len()));
        let text = json!({"api": self.api, "hints": hints}).to_string();
        fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(path)
    }

    /// A command of the engine.
    pub(crate) fn engine(&self, command: &str, options: &Value) -> Command {
        self.engine_with(command, options.to_string())
    }

    /// A command of the engine whose options may be too long for a command line: they go through a file.
    pub(crate) fn engine_of_file(
        &self,
        command: &str,
        options: &Value,
    ) -> Result<Command, Problem> {
        let path = self.folder.join(format!("{command}.json"));
        let written = fs::write(&path, options.to_string());
        written.map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(self.engine_with(command, format!("@{}", path.display())))
    }

    /// It runs somewhere else than this program: what is called may write files. `PYTHONPATH` has this folder instead.
    fn engine_with(&self, command: &str, options: String) -> Command {
        let mut child = Command::new(&self.python);
        child
            .args(["-m", "pyrus_checks", command])
            .arg(options)
            .env("PYTHONPATH", &self.search)
            .env("PYTHONHASHSEED", "0")
            .env("PYRUS_NORECOMPILE", "1")
            .env_remove("PYRUS_LEAKS")
            .envs(self.variables.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null());
        child
    }

    /// Starts a command in a new folder of its own; what it tells comes line by line.
    pub(crate) fn start(&self, mut command: Command, errors: &Path) -> Result<Child, Problem> {
        let log = File::create(errors).map_err(|error| format!("{}: {error}", errors.display()))?;
        let scratch = scratch()?;
        let mut process = command
            .stdout(Stdio::piped())
            .stderr(log)
            .current_dir(scratch.path())
            .spawn()
            .map_err(|error| format!("{} cannot be run: {error}", self.python.display()))?;
        let out = process.stdout.take().ok_or("the process has no output")?;
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            use std::io::BufRead;
            for line in std::io::BufReader::new(out).lines().map_while(Result::ok) {
                if let Ok(value) = serde_json::from_str(&line)
                    && sender.send(value).is_err()
                {
                    break;
                }
            }
        });
        Ok(Child {
            process,
            lines,
            _scratch: scratch,
        })
    }
}

/// A new folder, where calls with random names may leave files.
pub(crate) fn scratch() -> Result<tempfile::TempDir, Problem> {
    let made = tempfile::Builder::new().prefix("pyrus-checks-").tempdir();
    made.map_err(|error| format!("no folder for temporary files can be made: {error}"))
}

/// A running engine.
pub(crate) struct Child {
    /// The process.
    pub(crate) process: std::process::Child,
    /// What it tells.
    pub(crate) lines: Receiver<Value>,
    /// Where it runs; removed after the process has ended.
    _scratch: tempfile::TempDir,
}

impl Drop for Child {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// What lines of a report say why a process ended.
const SAID: [&str; 6] = [
    "ERROR: AddressSanitizer",
    "WARNING: ThreadSanitizer",
    "Fatal Python error: _Py",
    "Assertion ",
    "memory allocation",
    "panicked",
];

/// How a process ended that should not have.
pub(crate) fn ending(status: std::process::ExitStatus, errors: &str) -> String {
    #[cfg(unix)]
    {
        use std::os::unix::process::ExitStatusExt;
        if let Some(signal) = status.signal() {
            let name = match signal {
                4 => "illegal instruction",
                6 => "aborted",
                7 => "bus error",
                8 => "arithmetic error",
                9 => "killed, perhaps for lack of memory",
                11 => "segmentation fault",
                _ => "ended by a signal",
            };
            let why = errors
                .lines()
                .find(|line| SAID.iter().any(|word| line.contains(word)));
            let why = why.map(|line| format!(": {line}")).unwrap_or_default();
            return format!("{name} (signal {signal}){why}");
        }
    }
    let last = errors.lines().rfind(|line| !line.trim().is_empty());
    format!("{status}: {}", last.unwrap_or("no message"))
}
