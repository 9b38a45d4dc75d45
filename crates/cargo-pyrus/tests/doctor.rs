//! `cargo pyrus doctor` on projects that are and are not in order.

mod common;

use std::fs;
use std::path::PathBuf;

use common::{expect, json, run};
use tempfile::TempDir;

fn project() -> (TempDir, PathBuf) {
    let top = tempfile::tempdir().unwrap();
    let checkout = common::workspace();
    let args = ["new", "shop", "--pyrus", checkout.to_str().unwrap()];
    expect(&run(top.path(), &args), 0, &[], &[]);
    let project = top.path().join("shop");
    (top, project)
}

#[test]
fn a_new_project_only_waits_to_be_built() {
    let (_top, project) = project();
    let parts = [
        "ok    cargo: cargo ",
        "ok    headers: ",
        "ok    shop: declarations: in order",
        "ok    shop: stubs: up to date",
        "ok    shop: schema line: schema/bindings.schema.json",
        "warn  shop: lock: there is no Cargo.lock\n      fix: run `cargo generate-lockfile`",
        "warn  shop: extension: ",
        "fix: run `cargo pyrus build`",
    ];
    expect(&run(&project, &["doctor"]), 0, &parts, &[]);
}

#[test]
fn what_is_wrong_has_a_fix() {
    let (_top, project) = project();
    fs::write(project.join("schema/bindings.schema.json"), "{}").unwrap();
    fs::write(project.join("gen/shop/_shop.pyi"), "x: int\n").unwrap();
    fs::write(project.join("gen/.pyrus-abc"), "").unwrap();
    let failure = project.join("target/pyrus/cpython-311/ready/ReleaseFast/shop._shop");
    fs::create_dir_all(&failure).unwrap();
    fs::write(failure.join("failure"), "error").unwrap();
    let parts = [
        "warn  shop: schema line: schema/bindings.schema.json is of another version",
        "fix: cargo pyrus schema > schema/bindings.schema.json",
        "warn  shop: stubs: they differ",
        "warn  shop: left-overs: a run that was killed left ",
        "warn  shop: build on import: the last one failed",
    ];
    expect(&run(&project, &["doctor"]), 0, &parts, &[]);
    fs::write(
        project.join("bindings.yaml"),
        "idl: 1\nextension: shop._shop\nfunctions: {f: {returns: X}}\n",
    )
    .unwrap();
    let out = run(
        &project,
        &["doctor", "--python", "no-such-python", "--json"],
    );
    assert_eq!(out.status.code(), Some(1));
    let findings = json(&out);
    let status = |subject: &str| {
        let findings = findings.as_array().unwrap();
        let found = findings.iter().find(|one| one["subject"] == subject);
        found.map(|one| (one["status"].clone(), one["fix"].is_string()))
    };
    assert_eq!(status("python"), Some(("fail".into(), true)));
    assert_eq!(status("shop: declarations"), Some(("fail".into(), true)));
    assert_eq!(status("shop: schema line"), Some(("warn".into(), true)));
    assert_eq!(status("cargo"), Some(("ok".into(), false)));
}

#[test]
fn without_a_project_the_machine_is_looked_at() {
    let top = tempfile::tempdir().unwrap();
    let out = run(top.path(), &["doctor"]);
    expect(
        &out,
        0,
        &[
            "ok    rustc: ",
            "warn  project: ",
            "name one with `--manifest-path`",
        ],
        &[],
    );
}

#[test]
fn compiling_needs_the_loader() {
    let (_top, project) = project();
    let out = run(&project, &["compile"]);
    expect(
        &out,
        2,
        &[],
        &[
            "has no package `pyrus` with the loader",
            "use `cargo pyrus build`",
        ],
    );
}
