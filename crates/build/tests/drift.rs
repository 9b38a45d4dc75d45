//! Rust that drifts away from its declaration does not compile, and rustc shows which line of bindings.yaml it left.

mod common;

use std::collections::BTreeSet;

use cargo_metadata::Message;
use cargo_metadata::diagnostic::{Diagnostic, DiagnosticLevel};

use common::{Run, Workspace};

const DECLARATIONS: &str = include_str!("drift/bindings.yaml");
const LIBRARY: &str = include_str!("drift/lib.rs");

/// Lines of the declarations that end with this comment.
fn marked(comment: &str) -> BTreeSet<usize> {
    let lines = DECLARATIONS.lines().enumerate();
    lines
        .filter(|(_, line)| line.ends_with(comment))
        .map(|(index, _)| index + 1)
        .collect()
}

fn errors(run: &Run) -> Vec<&Diagnostic> {
    let diagnostics = run.messages.iter().filter_map(|message| match message {
        Message::CompilerMessage(message) => Some(&message.message),
        _ => None,
    });
    // The last "error" has no place: it counts the others.
    diagnostics
        .filter(|one| one.level == DiagnosticLevel::Error && !one.spans.is_empty())
        .collect()
}

/// The line of bindings.yaml that people see in an error: a comment of the glue, on a line that rustc shows.
fn shown_line(error: &Diagnostic) -> usize {
    let text = error.rendered.as_deref().unwrap();
    let place = text.split("// bindings.yaml:").nth(1);
    let line = place.and_then(|place| place.split(':').next()?.parse().ok());
    line.unwrap_or_else(|| panic!("no line of bindings.yaml is shown:\n{text}"))
}

/// Each broken entry has an error that names its line, and there are no other errors.
#[track_caller]
fn assert_drifts(run: &Run, comment: &str) {
    assert!(!run.success);
    let errors = errors(run);
    let shown: BTreeSet<usize> = errors.iter().map(|error| shown_line(error)).collect();
    let broken = marked(comment);
    assert!(!broken.is_empty());
    let lines = |numbers: BTreeSet<usize>| -> Vec<&str> {
        numbers
            .iter()
            .filter_map(|number| DECLARATIONS.lines().nth(number - 1))
            .collect()
    };
    let unnoticed = lines(&broken - &shown);
    assert!(unnoticed.is_empty(), "no errors for {unnoticed:#?}");
    let wrong = lines(&shown - &broken);
    assert!(wrong.is_empty(), "errors for {wrong:#?}");
}

#[test]
fn every_drift_is_an_error_that_names_its_declaration() {
    let workspace = Workspace::new("drift");
    workspace.extension(
        "drift",
        DECLARATIONS,
        LIBRARY,
        "drifted = []\nmissing = []\n",
    );
    let good = workspace.check(&[]);
    assert!(good.success, "{:#?}\n{}", errors(&good), good.stderr);
    // Both halves of a pair see the same declarations.
    assert_drifts(&workspace.check(&["--features", "drifted"]), "# drifts");
    assert_drifts(&workspace.check(&["--features", "missing"]), "# is missing");
}
