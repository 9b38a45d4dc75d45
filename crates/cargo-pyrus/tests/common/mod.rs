//! What the tests of the command share.

#![allow(dead_code, unreachable_pub, reason = "every test uses a part of it")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Runs the command as Cargo does: with the word `pyrus` first.
pub fn run(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-pyrus"));
    command
        .arg("pyrus")
        .args(args)
        .current_dir(folder)
        .output()
        .unwrap()
}

/// The exit code, and parts of both outputs.
#[track_caller]
pub fn expect(out: &Output, code: i32, stdout: &[&str], stderr: &[&str]) {
    let texts = [
        String::from_utf8_lossy(&out.stdout),
        String::from_utf8_lossy(&out.stderr),
    ];
    let shown = format!("stdout:\n{}\nstderr:\n{}", texts[0], texts[1]);
    assert_eq!(out.status.code(), Some(code), "{shown}");
    for (text, parts) in texts.iter().zip([stdout, stderr]) {
        for part in parts {
            assert!(text.contains(part), "`{part}` is missing\n{shown}");
        }
        assert!(!text.contains('\x1b'), "colour outside a terminal\n{shown}");
    }
}

/// Standard output as JSON.
#[track_caller]
pub fn json(out: &Output) -> serde_json::Value {
    serde_json::from_slice(&out.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&out.stdout)))
}

/// The checkout.
pub fn workspace() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    folder.canonicalize().unwrap()
}

/// Builds a project made by `new` as its user would, without a network, and puts the extension into place.
#[track_caller]
pub fn build(project: &Path) {
    // The versions of the workspace are known to be there without a network.
    std::fs::copy(workspace().join("Cargo.lock"), project.join("Cargo.lock")).unwrap();
    // The projects of all tests share what they depend on, also with the tests in Python: tests/python/targets.py.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("projects");
    let out = Command::new(env!("CARGO_BIN_EXE_cargo-pyrus"))
        .args(["pyrus", "build", "--mode", "debug"])
        .env("CARGO_NET_OFFLINE", "true")
        .env("CARGO_PROFILE_DEV_DEBUG", "none")
        .env("CARGO_TARGET_DIR", target)
        .env("CARGO_TERM_QUIET", "true")
        .current_dir(project)
        .output()
        .unwrap();
    expect(&out, 0, &[], &["(Debug)"]);
    let report = String::from_utf8_lossy(&out.stderr);
    assert!(!report.contains("warning"), "{report}");
}

/// Runs Python in a project.
pub fn python(project: &Path, args: &[&str]) -> Output {
    let command = if cfg!(windows) { "python" } else { "python3" };
    Command::new(command)
        .args(args)
        .current_dir(project)
        .env("PYTHONPATH", "python")
        .env("PYRUS_NORECOMPILE", "1")
        .output()
        .unwrap()
}
