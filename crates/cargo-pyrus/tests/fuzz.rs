//! `cargo pyrus fuzz` and `leaks`: an extension that is broken on purpose is found out, and what is sound is let alone.

mod common;

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::path::Path;

use common::{build, expect, json, python, run};

const BINDINGS: &str = "\
idl: 1
extension: shop._shop
functions:
  weigh: {doc: Ends the process for the heaviest., args: {names: 'list[str]', grams: u8}, returns: u8}
  forget: {doc: Leaks a copy., args: {text: str}}
  wait: {doc: Never ends for some., args: {turns: i8}}
  sound: {doc: As it should be., args: {text: str, times: u8 = 1}, returns: str}
  save: {doc: Writes a file., args: {path: Path}, returns: bool}
";

const SOURCE: &str = "\
//! Broken on purpose.
include!(concat!(env!(\"OUT_DIR\"), \"/pyrus.rs\"));

pub fn weigh(_names: Vec<String>, grams: u8) -> u8 {
    if grams == 255 {
        std::process::abort();
    }
    grams
}

pub fn forget(text: &str) {
    Box::leak(format!(\"{text}, a copy that is long enough\").into_boxed_str());
}

pub fn wait(turns: i8) {
    while turns == -128 {
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
}

pub fn sound(text: &str, times: u8) -> String {
    text.repeat(times.min(9).into())
}

pub fn save(path: std::path::PathBuf) -> bool {
    std::fs::write(path, \"saved\").is_ok()
}
";

fn project(folder: &Path) -> std::path::PathBuf {
    expect(&run(folder, &["new", "shop"]), 0, &[], &[]);
    let project = folder.join("shop");
    fs::write(project.join("bindings.yaml"), BINDINGS).unwrap();
    fs::write(project.join("src/lib.rs"), SOURCE).unwrap();
    fs::write(project.join("python/shop/__init__.py"), "").unwrap();
    build(&project);
    project
}

#[test]
fn what_is_broken_is_found_and_made_small() {
    let top = tempfile::tempdir().unwrap();
    let project = project(top.path());
    fs::write(project.join("beside.py"), "word = 'beside'\n").unwrap();
    let before = files(&project);
    crashes_and_hangs(&project);
    hints_are_heard(&project);
    leaks(&project);
    // Calls write files somewhere else.
    assert_eq!(files(&project), before);
}

/// What there is, but for what Python, the engine and `--out` put there.
fn files(folder: &Path) -> BTreeSet<OsString> {
    let all = fs::read_dir(folder).unwrap();
    let mut names: BTreeSet<_> = all.map(|entry| entry.unwrap().file_name()).collect();
    names.retain(|name| name != "__pycache__" && name != "target" && name != "found");
    names
}

fn crashes_and_hangs(project: &Path) {
    let found = project.join("found");
    let seeds = [
        "--seed",
        "7",
        "--calls",
        "6000",
        "--jobs",
        "2",
        "--shrink",
        "60",
        "--timeout",
        "5",
    ];
    let mut args = vec![
        "fuzz",
        "--no-build",
        "--json",
        "--out",
        found.to_str().unwrap(),
    ];
    args.extend(seeds);
    let out = run(project, &args);
    expect(&out, 1, &[], &[]);
    let results = json(&out)[0].clone();
    assert_eq!(results["extension"], "shop._shop");
    let findings = results["findings"].as_array().unwrap();
    let of = |kind: &str, item: &str| {
        let mut all = findings.iter();
        let one = all.find(|one| one["kind"] == kind && one["item"] == item);
        one.unwrap_or_else(|| panic!("{kind} of {item} is not among {findings:#?}"))
    };
    let crash = of("signal", "weigh");
    assert_eq!(crash["reproduced"], true, "{crash:#}");
    let text = crash["text"].as_str().unwrap();
    assert_eq!(last_call(text), "shop._shop.weigh([], 255)");
    let hang = of("timeout", "wait");
    let text = hang["text"].as_str().unwrap();
    assert_eq!(last_call(text), "shop._shop.wait(-128)");
    // The script stands alone.
    let script = crash["script"].as_str().unwrap();
    let done = python(project, &[script]);
    assert!(
        !done.status.success() && done.status.code() != Some(1),
        "{done:?}"
    );
    // What is sound was called, and worked.
    let items = results["items"].as_array().unwrap();
    let sound = items.iter().find(|item| item["item"] == "sound").unwrap();
    assert!(sound["succeeded"].as_u64() > Some(100), "{sound}");
    assert!(sound["raised"].as_u64() > Some(10), "{sound}");
    let save = items.iter().find(|item| item["item"] == "save").unwrap();
    assert!(save["succeeded"].as_u64() > Some(100), "{save}");
}

/// The last line of a script. Whether arguments go by name is left to chance.
fn last_call(script: &str) -> String {
    let line = script.lines().last().unwrap_or_default();
    line.replace("names=", "")
        .replace("grams=", "")
        .replace("turns=", "")
}

fn hints_are_heard(project: &Path) {
    let hints = project.join("fuzz.yaml");
    // Modules are found from where the command is run.
    let said = "skip: [weigh]\nlimits: {wait.turns: 3}\nvalues: {sound.text: [beside.word]}\nimports: [beside]\n";
    fs::write(&hints, said).unwrap();
    let args = ["fuzz", "--no-build", "--seed", "7", "--calls", "3000"];
    let out = run(project, &args);
    expect(&out, 0, &["sound", "nothing found", "seed 7"], &[]);
    fs::write(&hints, "skips: [weigh]\n").unwrap();
    expect(&run(project, &args), 2, &[], &["fuzz.yaml", "skips"]);
    fs::remove_file(&hints).unwrap();
}

fn leaks(project: &Path) {
    let leaks = |item: &str| run(project, &["leaks", "--no-build", "--item", item]);
    expect(
        &leaks("forget"),
        1,
        &["leaks: ", "shop._shop.forget(", "1 with findings"],
        &[],
    );
    expect(&leaks("sound"), 0, &["0 with findings"], &[]);
}
