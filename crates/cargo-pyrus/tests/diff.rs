//! `cargo pyrus diff` on files and on git revisions.

mod common;

use std::fs;
use std::path::Path;
use std::process::Command;

use common::{expect, json, run};

const OLD: &str =
    "idl: 1\nextension: shop\ninclude: [api/more.yaml]\nfunctions:\n  one: {args: {a: u8}}\n";
const NEW: &str =
    "idl: 1\nextension: shop\ninclude: [api/more.yaml]\nfunctions:\n  one: {args: {a: u16}}\n";
const MORE: &str = "modules:\n  items: {functions: {two: {args: {b: str}}}}\n";

fn git(folder: &Path, args: &[&str]) {
    let me = ["-c", "user.name=T", "-c", "user.email=t@example.org"];
    let done = Command::new("git")
        .args(me)
        .args(args)
        .current_dir(folder)
        .output();
    let done = done.unwrap();
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
}

fn write(folder: &Path, root: &str, more: &str) {
    fs::create_dir_all(folder.join("api")).unwrap();
    fs::write(folder.join("bindings.yaml"), root).unwrap();
    fs::write(folder.join("api/more.yaml"), more).unwrap();
}

#[test]
fn files_and_folders_are_compared() {
    let top = tempfile::tempdir().unwrap();
    write(&top.path().join("a"), OLD, MORE);
    write(&top.path().join("b"), NEW, MORE);
    let out = run(top.path(), &["diff", "a/bindings.yaml", "b"]);
    let change = "minor[argument-widened]: one: parameter `a` takes `u16`, it took `u8`\n  --> bindings.yaml:5:3";
    expect(
        &out,
        0,
        &[change, "verdict: minor (0 major, 1 minor, 0 patch)"],
        &[],
    );
    let out = run(top.path(), &["diff", "b", "a", "--fail-on", "major"]);
    expect(&out, 1, &["major[argument-narrowed]"], &[]);
    let out = run(top.path(), &["diff", "a", "b", "--fail-on", "major"]);
    expect(&out, 0, &[], &[]);
    let out = run(
        top.path(),
        &["diff", "a", "b", "--json", "--fail-on", "minor"],
    );
    assert_eq!(out.status.code(), Some(1));
    assert_eq!(json(&out)["changes"][0]["rule"], "argument-widened");
    expect(
        &run(top.path(), &["diff", "a", "a"]),
        0,
        &["verdict: none"],
        &[],
    );
}

#[test]
fn revisions_of_git_have_their_includes() {
    let top = tempfile::tempdir().unwrap();
    let project = top.path().join("below");
    write(&project, OLD, MORE);
    git(top.path(), &["init", "--quiet"]);
    git(top.path(), &["add", "."]);
    git(top.path(), &["commit", "--quiet", "-m", "One."]);
    git(top.path(), &["tag", "v1"]);
    write(
        &project,
        OLD,
        "modules:\n  items: {functions: {two: {args: {b: bytes}}}}\n",
    );
    let wanted = [
        "major[argument-changed]: items.two: parameter `b`",
        "api/more.yaml:2:23",
    ];
    let out = run(&project, &["diff", "v1:bindings.yaml"]);
    expect(&out, 0, &wanted, &[]);
    let out = run(top.path(), &["diff", "v1:below/bindings.yaml", "below"]);
    expect(&out, 0, &wanted, &[]);
    let out = run(&project, &["diff", "v1:api/none.yaml"]);
    expect(&out, 2, &[], &["git has no file `api/none.yaml` in `v1`"]);
    let out = run(&project, &["diff", "v9:bindings.yaml"]);
    expect(&out, 2, &[], &["error: git: ", "v9"]);
}

#[test]
fn what_cannot_be_compared_is_said() {
    let top = tempfile::tempdir().unwrap();
    write(
        &top.path().join("a"),
        OLD,
        "modules: {items: {functions: {two: {args: {b: Nothing}}}}}\n",
    );
    let out = run(top.path(), &["diff", "a", "a"]);
    expect(
        &out,
        2,
        &[],
        &[
            "unknown type `Nothing`",
            "api/more.yaml:1:",
            "`a` has mistakes",
        ],
    );
    let out = run(top.path(), &["diff", "b", "a"]);
    expect(
        &out,
        2,
        &[],
        &["`b` is neither a file nor a file of a git revision"],
    );
}
