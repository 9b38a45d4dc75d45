//! The steps of the long lane, and how each is run and read.

use std::fs::File;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, bail};
use serde_json::Value;

use super::table::Verdict;
use crate::build::{ALL, Extension, KICAD, NATIVE, ZOO};
use crate::fuzz;
use crate::mutate;
use crate::sanitize::{MIRI, miri};
use crate::shell::step;
use crate::venv::target_dir;
use crate::watched::{self, Missing, Watched};

/// How much of everything.
pub(crate) struct Amounts {
    /// Random calls of an extension as it is shipped.
    pub(crate) calls: u64,
    /// And where something watches.
    pub(crate) watched: u64,
    /// For each target of libFuzzer.
    pub(crate) seconds: u64,
    /// Of random calls.
    pub(crate) seed: u64,
    /// A few mutations only.
    pub(crate) quick: bool,
}

/// How a step ended.
pub(crate) struct Ended {
    /// In a word.
    pub(crate) verdict: Verdict,
    /// How much was tried.
    pub(crate) amount: String,
    /// What else there is to say.
    pub(crate) detail: String,
}

type Work = Box<dyn FnOnce() -> anyhow::Result<Ended>>;

/// Something to run.
pub(crate) struct Step {
    /// What.
    pub(crate) name: String,
    /// How.
    pub(crate) work: Work,
}

/// All of them, in the order in which they run.
pub(crate) fn all(amounts: &Amounts) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut add = |name: String, work: Work| steps.push(Step { name, work });
    let (calls, watched, seed) = (amounts.calls, amounts.watched, amounts.seed);
    for one in ALL {
        let work = move || random_calls(&watched::release()?, one, calls, seed);
        add(format!("fuzz {}", one.name()), Box::new(work));
    }
    for one in [&NATIVE, &KICAD, &ZOO] {
        let work = move || watch(watched::address()?, one, watched, seed);
        add(format!("fuzz {} address", one.name()), Box::new(work));
    }
    for one in [&NATIVE, &KICAD, &ZOO] {
        let work = move || watch(watched::pydebug()?, one, watched, seed);
        add(format!("fuzz {} pydebug", one.name()), Box::new(work));
    }
    for one in ALL {
        let work = move || leaks(&watched::release()?, one);
        add(format!("leaks {}", one.name()), Box::new(work));
    }
    for (name, package) in MIRI {
        add(format!("miri {name}"), Box::new(|| miri_tests(package)));
    }
    let seconds = amounts.seconds;
    for name in fuzz::NAMES {
        let work = move || libfuzzer(name, seconds);
        add(format!("libfuzzer {name}"), Box::new(work));
    }
    let quick = amounts.quick;
    add("mutate".into(), Box::new(move || mutations(quick)));
    steps
}

fn absent(Missing(why): Missing) -> Ended {
    Ended {
        verdict: Verdict::Absent,
        amount: String::new(),
        detail: why,
    }
}

fn verdict(clean: bool) -> Verdict {
    if clean {
        Verdict::Clean
    } else {
        Verdict::Found
    }
}

fn watch(
    watched: Result<Watched, Missing>,
    one: &Extension,
    calls: u64,
    seed: u64,
) -> anyhow::Result<Ended> {
    match watched {
        Ok(watched) => random_calls(&watched, one, calls, seed),
        Err(missing) => Ok(absent(missing)),
    }
}

/// `cargo pyrus fuzz`.
fn random_calls(
    watched: &Watched,
    one: &Extension,
    calls: u64,
    seed: u64,
) -> anyhow::Result<Ended> {
    let told = told(watched.fuzz(one, calls, seed))?;
    let told = &told[0];
    let findings = told["findings"].as_array().context("findings are listed")?;
    for found in findings {
        eprintln!(
            "{}\n{}",
            found["what"],
            found["text"].as_str().unwrap_or_default()
        );
    }
    let scripts = findings
        .iter()
        .filter_map(|found| found["script"].as_str())
        .collect::<Vec<_>>();
    let (calls, rate) = (&told["calls"], &told["calls_per_second"]);
    Ok(Ended {
        verdict: verdict(findings.is_empty()),
        amount: format!("{} calls", grouped(calls.as_u64().unwrap_or_default())),
        detail: if scripts.is_empty() {
            let items = told["items"].as_array().map_or(0, Vec::len);
            let rate = rate.as_f64().unwrap_or_default();
            format!("{items} items, seed {seed}, {rate:.0} calls/s")
        } else {
            scripts.join(" ")
        },
    })
}

/// `cargo pyrus leaks`.
fn leaks(watched: &Watched, one: &Extension) -> anyhow::Result<Ended> {
    let told = told(watched.leaks(one))?;
    let items = told[0]["items"].as_array().context("items are listed")?;
    let leaking: Vec<_> = items.iter().filter_map(kept).collect();
    Ok(Ended {
        verdict: verdict(leaking.is_empty()),
        amount: format!("{} items", items.len()),
        detail: leaking.join("; "),
    })
}

/// What an item leaves behind, and which call does; `None`: nothing.
fn kept(item: &Value) -> Option<String> {
    let name = item["item"].as_str()?;
    if let Some(how) = item["died"].as_str() {
        return Some(format!("{name} died: {how}"));
    }
    let amount = |key: &str| item[key].as_f64().filter(|by| *by > 0.0);
    let each = ["blocks", "bytes", "refs"].into_iter();
    let amounts = each.filter_map(|key| Some(format!("{} {key}", amount(key)?)));
    let amounts: Vec<_> = amounts.collect();
    let call = item["call"].as_str().unwrap_or_default();
    (!amounts.is_empty()).then(|| format!("{name} keeps {}: {call}", amounts.join(", ")))
}

/// What a command says in JSON, although it may fail.
fn told(mut command: Command) -> anyhow::Result<Value> {
    let done = command.arg("--json").stderr(Stdio::inherit()).output()?;
    let Ok(told) = serde_json::from_slice(&done.stdout) else {
        bail!(
            "`{command:?}` said nothing that can be read: {}",
            done.status
        );
    };
    Ok(told)
}

fn miri_tests(package: &str) -> anyhow::Result<Ended> {
    let mut command = match miri(package)? {
        Ok(command) => command,
        Err(missing) => return Ok(absent(missing)),
    };
    let log = log(&format!("miri-{package}"))?;
    let out = File::create(&log)?;
    command.stderr(out.try_clone()?).stdout(out);
    let status = step(&format!("Miri tests {package}"), || Ok(command.status()?))?;
    let said = std::fs::read_to_string(&log)?;
    let passed = said.lines().filter_map(|line| {
        let (_, rest) = line.split_once("test result: ok. ")?;
        rest.split(' ').next()?.parse::<u64>().ok()
    });
    Ok(Ended {
        verdict: verdict(status.success()),
        amount: format!("{} tests", passed.sum::<u64>()),
        detail: if status.success() {
            String::new()
        } else {
            log.display().to_string()
        },
    })
}

/// Where a step's output goes.
fn log(name: &str) -> anyhow::Result<PathBuf> {
    let folder = target_dir()?.join("soak");
    std::fs::create_dir_all(&folder)?;
    Ok(folder.join(format!("{name}.log")))
}

fn libfuzzer(name: &str, seconds: u64) -> anyhow::Result<Ended> {
    if let Err(missing) = fuzz::ready()? {
        return Ok(absent(missing));
    }
    let (runs, good) = fuzz::fuzz(name, seconds)?;
    Ok(Ended {
        verdict: verdict(good),
        amount: format!("{} inputs", grouped(runs)),
        detail: if good {
            String::new()
        } else {
            format!("fuzz/artifacts/{name}")
        },
    })
}

fn mutations(quick: bool) -> anyhow::Result<Ended> {
    let (tried, survivors) = mutate::by_hand(quick)?;
    Ok(Ended {
        verdict: verdict(survivors.is_empty()),
        amount: format!("{tried} mutations"),
        detail: survivors.join(" "),
    })
}

/// A number that can be read: `10 000 000`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}
