//! `cargo pyrus leaks`: every declared item in loops, and what stays of that.

use std::sync::mpsc::RecvTimeoutError;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Value, json};

use crate::args::{Selection, Target};
use crate::checks::{self, Checks, ending};
use crate::{Outcome, Problem, terminal};

/// Looks for leaks in every package.
pub(crate) fn run(
    selection: &Selection,
    target: &Target,
    rounds: u32,
    item: Option<&str>,
) -> Result<Outcome, Problem> {
    let Some(all) = checks::prepare(selection, target)? else {
        return Ok(Outcome::Findings);
    };
    let mut outcome = Outcome::Fine;
    let mut told = Vec::new();
    for checks in &all {
        let rows = rows(checks, target, rounds, item)?;
        if rows.is_empty() {
            let asked = item.unwrap_or_default();
            return Err(format!(
                "{}: no item is named like `{asked}`",
                checks.extension
            ));
        }
        if rows.iter().any(|row| verdict(row).is_some()) {
            outcome = Outcome::Findings;
        }
        if target.json {
            told.push(json!({"extension": checks.extension, "items": rows}));
        } else {
            show(checks, &rows);
        }
    }
    if target.json {
        terminal::json(&Value::Array(told));
    }
    Ok(outcome)
}

/// A row for each item. A process that dies is replaced, and goes on behind the item that it died of.
fn rows(
    checks: &Checks,
    target: &Target,
    rounds: u32,
    item: Option<&str>,
) -> Result<Vec<Value>, Problem> {
    let style = ProgressStyle::with_template("{msg:40} {wide_bar} {pos}/{len} items, {eta}");
    let bar = ProgressBar::new(0).with_style(style.expect("the template is one"));
    let errors = checks.folder.join("stderr-leaks.txt");
    let model = checks.model(&[])?;
    let mut rows = Vec::new();
    let mut first = 0;
    let mut names: Vec<Value> = Vec::new();
    loop {
        let options = json!({
            "model_file": model, "first": first, "rounds": rounds, "memory": target.memory, "item": item,
        });
        let mut child = checks.start(checks.engine("leaks", &options), &errors)?;
        let mut at = None;
        let died = loop {
            match child
                .lines
                .recv_timeout(Duration::from_secs_f64(target.timeout * 3.0))
            {
                Ok(line) if line["end"] == true => {
                    bar.finish_and_clear();
                    return Ok(rows);
                }
                Ok(line) if line["items"].is_array() => {
                    names = line["items"].as_array().cloned().unwrap_or_default();
                    bar.set_length(names.len() as u64);
                }
                Ok(line) if line["at"].is_u64() => {
                    at = line["at"].as_u64();
                    bar.set_position(at.unwrap_or_default());
                }
                Ok(row) => {
                    bar.set_message(row["item"].as_str().unwrap_or_default().to_owned());
                    rows.push(row);
                }
                Err(RecvTimeoutError::Timeout) => break "hangs".to_owned(),
                Err(RecvTimeoutError::Disconnected) => {
                    let status = child.process.wait().map_err(|error| error.to_string())?;
                    let report = std::fs::read_to_string(&errors).unwrap_or_default();
                    let what = ending(status, &report);
                    if status.code().is_some() {
                        return Err(format!("the engine failed: {what}\n{report}"));
                    }
                    break what;
                }
            }
        };
        let Some(number) = at else {
            return Err(format!("the engine died before it began: {died}"));
        };
        let name = names.get(number as usize).cloned().unwrap_or_default();
        rows.push(json!({"item": name, "died": died}));
        first = number + 1;
    }
}

/// What is wrong with an item.
fn verdict(row: &Value) -> Option<&'static str> {
    let positive = |key: &str| row[key].as_f64().is_some_and(|value| value > 0.0);
    if row["died"].is_string() {
        Some("died")
    } else if ["blocks", "bytes", "refs"].into_iter().any(positive) {
        Some("leaks")
    } else {
        None
    }
}

fn show(checks: &Checks, rows: &[Value]) {
    let name = |row: &Value| row["item"].as_str().unwrap_or_default().to_owned();
    let width = rows
        .iter()
        .map(|row| name(row).len())
        .max()
        .unwrap_or(4)
        .max(4);
    terminal::print(&format!(
        "{:width$}  {:>5}  {:>5}  {:>10}  {:>12}  {:>10}",
        "item", "good", "bad", "blocks", "native bytes", "references"
    ));
    for row in rows {
        let number = |key: &str| row[key].as_f64().unwrap_or_default();
        let mark = match verdict(row) {
            None if number("good") == 0.0 => "  no good call".to_owned(),
            None => String::new(),
            Some("died") => format!("  died: {}", row["died"].as_str().unwrap_or_default()),
            Some(word) => {
                let call = row["call"].as_str().unwrap_or_default();
                format!("  {}: {call}", terminal::painted(word, "31"))
            }
        };
        terminal::print(&format!(
            "{:width$}  {:>5}  {:>5}  {:>10.2}  {:>12.1}  {:>10.2}{mark}",
            name(row),
            number("good"),
            number("bad"),
            number("blocks"),
            number("bytes"),
            number("refs")
        ));
    }
    let leaking = rows.iter().filter(|row| verdict(row).is_some()).count();
    terminal::print(&format!(
        "{}: {} items, {leaking} with findings (blocks, native bytes and references are what each call leaves behind)",
        checks.extension,
        rows.len()
    ));
}
