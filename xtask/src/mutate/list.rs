//! What is broken: each mutation is a file and its new text.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};
use serde_json::Value;

use super::checks::CHECKS;
use super::excused::EXCUSED;
use crate::shell::{cargo, files_below, output, root};

const RUNTIME: &str = "crates/pyrus/src";

/// A call with a pointer to an object, of which nothing comes.
const NOTHING: &str = "(|_: *mut ffi::PyObject| ())(";

/// One change.
pub(crate) struct Mutation {
    /// Where and what: `crates/pyrus/src/any.rs:50 no Py_INCREF`.
    pub(crate) name: String,
    /// The file, relative to the root.
    pub(crate) file: PathBuf,
    /// Its text with the change.
    pub(crate) text: String,
    /// Why nobody has to notice.
    pub(crate) excuse: Option<&'static str>,
}

impl Mutation {
    fn new(file: &Path, text: &str, at: Range<usize>, new: &str, what: &str) -> Self {
        let blank = text[at.start..].len() - text[at.start..].trim_start().len();
        let line = 1 + text[..at.start + blank].matches('\n').count();
        let name = format!("{}:{line} {what}", file.display());
        let lines = near(text, at.start);
        let excuse = EXCUSED.iter().find(|one| {
            file.ends_with(one.file) && lines.contains(one.lines) && name.contains(one.what)
        });
        // As many lines as before: panics tell theirs, and what is no other program is not to look like one.
        let lines = |text: &str| text.matches('\n').count();
        let gone = lines(&text[at.clone()]).saturating_sub(lines(new));
        let blank = "\n".repeat(gone);
        Self {
            name,
            file: file.to_owned(),
            text: [&text[..at.start], new, &blank, &text[at.end..]].concat(),
            excuse: excuse.map(|one| one.why),
        }
    }
}

/// The line of a place, and the one before.
fn near(text: &str, at: usize) -> &str {
    let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
    let start = text[..at].rmatch_indices('\n').nth(1);
    &text[start.map_or(0, |(newline, _)| newline)..end]
}

/// No reference count where there was one, no check where there was one.
pub(crate) fn by_hand() -> anyhow::Result<Vec<Mutation>> {
    let mut all = Vec::new();
    for file in sources(&root().join(RUNTIME))? {
        let text = std::fs::read_to_string(root().join(&file))?;
        for call in ["Py_INCREF", "Py_DECREF", "Py_XDECREF"] {
            let old = format!("ffi::{call}(");
            for (at, _) in text.match_indices(&old) {
                let what = format!("no {call}");
                let range = at..at + old.len();
                all.push(Mutation::new(&file, &text, range, NOTHING, &what));
            }
        }
    }
    for check in CHECKS {
        let file = Path::new(RUNTIME).join(check.file);
        let text = std::fs::read_to_string(root().join(&file))?;
        let mut places = text.match_indices(check.old).peekable();
        if places.peek().is_none() {
            bail!(
                "xtask/src/mutate/checks.rs: {} has no `{}`",
                file.display(),
                check.old
            );
        }
        for (at, old) in places {
            let range = at..at + old.len();
            all.push(Mutation::new(&file, &text, range, check.new, check.what));
        }
    }
    Ok(all)
}

/// The runtime's files, without its tests.
fn sources(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let files = files_below(folder)?.into_iter();
    files
        .filter(|path| !is_test(path))
        .map(|path| Ok(path.strip_prefix(root())?.to_owned()))
        .collect()
}

fn is_test(path: &Path) -> bool {
    path.ends_with("miri.rs") || path.ends_with("tests.rs")
}

/// What cargo-mutants would change.
pub(crate) fn generated(globs: &[String]) -> anyhow::Result<Vec<Mutation>> {
    let mut command = cargo();
    command
        .current_dir(root())
        .args(["mutants", "--list", "--json", "--package", "pyrus"])
        .args(globs.iter().flat_map(|glob| ["--file", glob]));
    let told = output(&mut command)
        .context("this needs cargo-mutants: run `cargo install cargo-mutants`")?;
    let told: Value = serde_json::from_str(&told)?;
    let all = told.as_array().context("mutants are listed")?;
    let all = all.iter().map(from_mutants);
    all.filter(|one| !one.as_ref().is_ok_and(|one| is_test(&one.file)))
        .collect()
}

fn from_mutants(told: &Value) -> anyhow::Result<Mutation> {
    let text = |key: &str| told[key].as_str().context("a mutant has a place");
    let file = PathBuf::from(text("file")?);
    let source = std::fs::read_to_string(root().join(&file))?;
    let place = |end: &str| {
        let number = |key: &str| told["span"][end][key].as_u64();
        let (line, column) = number("line").zip(number("column"))?;
        offset(&source, line, column)
    };
    let range = place("start").zip(place("end"));
    let (start, end) = range.context("a mutant has a place")?;
    let new = text("replacement")?;
    let function = told["function"]["function_name"]
        .as_str()
        .unwrap_or_default();
    let old = source[start..end].split_whitespace().collect::<Vec<_>>();
    let old: String = old.join(" ").chars().take(40).collect();
    let what = format!("{function}: `{old}` is `{new}`");
    Ok(Mutation::new(&file, &source, start..end, new, &what))
}

/// The byte at a line and column, which count from 1.
fn offset(text: &str, line: u64, column: u64) -> Option<usize> {
    let mut lines = text.split_inclusive('\n');
    let before: usize = lines
        .by_ref()
        .take(usize::try_from(line).ok()? - 1)
        .map(str::len)
        .sum();
    let line = lines.next()?;
    let within = line
        .char_indices()
        .nth(usize::try_from(column).ok()? - 1)
        .map_or(line.len(), |(at, _)| at);
    Some(before + within)
}

/// The files that Git knows, as they are now.
pub(super) fn tracked() -> anyhow::Result<Vec<PathBuf>> {
    let listed = output(
        Command::new("git")
            .args(["ls-files", "-z"])
            .current_dir(root()),
    )?;
    let names = listed.split('\0').filter(|name| !name.is_empty());
    let there = names
        .map(PathBuf::from)
        .filter(|name| root().join(name).is_file());
    Ok(there.collect())
}
