//! What was found: read from the journal of a process that died, or told by one that lives; and made small.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::report::Results;
use crate::args::{FuzzOptions, Target};
use crate::checks::{self, Checks};
use crate::{Problem, terminal};

/// More than that is not made small: there will be less when the first ones are mended.
const MOST: usize = 8;

/// Something that no program may do.
#[derive(Default)]
pub(crate) struct Found {
    /// `signal`, `timeout`, `SystemError`, `kept`.
    pub(crate) kind: String,
    /// In words.
    pub(crate) what: String,
    /// The item that was called.
    pub(crate) item: String,
    /// The number of the program.
    pub(crate) program: u64,
    /// How a script counts what is kept.
    pub(crate) count: Option<String>,
    /// The program; and all that ran before it, in case that matters.
    pub(crate) programs: Vec<Vec<String>>,
    /// How often it was met.
    pub(crate) times: u32,
    /// The script that shows it.
    pub(crate) script: Option<PathBuf>,
    /// Its text.
    pub(crate) text: String,
    /// The script fails in the same way.
    pub(crate) again: bool,
}

impl Found {
    /// From what a process told.
    pub(crate) fn told(line: &Value) -> Self {
        let text = |key: &str| line[key].as_str().unwrap_or_default().to_owned();
        let lines = line["lines"].as_array().into_iter().flatten();
        Self {
            kind: text("found"),
            what: text("what"),
            item: text("item"),
            program: line["program"].as_u64().unwrap_or_default(),
            count: line["count"].as_str().map(str::to_owned),
            programs: vec![lines.filter_map(Value::as_str).map(str::to_owned).collect()],
            ..Self::default()
        }
    }

    /// What makes two of them the same.
    pub(crate) fn same(&self, other: &Self) -> bool {
        (&self.kind, &self.item, &self.count) == (&other.kind, &other.item, &other.count)
    }
}

/// A program in a journal.
pub(crate) struct Program {
    /// Its number.
    pub(crate) number: u64,
    /// Items, and the lines that call them.
    pub(crate) lines: Vec<(String, String)>,
}

impl Program {
    /// Its lines.
    pub(crate) fn text(&self) -> Vec<String> {
        self.lines.iter().map(|(_, line)| line.clone()).collect()
    }
}

/// The programs that a process wrote down before it ran them.
pub(crate) fn journal(path: &Path) -> Vec<Program> {
    let bytes = std::fs::read(path).unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    let mut programs: Vec<Program> = Vec::new();
    for line in text.lines() {
        if let Some(number) = line.strip_prefix('#').and_then(|rest| rest.parse().ok()) {
            let lines = Vec::new();
            programs.push(Program { number, lines });
        } else if let (Some(program), Some((item, line))) =
            (programs.last_mut(), line.split_once('\t'))
        {
            program.lines.push((item.to_owned(), line.to_owned()));
        }
    }
    programs
}

/// Makes a script of everything that was found.
pub(crate) fn shrink(
    checks: &Checks,
    target: &Target,
    options: &FuzzOptions,
    results: &mut Results,
) -> Result<(), Problem> {
    let imports = results.imports.clone();
    let seed = results.seed;
    for (i, found) in results.findings.iter_mut().take(MOST).enumerate() {
        terminal::note(&format!(
            "making a script of: {} in {}",
            found.what, found.item
        ));
        let name: String = format!("found-{}-{}-{}", i + 1, found.kind, found.item)
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
            .collect();
        let options = json!({
            "found": {
                "kind": found.kind, "what": found.what, "item": found.item, "count": found.count.as_deref().unwrap_or("0"),
                "programs": found.programs, "seed": seed, "program": found.program,
            },
            "imports": imports, "folder": checks.folder, "name": name.trim_end_matches('-'),
            "timeout": (target.timeout / 2.0).max(1.0), "memory": target.memory, "budget": options.shrink,
        });
        let scratch = checks::scratch()?;
        let made = checks
            .engine_of_file("shrink", &options)?
            .current_dir(scratch.path())
            .output()
            .map_err(|error| error.to_string())?;
        let told: Value = serde_json::from_slice(&made.stdout)
            .map_err(|_| String::from_utf8_lossy(&made.stderr).into_owned())?;
        found.script = told["script"].as_str().map(PathBuf::from);
        found.text = told["text"].as_str().map(str::to_owned).unwrap_or_default();
        found.again = told["again"].as_bool().unwrap_or_default();
    }
    Ok(())
}
