//! `cargo xtask soak`: everything that tries to break the extensions, for as long as it takes, and a table of the outcome.

mod steps;
mod table;

use std::time::{Instant, SystemTime, UNIX_EPOCH};

use anyhow::bail;

use crate::shell::root;
use steps::{Amounts, Step};
use table::{Row, Verdict};

/// Arguments of `soak`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Minutes and not hours: a small part of everything.
    #[arg(long)]
    quick: bool,
    /// Only steps whose name contains this word: `fuzz`, `address`, `pydebug`, `leaks`, `miri`, `libfuzzer`, `mutate`.
    #[arg(long, value_name = "WORD")]
    only: Option<String>,
    /// Random calls of each extension as it is shipped; a tenth of that where something watches.
    #[arg(long, value_name = "N")]
    calls: Option<u64>,
    /// Minutes for each target of libFuzzer.
    #[arg(long, value_name = "M")]
    minutes: Option<f64>,
    /// The same seed makes the same calls. Default: another one each time.
    #[arg(long, value_name = "S")]
    seed: Option<u64>,
    /// Print the table as JSON.
    #[arg(long)]
    json: bool,
    /// List the steps, and run none.
    #[arg(long)]
    list: bool,
}

/// Run all steps; fails when one of them found something.
pub(crate) fn run(args: &Args) -> anyhow::Result<()> {
    let only = args.only.as_deref().unwrap_or_default();
    let mut steps = steps::all(&amounts(args));
    steps.retain(|step| step.name.contains(only));
    if steps.is_empty() {
        bail!("no step is named like `{only}`; --list shows them");
    }
    if args.list {
        for step in steps {
            println!("{}", step.name);
        }
        return Ok(());
    }
    let count = steps.len();
    let mut rows = Vec::new();
    for (i, step) in steps.into_iter().enumerate() {
        eprintln!("[{}/{count}] {} …", i + 1, step.name);
        let row = one(step);
        eprintln!("[{}/{count}] {}", i + 1, row.line());
        rows.push(row);
    }
    if args.json {
        println!("{:#}", table::json(&rows));
    } else {
        println!("{}", table::text(&rows));
    }
    let bad: Vec<_> = rows.iter().filter(|row| row.bad()).collect();
    if bad.is_empty() {
        return Ok(());
    }
    let names: Vec<_> = bad.iter().map(|row| row.name.as_str()).collect();
    bail!("not clean: {}", names.join(", "))
}

fn amounts(args: &Args) -> Amounts {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let calls = args
        .calls
        .unwrap_or(if args.quick { 20_000 } else { 10_000_000 });
    let minutes = args.minutes.unwrap_or(if args.quick { 0.25 } else { 10.0 });
    Amounts {
        calls,
        watched: calls / 10,
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "minutes of a day at most"
        )]
        seconds: (minutes * 60.0) as u64,
        seed: args
            .seed
            .unwrap_or_else(|| now.map_or(1, |time| time.as_secs())),
        quick: args.quick,
    }
}

/// A step from its start to its row. What it says goes to a file; what it shows on the way, to the terminal.
fn one(step: Step) -> Row {
    let start = Instant::now();
    let ended = (step.work)();
    let (verdict, amount, detail) = match ended {
        Ok(ended) => (ended.verdict, ended.amount, ended.detail),
        Err(error) => {
            let text = format!("{error:#}");
            eprintln!("{text}");
            let last = text.lines().rfind(|line| !line.trim().is_empty());
            let last = last.unwrap_or_default().to_owned();
            (Verdict::Failed, String::new(), last)
        }
    };
    let detail = detail.replace(&root().display().to_string(), ".");
    Row {
        name: step.name,
        verdict,
        amount,
        detail,
        seconds: start.elapsed().as_secs_f64(),
    }
}
