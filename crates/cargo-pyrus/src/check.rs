//! `cargo pyrus check`.

use serde_json::json;

use crate::args::Selection;
use crate::{Outcome, Problem, packages, terminal};

/// Shows every mistake of every package.
pub(crate) fn run(selection: &Selection, as_json: bool) -> Result<Outcome, Problem> {
    let mut mistakes = 0;
    let mut all = Vec::new();
    for package in packages::select(selection)? {
        let report = package.load().err();
        let diagnostics = report
            .as_ref()
            .map_or_else(|| json!([]), pyrus_idl::Report::to_json);
        all.push(json!({"package": package.name, "diagnostics": diagnostics}));
        if let Some(report) = &report {
            mistakes += report.diagnostics.len();
            if !as_json {
                terminal::note(&report.render(terminal::color()));
            }
        } else if !as_json {
            terminal::note(&format!("{}: the declarations are in order", package.name));
        }
    }
    if as_json {
        terminal::json(&serde_json::Value::Array(all));
    }
    Ok(if mistakes == 0 {
        Outcome::Fine
    } else {
        Outcome::Findings
    })
}
