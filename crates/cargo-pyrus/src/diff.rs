//! `cargo pyrus diff`: two versions of an API, from files or from git.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use pyrus_build::DECLARATIONS;
use pyrus_idl::Api;

use crate::args::Grade;
use crate::{Outcome, Problem, terminal};

/// Shows how two versions differ.
pub(crate) fn run(
    old: &str,
    new: &str,
    fail_on: Option<Grade>,
    as_json: bool,
) -> Result<Outcome, Problem> {
    let (old, new) = (load(old)?, load(new)?);
    let changes = pyrus_diff::compare(&old, &new);
    if as_json {
        terminal::json(&pyrus_diff::json(&changes));
    } else {
        terminal::print(&pyrus_diff::text(&changes));
    }
    let limit = fail_on.map(|grade| match grade {
        Grade::Major => pyrus_diff::Grade::Major,
        Grade::Minor => pyrus_diff::Grade::Minor,
        Grade::Patch => pyrus_diff::Grade::Patch,
    });
    let verdict = pyrus_diff::verdict(&changes);
    let fails = limit.is_some_and(|limit| verdict.is_some_and(|grade| grade >= limit));
    Ok(if fails {
        Outcome::Findings
    } else {
        Outcome::Fine
    })
}

/// The checked declarations of a version.
fn load(version: &str) -> Result<Api, Problem> {
    let path = Path::new(version);
    let loaded = if path.exists() {
        pyrus_idl::load(&declarations(path))
    } else if let Some((revision, path)) = version.split_once(':') {
        let texts = texts(revision, path)?;
        let root = path.rsplit('/').next().unwrap_or(path);
        pyrus_idl::load_texts(root, &texts)
    } else {
        return Err(format!(
            "`{version}` is neither a file nor a file of a git revision: name `{DECLARATIONS}` or `REV:{DECLARATIONS}`"
        ));
    };
    loaded.map_err(|report| {
        terminal::note(&report.render(terminal::color()));
        format!("`{version}` has mistakes, so that it cannot be compared")
    })
}

fn declarations(path: &Path) -> PathBuf {
    if path.is_dir() {
        path.join(DECLARATIONS)
    } else {
        path.to_owned()
    }
}

/// The YAML files of a revision below the folder of a file, by their name relative to that folder: any of them may be
/// included.
fn texts(revision: &str, path: &str) -> Result<BTreeMap<String, String>, Problem> {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let place = if folder.is_empty() { "." } else { folder };
    let listed = git(&[
        "ls-tree",
        "-r",
        "-z",
        "--name-only",
        revision,
        "--",
        &format!("{place}/"),
    ])?;
    let mut texts = BTreeMap::new();
    for file in listed.split('\0').filter(|file| is_yaml(file)) {
        let below = file.strip_prefix(folder).unwrap_or(file);
        let name = below.trim_start_matches('/').to_owned();
        texts.insert(name, git(&["show", &format!("{revision}:./{file}")])?);
    }
    let name = path.rsplit('/').next().unwrap_or(path);
    if texts.contains_key(name) {
        return Ok(texts);
    }
    Err(format!("git has no file `{path}` in `{revision}`"))
}

fn is_yaml(file: &str) -> bool {
    let end = Path::new(file).extension();
    end.is_some_and(|end| end.eq_ignore_ascii_case("yaml") || end.eq_ignore_ascii_case("yml"))
}

fn git(args: &[&str]) -> Result<String, Problem> {
    let done = Command::new("git").args(args).output();
    let done = done.map_err(|error| format!("git cannot be run: {error}"))?;
    if done.status.success() {
        return String::from_utf8(done.stdout).map_err(|_| "a file of git is not UTF-8".to_owned());
    }
    let report = String::from_utf8_lossy(&done.stderr);
    let report = report.trim().trim_start_matches("fatal: ");
    Err(format!("git: {report}"))
}
