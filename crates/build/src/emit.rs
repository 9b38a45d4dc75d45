//! The only place that writes files.
//!
//! A [`Plan`] compares wanted texts with a folder and knows what would change. Applying it is all or nothing as far as a
//! file system allows: every new text is first written beside its place, and only when all of them are there are they
//! moved; what a former run generated and this one does not goes last. Files whose bytes are the same are not touched.

mod staged;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::{diff, stub};
use staged::Staged;

/// What must change in a folder.
#[derive(Clone, Debug)]
pub struct Plan {
    folder: PathBuf,
    changes: Vec<Change>,
}

/// One file that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Path below the folder, with forward slashes.
    pub name: String,
    /// What is there; `None`: nothing, or not text.
    pub old: Option<String>,
    /// What must be there; `None`: nothing.
    pub new: Option<String>,
}

impl Plan {
    /// Compares a folder with the files it should have. Other files stay as they are.
    pub fn new(folder: &Path, files: &[(String, String)]) -> io::Result<Self> {
        let mut changes = Vec::new();
        for (name, text) in files {
            let old = match fs::read(folder.join(name)) {
                Ok(bytes) if bytes == text.as_bytes() => continue,
                Ok(bytes) => String::from_utf8(bytes).ok(),
                Err(error) if error.kind() == io::ErrorKind::NotFound => None,
                Err(error) => return Err(at(&folder.join(name), &error)),
            };
            changes.push(Change {
                name: name.clone(),
                old,
                new: Some(text.clone()),
            });
        }
        Ok(Plan {
            folder: folder.to_owned(),
            changes,
        })
    }

    /// The same, and stubs that a former run generated but this one does not are deleted.
    pub fn exact(folder: &Path, files: &[(String, String)]) -> io::Result<Self> {
        let mut plan = Plan::new(folder, files)?;
        let wanted: BTreeSet<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        for (name, text) in generated(folder)? {
            if !wanted.contains(name.as_str()) {
                plan.changes.push(Change {
                    name,
                    old: Some(text),
                    new: None,
                });
            }
        }
        Ok(plan)
    }

    /// What differs.
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// What differs, as a unified diff.
    pub fn diff(&self) -> String {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let diffs = self
            .changes
            .iter()
            .map(|c| diff::unified(&c.name, &text(&c.old), &text(&c.new)));
        diffs.collect()
    }

    /// Writes and deletes.
    pub fn apply(self) -> io::Result<()> {
        let mut staged = Vec::new();
        for change in &self.changes {
            let path = self.folder.join(&change.name);
            if let Some(text) = &change.new {
                staged.push(Staged::new(&path, text).map_err(|error| at(&path, &error))?);
            }
        }
        for file in staged {
            file.publish()?;
        }
        for change in self.changes.iter().filter(|change| change.new.is_none()) {
            let path = self.folder.join(&change.name);
            fs::remove_file(&path).map_err(|error| at(&path, &error))?;
            remove_empty(path.parent(), &self.folder);
        }
        Ok(())
    }
}

/// Removes folders that deleting left empty, up to the one that was asked for.
fn remove_empty(mut folder: Option<&Path>, top: &Path) {
    while let Some(path) = folder {
        if path == top || fs::remove_dir(path).is_err() {
            return;
        }
        folder = path.parent();
    }
}

/// Stubs in a folder that carry the banner: name and text, sorted.
fn generated(folder: &Path) -> io::Result<Vec<(String, String)>> {
    let mut out = Vec::new();
    let mut todo = vec![String::new()];
    while let Some(prefix) = todo.pop() {
        let entries = match fs::read_dir(folder.join(&prefix)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            entries => entries?,
        };
        for entry in entries {
            let entry = entry?;
            let Ok(name) = entry.file_name().into_string() else {
                continue;
            };
            let name = format!("{prefix}{name}");
            if entry.file_type()?.is_dir() {
                todo.push(format!("{name}/"));
            } else if entry
                .path()
                .extension()
                .is_some_and(|extension| extension == "pyi")
                && let Ok(text) = fs::read_to_string(entry.path())
                && text
                    .lines()
                    .next()
                    .is_some_and(|line| line.contains(stub::BANNER))
            {
                out.push((name, text));
            }
        }
    }
    out.sort();
    Ok(out)
}

/// An error that names its file.
fn at(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}
