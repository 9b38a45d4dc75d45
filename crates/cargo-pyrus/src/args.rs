//! The command line.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

/// Rust for Python, declared once.
#[derive(Parser)]
#[command(name = "cargo pyrus", bin_name = "cargo pyrus", version, about)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Make a new project: Rust, declarations, Python package, tests, packaging, CI.
    ///
    /// Everything is written, or nothing. The folder may exist, but must be empty.
    New {
        /// Folder of the project; its last part is the project's name.
        #[arg(value_name = "NAME")]
        path: PathBuf,
        /// Where its Pyrus comes from: a checkout, a version, or the address of a repository. Default: the checkout this
        /// command was built from, or else its version.
        #[arg(long, value_name = "PATH|VERSION|URL")]
        pyrus: Option<String>,
        /// For the stable ABI: one wheel for `CPython` 3.12 and all later versions, at a cost in speed.
        #[arg(long)]
        abi3: bool,
    },
    /// Declare a Rust function, method, struct or class, read from its source.
    ///
    /// The signature is mapped to the language of declarations; what cannot be mapped is said with its place. Comments and
    /// layout of the YAML stay as they are, and nothing is written unless the result is free of mistakes.
    Add {
        #[command(flatten)]
        package: Selection,
        /// Path of the item: `crate::area`, `crate::Shape`, `crate::Shape::area`.
        #[arg(value_name = "RUST_PATH")]
        path: String,
        /// The module to declare it in; without it the root.
        #[arg(long, value_name = "NAME")]
        module: Option<String>,
        /// What a struct becomes. Default: a record if all of its fields are public, else a class.
        #[arg(long = "as", value_enum, value_name = "SHAPE")]
        shape: Option<AddAs>,
        /// Show the difference, but write nothing.
        #[arg(long)]
        dry_run: bool,
    },
    /// Check the declarations and show every mistake.
    Check {
        #[command(flatten)]
        package: Selection,
        /// Print the mistakes as JSON on stdout.
        #[arg(long)]
        json: bool,
    },
    /// Bring the stubs in `gen/` up to date.
    Stubs {
        #[command(flatten)]
        package: Selection,
        /// Write nothing; fail with a diff when the stubs are not up to date.
        #[arg(long)]
        check: bool,
    },
    /// Build, and put extension and stubs where Python finds them.
    Build {
        #[command(flatten)]
        package: Selection,
        /// How to optimise.
        #[arg(long, value_enum, ignore_case = true, default_value = "ReleaseFast")]
        mode: Mode,
        /// The interpreter to build for. Default: `PYRUS_PYTHON`, that of the virtual environment, or `python3`.
        #[arg(long, value_name = "PATH")]
        python: Option<PathBuf>,
    },
    /// Compile every extension now, as importing it would.
    ///
    /// Lets the loader of the Python package `pyrus` do it, with its stamps, locks and output folders.
    Compile {
        #[command(flatten)]
        package: Selection,
        /// How to optimise. Default: what `PYRUS_RELEASEMODE` says.
        #[arg(long, value_enum, ignore_case = true)]
        mode: Option<Mode>,
        /// The interpreter to compile for. Default: `PYRUS_PYTHON`, that of the virtual environment, or `python3`.
        #[arg(long, value_name = "PATH")]
        python: Option<PathBuf>,
    },
    /// Look for what keeps builds from working, and say how to repair it.
    Doctor {
        #[command(flatten)]
        package: Selection,
        /// The interpreter to look at. Default: `PYRUS_PYTHON`, that of the virtual environment, or `python3`.
        #[arg(long, value_name = "PATH")]
        python: Option<PathBuf>,
        /// Print the findings as JSON on stdout.
        #[arg(long)]
        json: bool,
    },
    /// Write API pages, one per module, in Markdown and HTML.
    Doc {
        #[command(flatten)]
        package: Selection,
        /// Which of them.
        #[arg(long, value_enum, default_value = "both")]
        format: DocFormat,
        /// The folder for the pages. Default: `python-doc/PACKAGE` in the target folder.
        #[arg(long, value_name = "FOLDER")]
        out: Option<PathBuf>,
    },
    /// Call everything that is declared, in random programs, and look for what no call may do.
    ///
    /// A crash, a hang, a `SystemError` or something that is kept is made as small as it can be, and written as a script.
    Fuzz {
        #[command(flatten)]
        package: Selection,
        #[command(flatten)]
        target: Target,
        #[command(flatten)]
        fuzz: FuzzOptions,
    },
    /// Call everything that is declared in loops, and count what stays.
    Leaks {
        #[command(flatten)]
        package: Selection,
        #[command(flatten)]
        target: Target,
        /// How often each call is repeated between two counts.
        #[arg(long, value_name = "N", default_value_t = 300)]
        rounds: u32,
        /// Only items whose name contains this.
        #[arg(long, value_name = "NAME")]
        item: Option<String>,
    },
    /// Show what a stage makes of the declarations.
    Dump {
        #[command(flatten)]
        package: Selection,
        /// Which stage.
        #[arg(long, value_enum)]
        stage: Stage,
        /// Only this item, for example `graph.GraphView` or `GraphView.insert`.
        #[arg(long, value_name = "NAME")]
        item: Option<String>,
    },
    /// Compare two versions of an API: what breaks, what is new, what does not matter.
    ///
    /// A version is the path of a `bindings.yaml` or of its folder, or `REV:PATH` for a file of a git revision, such as
    /// `v1.2:bindings.yaml`. Every change is graded by semantic versioning.
    Diff {
        /// The old version.
        old: String,
        /// The new version.
        #[arg(default_value = "bindings.yaml")]
        new: String,
        /// Exit with 1 when a change is of this grade or worse.
        #[arg(long, value_enum, value_name = "GRADE")]
        fail_on: Option<Grade>,
        /// Print the changes as JSON on stdout.
        #[arg(long)]
        json: bool,
    },
    /// Explain a code from a report, for example `B0104`.
    Explain {
        /// The code.
        code: String,
    },
    /// Print the JSON schema of `bindings.yaml` for editors.
    Schema,
}

/// Which packages: every one of the workspace that has declarations, unless one is named.
#[derive(clap::Args, Default)]
pub(crate) struct Selection {
    /// Path of the package's `Cargo.toml`.
    #[arg(long, value_name = "PATH")]
    pub(crate) manifest_path: Option<PathBuf>,
}

/// What `fuzz` and `leaks` run.
#[derive(clap::Args)]
pub(crate) struct Target {
    /// How to optimise.
    #[arg(long, value_enum, ignore_case = true, default_value = "ReleaseFast")]
    pub(crate) mode: Mode,
    /// Take the extension that Python finds, and build nothing.
    #[arg(long)]
    pub(crate) no_build: bool,
    /// The interpreter. Default: `PYRUS_PYTHON`, that of the virtual environment, or `python3`.
    #[arg(long, value_name = "PATH")]
    pub(crate) python: Option<PathBuf>,
    /// Where Python finds modules, besides the package's own folder and `PYTHONPATH`.
    #[arg(long = "path", value_name = "FOLDER")]
    pub(crate) paths: Vec<PathBuf>,
    /// The folder for what is found. Default: `python-fuzz/PACKAGE` in the target folder.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) out: Option<PathBuf>,
    /// Seconds without a sign of life after which a call counts as hanging.
    #[arg(long, value_name = "SECONDS", default_value_t = 20.0)]
    pub(crate) timeout: f64,
    /// Memory of a process, in GiB; more is refused to it. 0: no limit, which sanitizers need.
    #[arg(long, value_name = "GIB", default_value_t = 4.0)]
    pub(crate) memory: f64,
    /// A variable for the processes that call the extension, and not for Cargo: `LD_PRELOAD=libasan.so`.
    #[arg(long = "env", value_name = "NAME=VALUE", value_parser = variable)]
    pub(crate) variables: Vec<(String, String)>,
    /// Print the results as JSON on stdout.
    #[arg(long)]
    pub(crate) json: bool,
}

/// How `fuzz` looks.
#[derive(clap::Args)]
pub(crate) struct FuzzOptions {
    /// How many calls.
    #[arg(long, value_name = "N", default_value_t = 100_000)]
    pub(crate) calls: u64,
    /// End after this time, though there were fewer calls.
    #[arg(long, value_name = "M")]
    pub(crate) minutes: Option<f64>,
    /// The same seed gives the same programs. Default: another one each time.
    #[arg(long, value_name = "S")]
    pub(crate) seed: Option<u64>,
    /// How many processes. Default: one for each processor.
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<usize>,
    /// How many threads a program may start at once; 1: none.
    #[arg(long, value_name = "N", default_value_t = 4)]
    pub(crate) threads: u32,
    /// Repeat every n-th program, and count what it keeps each time.
    #[arg(long, value_name = "N", default_value_t = 48)]
    pub(crate) repeat: u32,
    /// Seconds to spend on making one finding small.
    #[arg(long, value_name = "SECONDS", default_value_t = 60.0)]
    pub(crate) shrink: f64,
    /// Show every item with its calls, also where there are many.
    #[arg(long)]
    pub(crate) coverage: bool,
}

/// Formats of API pages.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DocFormat {
    /// Markdown.
    Md,
    /// Self-contained HTML.
    Html,
    /// Both, side by side.
    Both,
}

/// How an extension is optimised.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Mode {
    /// Not at all; overflow checks and debug assertions.
    #[value(name = "Debug")]
    Debug,
    /// For speed, with overflow checks and debug assertions.
    #[value(name = "ReleaseSafe")]
    ReleaseSafe,
    /// For speed.
    #[value(name = "ReleaseFast")]
    ReleaseFast,
    /// For size.
    #[value(name = "ReleaseSmall")]
    ReleaseSmall,
}

impl Mode {
    /// Its name, as `PYRUS_RELEASEMODE` knows it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Mode::Debug => "Debug",
            Mode::ReleaseSafe => "ReleaseSafe",
            Mode::ReleaseFast => "ReleaseFast",
            Mode::ReleaseSmall => "ReleaseSmall",
        }
    }
}

/// What a struct becomes.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum AddAs {
    /// Data: fields that Python reads and writes.
    Record,
    /// A handle: methods only.
    Class,
}

/// Grades of changes.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Grade {
    /// Programs that worked may stop working.
    Major,
    /// Programs can do more.
    Minor,
    /// No program notices.
    Patch,
}

/// The stages that can be shown.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Stage {
    /// The declarations as written.
    Source,
    /// The checked model.
    Model,
    /// The Rust glue.
    Glue,
    /// The Python stubs.
    Stub,
}

/// A variable and its value.
fn variable(text: &str) -> Result<(String, String), &'static str> {
    let (name, value) = text.split_once('=').ok_or("expected NAME=VALUE")?;
    if name.is_empty() {
        return Err("expected a name before the `=`");
    }
    Ok((name.to_owned(), value.to_owned()))
}

/// Cargo passes the word `pyrus` on.
pub(crate) fn without_subcommand(args: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let mut args: Vec<_> = args.collect();
    if args.get(1).is_some_and(|arg| arg == "pyrus") {
        args.remove(1);
    }
    args
}
