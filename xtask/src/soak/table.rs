//! The table that tells what was tried, how much of it, and what was found.

use std::fmt::Write as _;

use serde_json::{Value, json};

/// How a step ended.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It looked, and found nothing.
    Clean,
    /// It found something.
    Found,
    /// A tool is not there; nothing was looked at.
    Absent,
    /// It could not be run.
    Failed,
}

impl Verdict {
    fn word(self) -> &'static str {
        match self {
            Self::Clean => "clean",
            Self::Found => "FOUND",
            Self::Absent => "absent",
            Self::Failed => "FAILED",
        }
    }
}

/// A step and its outcome.
pub(crate) struct Row {
    /// The step.
    pub(crate) name: String,
    /// How it ended.
    pub(crate) verdict: Verdict,
    /// How much was tried, in words.
    pub(crate) amount: String,
    /// What else there is to say.
    pub(crate) detail: String,
    /// How long it took, by the clock.
    pub(crate) seconds: f64,
}

impl Row {
    /// Whether somebody must look at it.
    pub(crate) fn bad(&self) -> bool {
        matches!(self.verdict, Verdict::Found | Verdict::Failed)
    }

    /// In one line.
    pub(crate) fn line(&self) -> String {
        let parts = [self.verdict.word(), &self.amount, &self.detail];
        let parts = parts.into_iter().filter(|part| !part.is_empty());
        let said = parts.collect::<Vec<_>>().join(", ");
        format!("{}: {said} ({:.0} s)", self.name, self.seconds)
    }
}

/// For people.
pub(crate) fn text(rows: &[Row]) -> String {
    let wide = |of: fn(&Row) -> &str, least: usize| {
        let widths = rows.iter().map(|row| of(row).chars().count());
        widths.max().unwrap_or_default().max(least)
    };
    let (names, amounts) = (wide(|row| &row.name, 4), wide(|row| &row.amount, 5));
    let mut text = format!(
        "{:names$}  {:6}  {:>amounts$}  {:>7}  {}\n",
        "step", "", "tried", "seconds", "remarks"
    );
    for row in rows {
        let _ = writeln!(
            text,
            "{:names$}  {:6}  {:>amounts$}  {:>7.0}  {}",
            row.name,
            row.verdict.word(),
            row.amount,
            row.seconds,
            row.detail
        );
    }
    text
}

/// For tools.
pub(crate) fn json(rows: &[Row]) -> Value {
    let rows = rows.iter().map(|row| {
        json!({
            "step": row.name, "verdict": row.verdict.word(), "tried": row.amount, "remarks": row.detail,
            "seconds": row.seconds,
        })
    });
    rows.collect()
}
