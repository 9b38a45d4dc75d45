//! `cargo pyrus fuzz`: random programs over everything that is declared.

mod crew;
mod found;
mod report;

use std::time::Instant;

use crate::args::{FuzzOptions, Selection, Target};
use crate::checks::{self, Checks};
use crate::{Outcome, Problem, terminal};

use crew::Crew;
use report::Results;

/// Fuzzes every package.
pub(crate) fn run(
    selection: &Selection,
    target: &Target,
    options: &FuzzOptions,
) -> Result<Outcome, Problem> {
    let Some(all) = checks::prepare(selection, target)? else {
        return Ok(Outcome::Findings);
    };
    let seed = options.seed.unwrap_or_else(any_seed);
    let mut outcome = Outcome::Fine;
    let mut told = Vec::new();
    for checks in &all {
        let results = one(checks, target, options, seed)?;
        if !results.findings.is_empty() {
            outcome = Outcome::Findings;
        }
        if target.json {
            told.push(results.json());
        } else {
            results.show(options.coverage);
        }
    }
    if target.json {
        terminal::json(&serde_json::Value::Array(told));
    }
    Ok(outcome)
}

fn one(
    checks: &Checks,
    target: &Target,
    options: &FuzzOptions,
    seed: u64,
) -> Result<Results, Problem> {
    let start = Instant::now();
    let crew = Crew::new(checks, target, options, seed);
    let mut results = crew.work()?;
    results.seconds = start.elapsed().as_secs_f64();
    let path = checks.folder.join("coverage.txt");
    std::fs::write(&path, results.table())
        .map_err(|error| format!("{}: {error}", path.display()))?;
    results.coverage = path;
    // What was found is told in any case.
    if let Err(problem) = found::shrink(checks, target, options, &mut results) {
        terminal::complain(&problem);
    }
    Ok(results)
}

fn any_seed() -> u64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    now.map_or(0, |since| since.as_secs() % 1_000_000)
}
