//! What is written where, and when it is not.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use pyrus_build::emit::Plan;
use pyrus_build::stub::BANNER;
use pyrus_build::sync::{self, Mode};

fn files(entries: &[(&str, &str)]) -> Vec<(String, String)> {
    entries
        .iter()
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
        .collect()
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).unwrap()
}

fn age(folder: &Path, name: &str) -> SystemTime {
    let file = fs::File::options()
        .write(true)
        .open(folder.join(name))
        .unwrap();
    let old = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000);
    file.set_modified(old).unwrap();
    old
}

fn modified(folder: &Path, name: &str) -> SystemTime {
    fs::metadata(folder.join(name)).unwrap().modified().unwrap()
}

fn entries(folder: &Path) -> usize {
    fs::read_dir(folder).unwrap().count()
}

#[test]
fn unchanged_files_are_not_touched() {
    let folder = tempfile::tempdir().unwrap();
    let before = files(&[("a/one.pyi", "1"), ("two.pyi", "2")]);
    Plan::new(folder.path(), &before).unwrap().apply().unwrap();
    let old = age(folder.path(), "a/one.pyi");
    let after = files(&[("a/one.pyi", "1"), ("two.pyi", "3")]);
    Plan::new(folder.path(), &after).unwrap().apply().unwrap();
    assert_eq!(modified(folder.path(), "a/one.pyi"), old);
    assert_eq!(read(folder.path(), "two.pyi"), "3");
}

#[test]
fn nothing_is_written_when_one_file_cannot_be() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("block"), "a file where a folder must be").unwrap();
    fs::write(folder.path().join("first.pyi"), "old").unwrap();
    let wanted = files(&[("first.pyi", "new"), ("block/second.pyi", "new")]);
    let result = Plan::new(folder.path(), &wanted).and_then(Plan::apply);
    assert!(result.unwrap_err().to_string().contains("second.pyi"));
    assert_eq!(read(folder.path(), "first.pyi"), "old");
    assert_eq!(entries(folder.path()), 2, "temporary files are gone");
}

#[test]
fn stale_stubs_go_and_other_files_stay() {
    let folder = tempfile::tempdir().unwrap();
    let banner = format!("# {BANNER} bindings.yaml.\n");
    let before = files(&[("x/gone/__init__.pyi", &banner), ("x/kept.pyi", &banner)]);
    sync::sync(folder.path(), &before, Mode::Write).unwrap();
    fs::write(folder.path().join("x/mine.pyi"), "written by hand").unwrap();
    let changed = sync::sync(folder.path(), &before[1..], Mode::Write).unwrap();
    assert_eq!(changed, ["x/gone/__init__.pyi"]);
    assert!(!folder.path().join("x/gone").exists());
    assert_eq!(read(folder.path(), "x/mine.pyi"), "written by hand");
}

#[test]
fn checking_writes_nothing_and_shows_the_difference() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.pyi"), "one\ntwo\n").unwrap();
    let wanted = files(&[("a.pyi", "one\n2\n"), ("b.pyi", "new\n")]);
    let Err(sync::Error::Differ(diff)) = sync::sync(folder.path(), &wanted, Mode::Check) else {
        panic!("must differ");
    };
    assert_eq!(
        diff,
        "--- a/a.pyi\n+++ b/a.pyi\n@@ -1,2 +1,2 @@\n one\n-two\n+2\n\
         --- a/b.pyi\n+++ b/b.pyi\n@@ -0,0 +1 @@\n+new\n"
    );
    assert_eq!(read(folder.path(), "a.pyi"), "one\ntwo\n");
    assert_eq!(entries(folder.path()), 1);
    assert!(
        sync::sync(folder.path(), &wanted, Mode::Off)
            .unwrap()
            .is_empty()
    );
}

#[test]
fn checking_an_equal_folder_is_quiet() {
    let folder = tempfile::tempdir().unwrap();
    let wanted = files(&[("a/b.pyi", "text\n")]);
    sync::sync(folder.path(), &wanted, Mode::Write).unwrap();
    assert!(
        sync::sync(folder.path(), &wanted, Mode::Check)
            .unwrap()
            .is_empty()
    );
}

#[test]
fn copies_from_registries_are_recognised() {
    let folder = tempfile::tempdir().unwrap();
    assert!(!sync::is_packaged(folder.path()));
    fs::write(folder.path().join("Cargo.toml.orig"), "").unwrap();
    assert!(sync::is_packaged(folder.path()));
}
