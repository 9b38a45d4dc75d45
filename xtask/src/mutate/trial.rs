//! The copy of the project that mutations happen to, and what looks at it afterwards.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};

use super::judges::{STAGES, Stage};
use super::list::{Mutation, tracked};
use crate::build::Extension;
use crate::python::{Python, cdylib};
use crate::shell::{cargo, files_below, output, root, step};
use crate::venv::{self, target_dir};

/// What became of a mutation.
pub(crate) enum Fate {
    /// Something failed: who looked, and what it said.
    Noticed(&'static str, String),
    /// It is no program.
    Refused,
    /// All extensions are the same, byte by byte: it was code for another build, or said the same.
    Same,
    /// Nothing failed.
    Survived,
}

/// Longer than that nothing takes: a mutation that hangs is noticed.
const PATIENCE: Duration = Duration::from_mins(8);

/// A copy of the project, with a target folder of its own.
pub(crate) struct Tree {
    pub(super) folder: PathBuf,
    target: PathBuf,
    /// `cargo pyrus`, which is not what is broken.
    pub(super) command: PathBuf,
    pub(super) python: Python,
    /// What each stage builds without a mutation.
    built: Vec<Vec<u8>>,
}

/// What is in the line that tells, of pytest, `cargo pyrus fuzz`, `cargo pyrus leaks` and Rust's tests.
const CLUES: [&str; 6] = [
    "FAILED ",
    "ERROR ",
    "Fatal Python error",
    "making a script of: ",
    "leaks: ",
    "' panicked at ",
];

impl Tree {
    /// Copy what Git knows, as it is now.
    pub(crate) fn new() -> anyhow::Result<Self> {
        let top = target_dir()?.join("mutate");
        let python = Python::new(&venv::ready(&venv::base_python())?)?;
        let tree = Self {
            folder: top.join("tree"),
            target: top.join("target"),
            command: target_dir()?.join("debug").join("cargo-pyrus"),
            python,
            built: Vec::new(),
        };
        tree.copy()?;
        let mut build = cargo();
        build.args(["build", "--quiet", "--package", "cargo-pyrus"]);
        step("cargo pyrus", || {
            output(
                build
                    .current_dir(root())
                    .env("CARGO_TARGET_DIR", target_dir()?),
            )
        })?;
        Ok(tree)
    }

    /// Make the copy what the project is now. What Git knows no more would still be read.
    fn copy(&self) -> anyhow::Result<()> {
        let files: BTreeSet<_> = tracked()?.into_iter().collect();
        for file in &files {
            let place = self.folder.join(file);
            std::fs::create_dir_all(place.parent().context("a file has a folder")?)?;
            put(&place, &std::fs::read(root().join(file))?)?;
        }
        for place in files_below(&self.folder)? {
            if !files.contains(place.strip_prefix(&self.folder)?) {
                std::fs::remove_file(place)?;
            }
        }
        Ok(())
    }

    /// Without a mutation, nobody may complain.
    pub(crate) fn sound(&mut self) -> anyhow::Result<()> {
        for stage in &STAGES {
            if !step(stage.name, || self.build(stage))? {
                bail!("the copy in {} does not compile", self.folder.display());
            }
            self.built.push(self.bytes(stage)?);
            for (name, judge) in stage.judges {
                if !step(name, || self.passes(judge(self)))? {
                    bail!(
                        "{name} fail without any mutation; see {}",
                        self.log().display()
                    );
                }
            }
        }
        Ok(())
    }

    /// Change, build, look, and change back.
    pub(crate) fn try_out(&self, mutation: &Mutation) -> anyhow::Result<Fate> {
        let place = self.folder.join(&mutation.file);
        let old = std::fs::read(&place)?;
        std::fs::write(&place, &mutation.text)?;
        let fate = self.fate();
        std::fs::write(&place, old)?;
        fate
    }

    fn fate(&self) -> anyhow::Result<Fate> {
        let mut same = true;
        for (stage, sound) in STAGES.iter().zip(&self.built) {
            if !self.build(stage)? {
                return Ok(Fate::Refused);
            }
            if stage.looks_at_what_it_builds() {
                if self.bytes(stage)? == *sound {
                    continue;
                }
                same = false;
            }
            for (name, judge) in stage.judges {
                if !self.passes(judge(self))? {
                    return Ok(Fate::Noticed(name, self.clue()?));
                }
            }
        }
        Ok(if same { Fate::Same } else { Fate::Survived })
    }

    /// What was built.
    fn bytes(&self, stage: &Stage) -> anyhow::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        for one in stage.extensions {
            bytes.extend(std::fs::read(self.built_at(one))?);
        }
        Ok(bytes)
    }

    fn build(&self, stage: &Stage) -> anyhow::Result<bool> {
        let packages = stage.extensions.iter();
        let mut command = self.cargo("build");
        command.args(packages.flat_map(|one| ["--package", one.package]));
        if stage.looks_at_what_it_builds() && !self.passes(command)? {
            return Ok(false);
        }
        for one in stage.extensions {
            self.place(one)?;
        }
        Ok(true)
    }

    /// Cargo, on the copy.
    pub(super) fn cargo(&self, verb: &str) -> Command {
        let mut command = cargo();
        command
            .current_dir(&self.folder)
            .args([verb, "--quiet"])
            .env("PYO3_PYTHON", &self.python.executable)
            .env("PYRUS_STUBS", "off")
            .env("CARGO_PROFILE_DEV_DEBUG", "none")
            // What is not called any more is no mistake here.
            .env("RUSTFLAGS", "--cap-lints=allow")
            .env("CARGO_TARGET_DIR", &self.target);
        command
    }

    fn built_at(&self, one: &Extension) -> PathBuf {
        self.target.join("debug").join(cdylib(one.library))
    }

    fn place(&self, one: &Extension) -> anyhow::Result<()> {
        let built = self.built_at(one);
        let place = self.folder.join(self.python.extension(one.module));
        std::fs::create_dir_all(place.parent().context("a module has a folder")?)?;
        std::fs::copy(&built, place).with_context(|| format!("cannot copy {}", built.display()))?;
        Ok(())
    }

    /// What the last command said.
    fn log(&self) -> PathBuf {
        self.target.join("said.log")
    }

    /// The line that says what was noticed: a machine that is too busy is noticed as well, and proves nothing.
    fn clue(&self) -> anyhow::Result<String> {
        let said = std::fs::read(self.log())?;
        let said = String::from_utf8_lossy(&said);
        let telling = |line: &&str| CLUES.iter().any(|clue| line.contains(clue));
        let line = said.lines().find(telling);
        let line = line.or_else(|| said.lines().rfind(|line| !line.trim().is_empty()));
        Ok(line
            .unwrap_or("it said nothing")
            .trim()
            .chars()
            .take(160)
            .collect())
    }

    /// Whether a command succeeds, and ends.
    fn passes(&self, mut command: Command) -> anyhow::Result<bool> {
        std::fs::create_dir_all(&self.target)?;
        let mut said = File::create(self.log())?;
        command
            .stdin(Stdio::null())
            .stdout(said.try_clone()?)
            .stderr(said.try_clone()?);
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut child = command
            .spawn()
            .with_context(|| format!("cannot run {command:?}"))?;
        let start = Instant::now();
        loop {
            if let Some(status) = child.try_wait()? {
                return Ok(status.success());
            }
            if start.elapsed() > PATIENCE {
                end(&mut child)?;
                let seconds = PATIENCE.as_secs();
                writeln!(said, "\nit did not end within {seconds} s")?;
                return Ok(false);
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

/// End a command and all that it has started, such as the workers of pytest, who would hang on.
fn end(command: &mut Child) -> anyhow::Result<()> {
    if cfg!(unix) {
        let group = format!("-{}", command.id());
        let mut kill = Command::new("kill");
        kill.args(["-KILL", "--", &group]).status()?;
    }
    command.kill()?;
    command.wait()?;
    Ok(())
}

/// Write a file unless it is as it should be: what is older than what was built from it needs no building.
fn put(place: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    if !std::fs::read(place).is_ok_and(|old| old == bytes) {
        std::fs::write(place, bytes)?;
    }
    Ok(())
}
