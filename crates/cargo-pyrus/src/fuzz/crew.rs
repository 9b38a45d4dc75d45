//! The processes that run programs: started, watched, and replaced when they die.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::RecvTimeoutError;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;

use super::found::{self, Found};
use super::report::Results;
use crate::Problem;
use crate::args::{FuzzOptions, Target};
use crate::checks::{Checks, Child, ending};

/// How many programs a process runs: what one leaves behind shall not hide what the next one does.
const PROGRAMS: u64 = 1000;
/// How often an item may end a process before it is left alone.
const ENOUGH: usize = 3;

/// All processes, and what they have in common.
pub(crate) struct Crew<'a> {
    checks: &'a Checks,
    target: &'a Target,
    options: &'a FuzzOptions,
    seed: u64,
    /// How many processes at the same time.
    jobs: usize,
    next: AtomicU64,
    done: AtomicU64,
    deadline: Option<Instant>,
    results: Mutex<Results>,
    /// Items that ended processes, and how often.
    deadly: Mutex<HashMap<String, usize>>,
    bar: ProgressBar,
}

impl<'a> Crew<'a> {
    pub(crate) fn new(
        checks: &'a Checks,
        target: &'a Target,
        options: &'a FuzzOptions,
        seed: u64,
    ) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let style = "{msg:28} {wide_bar} {human_pos}/{human_len} calls, {per_sec}, {eta}";
        let style = ProgressStyle::with_template(style).expect("the template is one");
        let bar = ProgressBar::new(options.calls).with_style(style);
        bar.set_message(checks.extension.clone());
        Self {
            checks,
            target,
            options,
            seed,
            jobs: options.jobs.unwrap_or(cores).max(1),
            next: AtomicU64::new(0),
            done: AtomicU64::new(0),
            deadline: options
                .minutes
                .map(|minutes| Instant::now() + Duration::from_secs_f64(minutes * 60.0)),
            results: Mutex::new(Results::new(&checks.extension, seed)),
            deadly: Mutex::default(),
            bar,
        }
    }

    /// Runs until there were enough calls, or the time is over.
    pub(crate) fn work(self) -> Result<Results, Problem> {
        std::thread::scope(|scope| {
            let workers: Vec<_> = (0..self.jobs)
                .map(|job| {
                    scope.spawn({
                        let crew = &self;
                        move || crew.job(job)
                    })
                })
                .collect();
            let ends = workers.into_iter().map(std::thread::ScopedJoinHandle::join);
            ends.map(|end| end.map_err(|_| "a thread panicked".to_owned())?)
                .collect::<Result<Vec<()>, Problem>>()
        })?;
        self.bar.finish_and_clear();
        let mut results = self.results.into_inner().expect("no thread panicked");
        results.calls(self.done.into_inner());
        Ok(results)
    }

    fn over(&self) -> bool {
        let late = self.deadline.is_some_and(|end| Instant::now() > end);
        late || self.done.load(Ordering::Relaxed) >= self.options.calls
    }

    /// One place for a process, filled again and again.
    fn job(&self, job: usize) -> Result<(), Problem> {
        let mut idle = 0;
        while !self.over() {
            let first = self.next.fetch_add(PROGRAMS, Ordering::Relaxed);
            let mut from = first;
            while from < first + PROGRAMS && !self.over() {
                let before = self.done.load(Ordering::Relaxed);
                from = self.process(job, from, first + PROGRAMS)?;
                idle = if self.done.load(Ordering::Relaxed) > before {
                    0
                } else {
                    idle + 1
                };
                if idle > 20 {
                    return Err("process after process dies before its first call".into());
                }
            }
        }
        Ok(())
    }

    /// A process from its start to its end; the number of the program to go on with.
    fn process(&self, job: usize, first: u64, last: u64) -> Result<u64, Problem> {
        let journal = self.checks.folder.join(format!("journal-{job}"));
        let errors = self.checks.folder.join(format!("stderr-{job}.txt"));
        let _ = std::fs::remove_file(&journal);
        let mut child = self.start(&journal, &errors, first, last)?;
        let (mut next, mut calls) = (first, 0);
        loop {
            let wait = Duration::from_secs_f64(self.target.timeout);
            match child.lines.recv_timeout(wait) {
                Ok(line) => {
                    next = line["next"].as_u64().unwrap_or(next);
                    let now = line["calls"].as_u64().unwrap_or(calls);
                    self.count(now - calls);
                    calls = now;
                    let mut results = self.results.lock().expect("no thread panicked");
                    if results.take(&line) {
                        return Ok(last);
                    }
                    if self.over() {
                        return Ok(last);
                    }
                }
                Err(RecvTimeoutError::Timeout) => {
                    let what = format!("hangs: nothing for {} s", self.target.timeout);
                    drop(child);
                    return Ok(self.died("timeout", what, &journal, next));
                }
                Err(RecvTimeoutError::Disconnected) => {
                    let status = child.process.wait().map_err(|error| error.to_string())?;
                    let report = std::fs::read_to_string(&errors).unwrap_or_default();
                    let what = ending(status, &report);
                    if !journal.exists() || status.code().is_some() {
                        return Err(format!("the engine failed: {what}\n{report}"));
                    }
                    return Ok(self.died("signal", what, &journal, next));
                }
            }
        }
    }

    fn start(
        &self,
        journal: &Path,
        errors: &Path,
        first: u64,
        last: u64,
    ) -> Result<Child, Problem> {
        let skip: Vec<String> = {
            let deadly = self.deadly.lock().expect("no thread panicked");
            let often = deadly.iter().filter(|(_, times)| **times >= ENOUGH);
            often.map(|(item, _)| item.clone()).collect()
        };
        let model: PathBuf = self.checks.model(&skip)?;
        let left = self
            .options
            .calls
            .saturating_sub(self.done.load(Ordering::Relaxed));
        let options = json!({
            "model_file": model, "seed": self.seed.to_string(), "first": first, "last": last,
            "calls": left.div_ceil(self.jobs as u64).max(1), "threads": self.options.threads,
            "repeat": self.options.repeat.max(1), "journal": journal,
            "memory": self.target.memory,
        });
        let mut command = self.checks.engine("worker", &options);
        // Some processes let Python look for what writes outside of its blocks.
        let chosen = self
            .target
            .variables
            .iter()
            .any(|(name, _)| name == "PYTHONMALLOC");
        if (first / PROGRAMS) % 4 == 3 && !chosen {
            command.env("PYTHONMALLOC", "debug");
        }
        self.checks.start(command, errors)
    }

    fn count(&self, calls: u64) {
        let done = self.done.fetch_add(calls, Ordering::Relaxed) + calls;
        self.bar.set_position(done);
    }

    /// Notes what ended a process; the number of the program to go on with.
    fn died(&self, kind: &str, what: String, journal: &Path, next: u64) -> u64 {
        let programs = found::journal(journal);
        let Some(last) = programs.last() else {
            return next + 1;
        };
        let item = last.lines.last().map_or("-", |(item, _)| item).to_owned();
        *self
            .deadly
            .lock()
            .expect("no thread panicked")
            .entry(item.clone())
            .or_default() += 1;
        self.count(last.lines.len() as u64);
        let number = last.number;
        let found = Found {
            kind: kind.to_owned(),
            what,
            item,
            program: number,
            programs: vec![
                last.text(),
                programs.iter().flat_map(found::Program::text).collect(),
            ],
            ..Found::default()
        };
        self.results.lock().expect("no thread panicked").add(found);
        number + 1
    }
}
