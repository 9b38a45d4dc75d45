//! `cargo pyrus new`: a complete project in one step, or nothing.

mod files;
mod name;
mod source;

use std::fs;
use std::path::{Path, PathBuf};

use pyrus_build::emit::Plan;
use pyrus_build::features::Features;
use pyrus_build::{DECLARATIONS, STUBS, stub_files};

use crate::{Outcome, Problem, terminal};
use files::Abi;
use name::Names;
use source::Pyrus;

/// Makes the project in a folder that does not exist yet, or is empty.
pub(crate) fn run(target: &Path, pyrus: Option<&str>, abi3: bool) -> Result<Outcome, Problem> {
    let name = name_of(target)?;
    let pyrus = Pyrus::find(pyrus)?;
    let target = free(target)?;
    let pyrus = pyrus.seen_from(&target);
    let mut files = files::render(&name, &pyrus, Abi::new(abi3));
    files.extend(stubs(&files));
    write(&target, &files)?;
    terminal::note(&format!(
        "created `{}` in {} ({} files)",
        name.crate_name,
        target.display(),
        files.len()
    ));
    terminal::note(&format!(
        "next, in a virtual environment:\n  cd {}\n  pip install -e '.[test]'\n  pytest",
        target.display()
    ));
    Ok(Outcome::Fine)
}

fn name_of(target: &Path) -> Result<Names, Problem> {
    let name = target.file_name().and_then(|name| name.to_str());
    let name = name.ok_or_else(|| {
        format!(
            "`{}` does not end with the name of a project",
            target.display()
        )
    })?;
    Names::new(name)
}

/// The target as an absolute path, if nothing is there that could be lost.
fn free(target: &Path) -> Result<PathBuf, Problem> {
    let target = std::path::absolute(target).map_err(|error| error.to_string())?;
    let in_the_way = match fs::read_dir(&target) {
        Ok(mut entries) => entries.next().is_some(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => false,
        Err(_) => true,
    };
    if in_the_way {
        return Err(format!(
            "{} exists already and is not an empty folder; nothing was written",
            target.display()
        ));
    }
    Ok(target)
}

/// The stubs of the project's declarations.
fn stubs(files: &[(String, String)]) -> Vec<(String, String)> {
    let declarations = files.iter().find(|(name, _)| name == DECLARATIONS);
    let (_, text) = declarations.expect("a project has declarations");
    let api = pyrus_idl::load_str(DECLARATIONS, text)
        .unwrap_or_else(|report| panic!("the template has mistakes:\n{report}"));
    let stubs = stub_files(&api, &Features::default());
    let below = |(name, text)| (format!("{STUBS}/{name}"), text);
    stubs.into_iter().map(below).collect()
}

/// Writes everything beside the target, then moves it there.
fn write(target: &Path, files: &[(String, String)]) -> Result<(), Problem> {
    let problem = |error: std::io::Error| format!("cannot create {}: {error}", target.display());
    let parent = target.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(problem)?;
    let staged = tempfile::Builder::new()
        .prefix(".pyrus-new-")
        .tempdir_in(parent)
        .map_err(problem)?;
    let project = staged.path().join("project");
    Plan::new(&project, files)
        .and_then(Plan::apply)
        .map_err(problem)?;
    if target.is_dir() {
        fs::remove_dir(target).map_err(problem)?;
    }
    fs::rename(&project, target).map_err(problem)
}
