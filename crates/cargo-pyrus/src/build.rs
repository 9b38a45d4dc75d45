//! `cargo pyrus build`: Cargo builds, and extension and stubs go where Python finds them.

use std::fs;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use cargo_metadata::{Message, TargetKind};
use pyrus_build::emit::Plan;
use pyrus_build::render_stubs;
use pyrus_idl::Api;

use crate::abi::Stable;
use crate::args::{Mode, Selection};
use crate::packages::Package;
use crate::python::Python;
use crate::{Outcome, Problem, layout, packages, terminal};

/// Builds every package.
pub(crate) fn run(
    selection: &Selection,
    mode: Mode,
    python: Option<&Path>,
) -> Result<Outcome, Problem> {
    let python = Python::find(python)?;
    let mut outcome = Outcome::Fine;
    for package in packages::select(selection)? {
        let Some(api) = package.load_or_show() else {
            outcome = Outcome::Findings;
            continue;
        };
        let Some(built) = library(&package, mode, &python)? else {
            outcome = Outcome::Findings;
            continue;
        };
        let place = match built.stable {
            Some(stable) => stable_place(stable, &package, &api, &python)?,
            None => layout::extension(&package, &api, &python),
        };
        put(&built.library, &place).map_err(|error| format!("{}: {error}", place.display()))?;
        let shown = place.strip_prefix(&package.folder).unwrap_or(&place);
        terminal::note(&format!(
            "{}: built {} for Python {} ({})",
            package.name,
            shown.display(),
            python.release(),
            mode.word()
        ));
        stubs(&package, &api)?;
    }
    Ok(outcome)
}

/// What makes Cargo build in a mode. The profiles that Cargo does not know are given with it.
fn profile(mode: Mode) -> &'static [&'static str] {
    match mode {
        Mode::Debug => &["--profile", "dev"],
        Mode::ReleaseFast => &["--profile", "release"],
        Mode::ReleaseSafe => &[
            "--profile",
            "release-safe",
            "--config",
            "profile.release-safe.inherits=\"release\"",
            "--config",
            "profile.release-safe.overflow-checks=true",
            "--config",
            "profile.release-safe.debug-assertions=true",
        ],
        Mode::ReleaseSmall => &[
            "--profile",
            "release-small",
            "--config",
            "profile.release-small.inherits=\"release\"",
            "--config",
            "profile.release-small.opt-level=\"s\"",
        ],
    }
}

/// What Cargo builds of a package.
struct Built {
    library: PathBuf,
    /// It is for the stable ABI.
    stable: Option<Stable>,
}

/// Where an extension for the stable ABI goes. One for this interpreter alone would be found first, so it goes away.
fn stable_place(
    stable: Stable,
    package: &Package,
    api: &Api,
    python: &Python,
) -> Result<PathBuf, Problem> {
    if !stable.runs_on(python) {
        return Err(format!(
            "{} is built for the stable ABI of CPython 3.{} and later, this is {}: name another interpreter with \
             `--python`, or build without the feature `abi3`",
            package.name,
            stable.minor,
            python.release()
        ));
    }
    let place = layout::stable_extension(package, api, python);
    let other = layout::extension(package, api, python);
    if other != place && other.exists() {
        fs::remove_file(&other).map_err(|error| format!("{}: {error}", other.display()))?;
    }
    Ok(place)
}

/// The library that Cargo builds of a package; nothing if the build fails, which Cargo reports itself.
fn library(package: &Package, mode: Mode, python: &Python) -> Result<Option<Built>, Problem> {
    let mut child = cargo()
        .args(["build", "--message-format", "json-render-diagnostics"])
        .args(profile(mode))
        .arg("--manifest-path")
        .arg(package.folder.join("Cargo.toml"))
        .env("PYO3_PYTHON", &python.base)
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("cargo cannot be run: {error}"))?;
    let stdout = child.stdout.take().ok_or("cargo has no output")?;
    let (mut library, mut stable) = (None, None);
    for message in Message::parse_stream(BufReader::new(stdout)) {
        match message {
            Ok(Message::CompilerArtifact(artifact))
                if artifact.package_id.repr == package.id
                    && artifact.target.kind.contains(&TargetKind::CDyLib) =>
            {
                let mut files = artifact.filenames.iter();
                library = files
                    .find(|file| matches!(file.extension(), Some("so" | "dylib" | "dll")))
                    .map(|file| file.as_std_path().to_owned());
            }
            Ok(Message::BuildScriptExecuted(script)) => {
                stable = stable.or(Stable::of_build(&script.cfgs));
            }
            _ => {}
        }
    }
    let status = child.wait().map_err(|error| error.to_string())?;
    match (status.success(), library) {
        (false, _) => Ok(None),
        (true, Some(library)) => Ok(Some(Built { library, stable })),
        (true, None) => Err(format!(
            "{} builds no extension: it needs `[lib] crate-type = [\"cdylib\"]`",
            package.name
        )),
    }
}

/// Cargo as the one that runs this command.
pub(crate) fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Replaces by rename: a process that has the old file loaded keeps it.
fn put(built: &Path, place: &Path) -> std::io::Result<()> {
    let folder = place.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let staged = tempfile::Builder::new()
        .prefix(".pyrus-")
        .tempfile_in(folder)?;
    fs::copy(built, staged.path())?;
    staged.persist(place).map_err(|failed| failed.error)?;
    Ok(())
}

/// The stubs, beside the package.
fn stubs(package: &Package, api: &Api) -> Result<(), Problem> {
    let files = render_stubs(api, &package.features);
    let folder = layout::source(package, api);
    let plan = Plan::new(&folder, &files).map_err(|error| error.to_string())?;
    for change in plan.changes() {
        terminal::note(&format!(
            "{}: updated {} beside it",
            package.name, change.name
        ));
    }
    plan.apply().map_err(|error| error.to_string())
}
