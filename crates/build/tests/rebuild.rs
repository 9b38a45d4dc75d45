//! What an edit rebuilds: the extension that owns it, and nothing else.

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use cargo_metadata::Message;

use common::{Run, Workspace};

const LEFT: &str = "\
idl: 1
extension: left
include: [more.yaml]
functions:
  double: {args: {n: i64}, returns: i64} # twice
";
const MORE: &str = "modules: {more: {functions: {one: {returns: i64}}}}\n";
const RIGHT: &str =
    "idl: 1\nextension: right\nfunctions:\n  half: {args: {n: i64}, returns: i64}\n";
const LEFT_RUST: &str = "\
include!(concat!(env!(\"OUT_DIR\"), \"/pyrus.rs\"));
pub fn double(n: i64) -> i64 { n * 2 }
pub mod more { pub fn one() -> i64 { 1 } }
";
const RIGHT_RUST: &str = "\
include!(concat!(env!(\"OUT_DIR\"), \"/pyrus.rs\"));
pub fn half(n: i64) -> i64 { n / 2 }
";

impl Run {
    /// Names of the packages that were compiled.
    fn compiled(&self) -> BTreeSet<String> {
        assert!(self.success, "{}", self.stderr);
        let artifacts = self.messages.iter().filter_map(|message| match message {
            Message::CompilerArtifact(artifact) if !artifact.fresh => Some(artifact),
            _ => None,
        });
        artifacts
            .map(|artifact| artifact.target.name.clone())
            .collect()
    }

    /// The glue of a package.
    fn glue(&self, package: &str) -> Glue {
        let folder = self.messages.iter().find_map(|message| match message {
            Message::BuildScriptExecuted(script)
                if script.package_id.repr.contains(&format!("/{package}#")) =>
            {
                Some(script.out_dir.clone())
            }
            _ => None,
        });
        let path = folder.unwrap().into_std_path_buf().join("pyrus.rs");
        Glue {
            text: fs::read_to_string(&path).unwrap(),
            written: fs::metadata(&path).unwrap().modified().unwrap(),
        }
    }
}

#[derive(Debug, PartialEq)]
struct Glue {
    text: String,
    written: SystemTime,
}

/// The workspace as it is before all edits, built.
fn built() -> (Workspace, Run) {
    let workspace = Workspace::new("rebuild");
    workspace.extension("left", LEFT, LEFT_RUST, "");
    workspace.put("left/more.yaml", MORE);
    workspace.extension("right", RIGHT, RIGHT_RUST, "");
    let run = workspace.check(&["--workspace"]);
    assert!(run.success, "{}", run.stderr);
    (workspace, run)
}

fn only(name: &str) -> BTreeSet<String> {
    BTreeSet::from([name.to_owned()])
}

#[test]
fn an_edit_rebuilds_the_extension_that_owns_it() {
    let (workspace, first) = built();
    let (left, right) = (first.glue("left"), first.glue("right"));
    let check = || workspace.check(&["--workspace"]);

    let untouched = check();
    assert_eq!(untouched.compiled(), BTreeSet::new());
    assert_eq!(untouched.glue("left"), left);

    workspace.put(
        "left/bindings.yaml",
        &LEFT.replace("{n: i64}", "{n: i64 = 1}"),
    );
    let edited = check();
    assert_eq!(edited.compiled(), only("left"));
    assert_ne!(edited.glue("left").text, left.text);
    assert_eq!(edited.glue("right"), right);

    workspace.put(
        "left/more.yaml",
        &MORE.replace("one: {", "one: {doc: One., "),
    );
    let included = check();
    assert_eq!(included.compiled(), only("left"));
    let glue = included.glue("left");
    assert!(glue.text.contains("One."));

    workspace.put(
        "left/bindings.yaml",
        &LEFT
            .replace("{n: i64}", "{n: i64 = 1}")
            .replace("twice", "2n"),
    );
    let commented = check();
    assert_eq!(commented.glue("left"), glue, "a comment changes nothing");
    assert_eq!(commented.glue("right"), right);
    assert_eq!(check().compiled(), BTreeSet::new());
}

/// Cargo rebuilds what renders the glue when a template changes: each one is among the files it watches.
#[test]
fn an_edit_of_a_template_is_noticed() {
    let workspace = Workspace::new("templates");
    workspace.extension("right", RIGHT, RIGHT_RUST, "");
    let run = workspace.check(&[]);
    let library = run.messages.iter().find_map(|message| match message {
        Message::CompilerArtifact(artifact) if artifact.target.name == "pyrus_build" => {
            Some(artifact.filenames[0].clone())
        }
        _ => None,
    });
    let library = library.unwrap();
    let name = library.file_stem().unwrap().trim_start_matches("lib");
    let watched = fs::read_to_string(library.with_file_name(format!("{name}.d"))).unwrap();
    let templates = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    let files: Vec<PathBuf> = ["rust", "stub"]
        .iter()
        .flat_map(|folder| files(&templates.join(folder)))
        .collect();
    assert!(files.len() > 10);
    for file in files {
        let file = file.strip_prefix(&templates).unwrap().to_owned();
        assert!(
            watched.contains(file.to_str().unwrap()),
            "{} is not watched",
            file.display()
        );
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .flat_map(|path| {
            if path.is_dir() {
                files(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}
