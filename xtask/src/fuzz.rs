//! `cargo xtask fuzz`: what reads texts, and what writes them, under libFuzzer, with sample files to begin with.
//!
//! What it found so far stays in `fuzz/corpus`, so that the next run goes on from there; an input that breaks something
//! goes to `fuzz/artifacts`.

use std::collections::{BTreeSet, VecDeque};
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, ExitStatus, Stdio};
use std::time::Instant;

use anyhow::{Context, bail};
use indicatif::{ProgressBar, ProgressStyle};

use crate::sanitize::nightly;
use crate::shell::{output, root, step};
use crate::venv::{self, target_dir};
use crate::watched::Missing;

/// A program of `fuzz/fuzz_targets`, and what it begins with.
struct Target<'a> {
    name: &'a str,
    /// Folders of texts to begin with, as far as they exist.
    seeds: &'static [&'static str],
    /// The folder of the declarations whose words its texts are made of.
    words: &'static str,
}

/// All of them.
pub(crate) const NAMES: [&str; 4] = ["tokens", "layout", "codec", "declarations"];

const SEXP: &[&str] = &[
    "fuzz/seeds",
    "tests/python/kicad/files",
    "crates/sexp/tests/data",
    "../shared/data/kicad",
];

const YAML: &[&str] = &[
    "tests/ui",
    "bindings",
    "examples/zoo/bindings",
    "crates/idl/tests/data",
];

fn target(name: &str) -> Target<'_> {
    let (seeds, words) = match name {
        "declarations" => (YAML, "examples/zoo/bindings"),
        _ => (SEXP, "kicad/bindings"),
    };
    Target { name, seeds, words }
}

const HOW: &str = "run `rustup toolchain install nightly` and `cargo install cargo-fuzz`";
/// The longest text that is tried, in bytes: most sample files are shorter.
const LONGEST: usize = 70_000;
/// As many lines of a report are shown.
const REPORT: usize = 40;

/// Arguments of `fuzz`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// `tokens`, `layout`, `codec` or `declarations`; without one, all of them.
    #[arg(value_parser = NAMES)]
    target: Option<String>,
    /// How long each of them runs.
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// Run this file alone, and show everything.
    #[arg(long, value_name = "FILE", requires = "target")]
    input: Option<PathBuf>,
}

/// Fuzz one target or all; fails when something was found.
pub(crate) fn run(args: &Args) -> anyhow::Result<()> {
    if let (Some(target), Some(input)) = (&args.target, &args.input) {
        let mut command = cargo_fuzz("run", Some(target))?;
        command.arg(std::path::absolute(input)?);
        if command.status()?.success() {
            return Ok(());
        }
        bail!("{target} fails on {}", input.display());
    }
    if let Err(Missing(why)) = ready()? {
        bail!(why);
    }
    let mut found = Vec::new();
    let wanted = args.target.as_deref();
    for name in NAMES {
        if wanted.is_none_or(|wanted| wanted == name) && !fuzz(name, args.seconds)?.1 {
            found.push(name);
        }
    }
    if found.is_empty() {
        return Ok(());
    }
    bail!("found something: {}", found.join(", "))
}

fn cargo_fuzz(verb: &str, target: Option<&str>) -> anyhow::Result<Command> {
    let mut command = nightly("cargo");
    command
        .args(["fuzz", verb, "--fuzz-dir", "fuzz", "--target-dir"])
        .arg(target_dir()?.join("fuzz"))
        .args(target)
        // The glue is rendered a second time here; the stubs are not this package's.
        .env("PYRUS_STUBS", "off")
        .env("PYO3_PYTHON", venv::bare(&venv::base_python())?);
    Ok(command)
}

/// The words of the declarations, as libFuzzer reads them.
fn dictionary(target: &Target) -> anyhow::Result<PathBuf> {
    let mut words = BTreeSet::new();
    for entry in std::fs::read_dir(root().join(target.words))? {
        let text = std::fs::read_to_string(entry?.path())?;
        let of_word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
        let found = text.split(|c| !of_word(c)).filter(|word| word.len() > 1);
        words.extend(found.map(|word| format!("\"{word}\"\n")));
    }
    let path = target_dir()?
        .join("fuzz")
        .join(format!("{}.words", target.name));
    std::fs::write(&path, words.into_iter().collect::<String>())?;
    Ok(path)
}

/// Build all targets; what is missing is told.
pub(crate) fn ready() -> anyhow::Result<Result<(), Missing>> {
    if output(nightly("cargo").args(["fuzz", "--version"])).is_err() {
        let why = format!("there is no nightly Rust with cargo-fuzz; {HOW}");
        return Ok(Err(Missing(why)));
    }
    step("fuzz targets", || output(&mut cargo_fuzz("build", None)?))?;
    Ok(Ok(()))
}

/// Run a target, and tell how it went; how many inputs it tried, and whether nothing was found.
pub(crate) fn fuzz(name: &str, seconds: u64) -> anyhow::Result<(u64, bool)> {
    let target = &target(name);
    let words = dictionary(target)?;
    let corpus = root().join("fuzz/corpus").join(name);
    std::fs::create_dir_all(&corpus)?;
    let mut command = cargo_fuzz("run", Some(name))?;
    command.arg(corpus);
    let seeds = target.seeds.iter().map(|folder| root().join(folder));
    command.args(seeds.filter(|folder| folder.is_dir()));
    command
        .args(["--", "-print_final_stats=1"])
        .arg(format!("-max_len={LONGEST}"))
        .arg(format!("-max_total_time={seconds}"))
        .arg(format!("-dict={}", words.display()));
    let start = Instant::now();
    let (status, seen) = watch(command, name, seconds)?;
    let good = status.success();
    println!(
        "{} {name}: {} inputs in {} s, {} edges covered, {} inputs kept",
        if good { "ok    " } else { "FOUND " },
        seen.runs,
        start.elapsed().as_secs(),
        seen.edges,
        seen.kept,
    );
    if !good {
        tell(name, &seen);
    }
    Ok((seen.runs, good))
}

/// What libFuzzer said.
#[derive(Default)]
struct Seen {
    runs: u64,
    edges: u64,
    kept: u64,
    /// The report of what was found, or the last lines.
    report: VecDeque<String>,
    reporting: bool,
    /// Where the input is that breaks something.
    artifact: Option<String>,
}

impl Seen {
    /// A line like `#4096 pulse cov: 590 ft: 2585 corp: 299/1582Kb lim: 4096 exec/s: 380 rss: 372Mb`, or of a report.
    fn line(&mut self, line: String) {
        if let Some(status) = line.strip_prefix('#')
            && !self.reporting
        {
            let words: Vec<_> = status.split_whitespace().collect();
            let after = |key: &str| {
                let at = words.iter().position(|word| *word == key)?;
                let digits = words.get(at + 1)?.split('/').next()?;
                digits.parse().ok()
            };
            let runs = words.first().and_then(|runs| runs.parse().ok());
            self.runs = runs.unwrap_or(self.runs);
            self.edges = after("cov:").unwrap_or(self.edges);
            self.kept = after("corp:").unwrap_or(self.kept);
            return;
        }
        if let Some((_, path)) = line.split_once("Test unit written to ") {
            self.artifact = Some(path.to_owned());
        }
        if let Some(runs) = line.strip_prefix("stat::number_of_executed_units:") {
            self.runs = runs.trim().parse().unwrap_or(self.runs);
        }
        if !self.reporting && (line.contains("panicked at") || line.starts_with("==")) {
            self.reporting = true;
            self.report.clear();
        }
        if !self.reporting && self.report.len() == REPORT {
            self.report.pop_front();
        }
        if self.report.len() < REPORT {
            self.report.push_back(line);
        }
    }
}

/// Run to the end, and show meanwhile how far it is.
fn watch(mut command: Command, target: &str, seconds: u64) -> anyhow::Result<(ExitStatus, Seen)> {
    let style = "{msg:24} {wide_bar} {elapsed}/{len}s";
    let bar = ProgressBar::new(seconds).with_style(ProgressStyle::with_template(style)?);
    let start = Instant::now();
    let mut child = command
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot run {command:?}"))?;
    let mut seen = Seen::default();
    let lines = BufReader::new(child.stderr.take().context("it is piped")?);
    for line in lines.split(b'\n') {
        // Inputs are shown as they are, and may be anything.
        seen.line(String::from_utf8_lossy(&line?).into_owned());
        bar.set_position(start.elapsed().as_secs().min(seconds));
        bar.set_message(format!("{target}: {} edges", seen.edges));
    }
    bar.finish_and_clear();
    Ok((child.wait()?, seen))
}

fn tell(target: &str, seen: &Seen) {
    for line in &seen.report {
        eprintln!("{line}");
    }
    if let Some(artifact) = &seen.artifact {
        eprintln!("\nagain, with everything: cargo xtask fuzz {target} --input {artifact}");
    }
}
