//! Changes as text and as JSON.

use std::fmt::Write;

use pyrus_idl::model::Origin;
use serde_json::{Value, json};

use crate::{Change, Grade, verdict};

/// One paragraph per change, then the verdict.
pub fn text(changes: &[Change]) -> String {
    let mut out = String::new();
    for change in changes {
        let Change {
            rule, item, what, ..
        } = change;
        let grade = rule.grade.word();
        let _ = writeln!(out, "{grade}[{}]: {item}: {what}", rule.id);
        let _ = writeln!(out, "  --> {}", place(change));
        let _ = writeln!(out, "  = {}\n", rule.reason);
    }
    out.push_str(&last(changes));
    out
}

fn place(change: &Change) -> String {
    let show = |origin: &Option<Origin>| {
        origin
            .as_ref()
            .map(|at| format!("{}:{}:{}", at.file, at.line, at.column))
    };
    match (show(&change.old), show(&change.new)) {
        (Some(old), Some(new)) => format!("{old} → {new}"),
        (Some(old), None) => format!("{old} (old)"),
        (None, Some(new)) => new,
        (None, None) => String::new(),
    }
}

/// `verdict: major (1 major, 2 minor, 0 patch)`.
fn last(changes: &[Change]) -> String {
    let Some(grade) = verdict(changes) else {
        return "verdict: none (the API is the same)\n".to_owned();
    };
    let count = |grade| {
        changes
            .iter()
            .filter(|change| change.rule.grade == grade)
            .count()
    };
    format!(
        "verdict: {} ({} major, {} minor, {} patch)\n",
        grade.word(),
        count(Grade::Major),
        count(Grade::Minor),
        count(Grade::Patch)
    )
}

/// The same facts for tools.
pub fn json(changes: &[Change]) -> Value {
    let origin = |origin: &Option<Origin>| {
        origin
            .as_ref()
            .map(|at| json!({"file": at.file, "line": at.line, "column": at.column}))
    };
    let one = |change: &Change| {
        json!({
            "grade": change.rule.grade.word(),
            "rule": change.rule.id,
            "item": change.item,
            "what": change.what,
            "reason": change.rule.reason,
            "old": origin(&change.old),
            "new": origin(&change.new),
        })
    };
    json!({
        "verdict": verdict(changes).map(Grade::word),
        "changes": changes.iter().map(one).collect::<Value>(),
    })
}
