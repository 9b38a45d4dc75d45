//! What a run has seen, and how it is shown.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use serde_json::{Value, json};

use super::found::Found;
use crate::terminal;

/// Tables with more rows are shown on request only.
const ROWS: usize = 80;

/// What a run has seen.
pub(crate) struct Results {
    pub(crate) extension: String,
    pub(crate) seed: u64,
    pub(crate) seconds: f64,
    pub(crate) findings: Vec<Found>,
    pub(crate) imports: Vec<String>,
    /// The file with the whole table.
    pub(crate) coverage: PathBuf,
    calls: u64,
    /// Items in declaration order.
    items: Vec<String>,
    /// How often each succeeded and raised.
    cover: BTreeMap<String, (u64, u64)>,
    /// Panics that became exceptions, each place once.
    panics: BTreeMap<String, String>,
}

impl Results {
    pub(crate) fn new(extension: &str, seed: u64) -> Self {
        Self {
            extension: extension.to_owned(),
            seed,
            seconds: 0.0,
            findings: Vec::new(),
            imports: Vec::new(),
            coverage: PathBuf::new(),
            calls: 0,
            items: Vec::new(),
            cover: BTreeMap::new(),
            panics: BTreeMap::new(),
        }
    }

    /// Takes what a process tells; whether that was its last word.
    pub(crate) fn take(&mut self, line: &Value) -> bool {
        let texts = |key: &str| {
            let all = line[key].as_array().into_iter().flatten();
            all.filter_map(Value::as_str).map(str::to_owned).collect()
        };
        if line["items"].is_array() && self.items.is_empty() {
            self.items = texts("items");
            self.imports = texts("imports");
        }
        for (item, counts) in line["cover"].as_object().into_iter().flatten() {
            let seen = self.cover.entry(item.clone()).or_default();
            seen.0 += counts[0].as_u64().unwrap_or_default();
            seen.1 += counts[1].as_u64().unwrap_or_default();
        }
        if let Some(text) = line["panic"].as_str() {
            let place = text.rsplit(" at ").next().unwrap_or(text);
            self.panics
                .entry(place.to_owned())
                .or_insert_with(|| line["line"].as_str().unwrap_or_default().to_owned());
        }
        if line["found"].is_string() {
            self.add(Found::told(line));
        }
        line["end"].as_bool().unwrap_or_default()
    }

    /// Adds something that was found, once.
    pub(crate) fn add(&mut self, found: Found) {
        if let Some(known) = self.findings.iter_mut().find(|known| known.same(&found)) {
            known.times += 1;
            // The shortest of them is made small fastest.
            if found.programs[0].len() < known.programs[0].len() {
                let times = known.times;
                *known = Found { times, ..found };
            }
        } else {
            self.findings.push(Found { times: 1, ..found });
        }
    }

    /// How many calls there were.
    pub(crate) fn calls(&mut self, calls: u64) {
        self.calls = calls;
    }

    fn row(&self, item: &str) -> (u64, u64) {
        self.cover.get(item).copied().unwrap_or_default()
    }

    fn never(&self) -> Vec<&String> {
        let never = |item: &&String| self.row(item).0 == 0;
        self.items.iter().filter(never).collect()
    }

    fn rate(&self) -> f64 {
        #[allow(clippy::cast_precision_loss, reason = "a rate to be read")]
        let calls = self.calls as f64;
        calls / self.seconds.max(1e-9)
    }

    /// Each item with its calls.
    pub(crate) fn table(&self) -> String {
        let width = self.items.iter().map(String::len).max().unwrap_or(4).max(4);
        let mut text = format!("{:width$}  {:>9}  {:>9}\n", "item", "succeeded", "raised");
        for item in &self.items {
            let (ok, raised) = self.row(item);
            let mark = if ok == 0 { "  never" } else { "" };
            let _ = writeln!(text, "{item:width$}  {ok:>9}  {raised:>9}{mark}");
        }
        text
    }

    /// For people.
    pub(crate) fn show(&self, coverage: bool) {
        if coverage || self.items.len() <= ROWS {
            terminal::print(&self.table());
        }
        let never = self.never();
        if !never.is_empty() {
            terminal::print(&format!(
                "{} of {} items never succeeded; fuzz.yaml can say what they take:",
                never.len(),
                self.items.len()
            ));
            for item in never {
                terminal::print(&format!("  {item} (raised {} times)", self.row(item).1));
            }
        }
        if !self.panics.is_empty() {
            terminal::print("Rust panicked, and Python got an exception:");
            for (place, line) in &self.panics {
                terminal::print(&format!("  {place}: {line}"));
            }
        }
        for found in &self.findings {
            self.show_found(found);
        }
        terminal::print(&format!(
            "{}: {} calls of {} items in {:.1} s ({:.0} per second), seed {}: {}; each item: {}",
            self.extension,
            self.calls,
            self.items.len(),
            self.seconds,
            self.rate(),
            self.seed,
            match self.findings.len() {
                0 => "nothing found".to_owned(),
                1 => "1 finding".to_owned(),
                more => format!("{more} findings"),
            },
            self.coverage.display(),
        ));
    }

    fn show_found(&self, found: &Found) {
        let head = terminal::painted("found", "31");
        terminal::print(&format!(
            "\n{head}: {} in {}, program {} of seed {} ({}x)",
            found.what, found.item, found.program, self.seed, found.times
        ));
        match &found.script {
            Some(script) => {
                let how = if found.again {
                    "shows it"
                } else {
                    "does not show it alone: this is the program as it ran"
                };
                terminal::print(&format!("{} {how}:\n", script.display()));
                terminal::print(&found.text);
            }
            None => terminal::print("not made small: look at the others first"),
        }
    }

    /// For tools.
    pub(crate) fn json(&self) -> Value {
        let items = self.items.iter().map(|item| {
            let (ok, raised) = self.row(item);
            json!({"item": item, "succeeded": ok, "raised": raised})
        });
        let findings = self.findings.iter().map(|found| {
            json!({
                "kind": found.kind, "what": found.what, "item": found.item, "program": found.program,
                "times": found.times, "script": found.script, "text": found.text, "reproduced": found.again,
            })
        });
        json!({
            "extension": self.extension, "seed": self.seed, "calls": self.calls, "seconds": self.seconds,
            "calls_per_second": self.rate(), "items": items.collect::<Vec<_>>(), "never": self.never(),
            "panics": self.panics, "findings": findings.collect::<Vec<_>>(),
        })
    }
}
