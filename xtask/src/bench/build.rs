//! `bench build`: what an extension costs to build, to keep and to import, and how that grows with its records.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::Context;
use serde_json::json;

use super::c_project::CProject;
use super::project::Project;
use super::table::render;
use crate::python::{Python, cdylib};
use crate::shell::{bench_dir, cargo, output, step, timed};

/// Arguments of `bench build`.
#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// Measure each thing once.
    #[arg(long)]
    quick: bool,
    /// Print JSON.
    #[arg(long)]
    json: bool,
    /// The interpreter to build for.
    #[arg(long, value_name = "PATH")]
    python: Option<PathBuf>,
    /// Numbers of records.
    #[arg(
        long,
        value_name = "N",
        value_delimiter = ',',
        default_value = "0,1,100"
    )]
    records: Vec<u32>,
}

/// What was measured of one extension.
#[derive(Clone)]
struct Row {
    /// With what it was made.
    tool: &'static str,
    records: u32,
    build: f64,
    edit: f64,
    bytes: u64,
    import: f64,
}

pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    let python = Python::all(args.python.as_slice())?.remove(0);
    let bench = Bench {
        dir: bench_dir(&python.version)?.join("build"),
        python,
        repeats: if args.quick { 1 } else { 3 },
    };
    let projects: Vec<Project> = args
        .records
        .iter()
        .map(|&records| Project::write(&bench.dir, records))
        .collect::<anyhow::Result<_>>()?;
    let Some(first) = projects.first() else {
        anyhow::bail!("--records is empty");
    };
    let clean = step("everything from nothing", || bench.clean(first))?;
    let mut rows = Vec::new();
    let mut names = Vec::new();
    for (project, &records) in projects.iter().zip(&args.records) {
        let name = &project.name;
        let build = step(&format!("{name}: build"), || bench.build(project))?;
        let edit = step(&format!("{name}: edit"), || bench.edit(project))?;
        rows.push(Row {
            tool: PYRUS,
            records,
            build,
            edit,
            bytes: bench.install(project)?,
            import: 0.0,
        });
        names.push(name.clone());
    }
    for &records in &args.records {
        let project = CProject::write(&bench.dir, records)?;
        rows.push(step(&project.name, || bench.c(&project, records))?);
        names.push(project.name);
    }
    let imports = step("imports", || {
        bench.imports(&names, if args.quick { 5 } else { 40 })
    })?;
    for (row, import) in rows.iter_mut().zip(imports) {
        row.import = import;
    }
    println!(
        "{}",
        if args.json {
            as_json(&bench, clean, &rows)?
        } else {
            as_table(&bench, clean, &rows)
        }
    );
    Ok(())
}

const PYRUS: &str = "Pyrus";
const C: &str = "C";

struct Bench {
    dir: PathBuf,
    python: Python,
    repeats: u32,
}

impl Bench {
    fn target(&self) -> PathBuf {
        self.dir.join("cargo")
    }

    fn cargo(&self, project: &Project, arguments: &[&str]) -> Command {
        let mut command = cargo();
        command
            .args(arguments)
            .current_dir(&project.dir)
            .env("CARGO_TARGET_DIR", self.target());
        command.env("PYO3_PYTHON", &self.python.executable);
        command
    }

    /// Seconds for the project and all that it depends on, with an empty target folder.
    fn clean(&self, project: &Project) -> anyhow::Result<f64> {
        // Without downloads in the measured time.
        output(&mut self.cargo(project, &["fetch"]))?;
        if self.target().exists() {
            std::fs::remove_dir_all(self.target())?;
        }
        Ok(timed(&mut self.cargo(project, &["build", "--release"]))?.as_secs_f64())
    }

    /// Seconds for the project alone: what it depends on is there.
    fn build(&self, project: &Project) -> anyhow::Result<f64> {
        self.repeat(|_| {
            output(&mut self.cargo(project, &["clean", "--release", "--package", &project.name]))?;
            Ok(timed(&mut self.cargo(project, &["build", "--release"]))?.as_secs_f64())
        })
    }

    /// Seconds after one entry of `bindings.yaml` has changed.
    fn edit(&self, project: &Project) -> anyhow::Result<f64> {
        self.repeat(|turn| {
            project.edit(2 + turn)?;
            Ok(timed(&mut self.cargo(project, &["build", "--release"]))?.as_secs_f64())
        })
    }

    fn repeat(&self, mut once: impl FnMut(u32) -> anyhow::Result<f64>) -> anyhow::Result<f64> {
        Ok(median(
            (0..self.repeats)
                .map(&mut once)
                .collect::<anyhow::Result<_>>()?,
        ))
    }

    /// Put the built library where it can be imported: its size.
    fn install(&self, project: &Project) -> anyhow::Result<u64> {
        let library = self.target().join("release").join(cdylib(&project.name));
        let module = self.dir.join(self.python.extension(&project.name));
        std::fs::copy(&library, module)
            .with_context(|| format!("cannot copy {}", library.display()))
    }

    /// The row of an extension in C. There is one file, so an edit costs what building does.
    fn c(&self, project: &CProject, records: u32) -> anyhow::Result<Row> {
        let module = self.dir.join(self.python.extension(&project.name));
        let compile = || {
            let start = Instant::now();
            project.compile(&self.python, &module)?;
            Ok(start.elapsed().as_secs_f64())
        };
        Ok(Row {
            tool: C,
            records,
            build: self.repeat(|_| compile())?,
            edit: self.repeat(|turn| {
                project.edit(2 + turn)?;
                compile()
            })?,
            bytes: std::fs::metadata(&module)?.len(),
            import: 0.0,
        })
    }

    /// Milliseconds of each module's import in fresh processes, taken in turns.
    fn imports(&self, modules: &[String], rounds: usize) -> anyhow::Result<Vec<f64>> {
        let mut samples = vec![Vec::new(); modules.len()];
        for round in 0..=rounds {
            for (samples, module) in samples.iter_mut().zip(modules) {
                let milliseconds = self.import(&self.dir, module)?;
                // The first one reads from the disk.
                if round > 0 {
                    samples.push(milliseconds);
                }
            }
        }
        Ok(samples.into_iter().map(median).collect())
    }

    fn import(&self, dir: &Path, name: &str) -> anyhow::Result<f64> {
        let code = format!(
            "import sys, time; sys.path.insert(0, sys.argv[1]); start = time.perf_counter_ns(); import {name}; \
             print((time.perf_counter_ns() - start) / 1e6)"
        );
        let text = output(
            self.python
                .command()
                .args(["-I", "-S", "-c", &code])
                .arg(dir),
        )?;
        text.trim()
            .parse()
            .with_context(|| format!("not a number: {text}"))
    }
}

#[allow(clippy::cast_precision_loss, reason = "no library is that large")]
fn kib(bytes: u64) -> f64 {
    bytes as f64 / 1024.0
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    if values.len() % 2 == 1 {
        values[middle]
    } else {
        f64::midpoint(values[middle - 1], values[middle])
    }
}

/// What each record adds, between the extension with the fewest and the one with the most that a tool made.
fn growth(rows: &[Row], tool: &'static str) -> Option<Row> {
    let of_tool = || rows.iter().filter(|row| row.tool == tool);
    let least = of_tool().min_by_key(|row| row.records)?;
    let most = of_tool().max_by_key(|row| row.records)?;
    let more = most.records - least.records;
    (more > 0).then(|| Row {
        tool,
        records: more,
        build: (most.build - least.build) / f64::from(more),
        edit: (most.edit - least.edit) / f64::from(more),
        bytes: most.bytes.saturating_sub(least.bytes) / u64::from(more),
        import: (most.import - least.import) / f64::from(more),
    })
}

fn as_table(bench: &Bench, clean: f64, rows: &[Row]) -> String {
    let line = |name: String, row: &Row, digits: usize| {
        vec![
            name,
            format!("{:.digits$}", row.build),
            format!("{:.digits$}", row.edit),
            format!("{:.1}", kib(row.bytes)),
            format!("{:.digits$}", row.import),
        ]
    };
    let mut lines = Vec::new();
    for tool in [PYRUS, C] {
        let of_tool = rows.iter().filter(|row| row.tool == tool);
        lines.extend(of_tool.map(|row| line(format!("{tool}, {} records", row.records), row, 2)));
        let grown = growth(rows, tool);
        lines.extend(grown.map(|row| line(format!("{tool}, each record adds"), &row, 4)));
    }
    let head = format!("CPython {}, release", bench.python.version);
    let table = render(&[&head, "build s", "edit s", "KiB", "import ms"], &lines);
    format!(
        "{table}\n\nPyrus from nothing, with all dependencies: {clean:.1} s. `build` and `edit` have them ready."
    )
}

fn as_json(bench: &Bench, clean: f64, rows: &[Row]) -> anyhow::Result<String> {
    let row = |row: Row| {
        json!({
            "tool": row.tool, "records": row.records, "build_s": row.build, "edit_s": row.edit,
            "stripped_bytes": row.bytes, "import_ms": row.import,
        })
    };
    let growth = [PYRUS, C].map(|tool| growth(rows, tool).map(row));
    Ok(serde_json::to_string_pretty(&json!({
        "python": bench.python.version,
        "clean_s": clean,
        "extensions": rows.iter().cloned().map(row).collect::<Vec<_>>(),
        "growth_per_record": growth,
    }))?)
}
