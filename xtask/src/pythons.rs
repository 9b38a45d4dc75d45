//! `cargo xtask pythons`: a debug build of `CPython` and a free-threaded one, from Debian's source package.
//!
//! They are kept in the user's cache folder, outside the repository, where [`crate::interpreters`] finds them.

use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};

use crate::shell::{output, step};

/// The source package, and the release of Debian that has it.
const PACKAGE: &str = "python3.13";
const RELEASE: &str = "trixie";
const KEYRING: &str = "/usr/share/keyrings/debian-archive-keyring.gpg";

/// An interpreter that is built another way than the usual one.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Kind {
    /// `--with-pydebug`: assertions, and checks of reference counts.
    Debug,
    /// `--disable-gil`: threads run at once.
    FreeThreaded,
    /// The same with `--with-thread-sanitizer`: for `cargo xtask sanitize`.
    ThreadSanitizer,
}

impl Kind {
    /// Those that all tests run on.
    pub(crate) const TESTED: [Self; 2] = [Self::Debug, Self::FreeThreaded];

    /// What is appended to the version; `CPython` itself does so in `sys.abiflags`.
    const fn flag(self) -> &'static str {
        match self {
            Self::Debug => "d",
            Self::FreeThreaded => "t",
            Self::ThreadSanitizer => "t-sanitizer",
        }
    }

    const fn options(self) -> &'static [&'static str] {
        match self {
            Self::Debug => &["--with-pydebug"],
            Self::FreeThreaded => &["--disable-gil"],
            // It is slow, and would compile its own tests and pip when it is installed.
            Self::ThreadSanitizer => &[
                "--disable-gil",
                "--with-thread-sanitizer",
                "--disable-test-modules",
                "--without-ensurepip",
            ],
        }
    }

    /// The version with its flag, like `3.13t`.
    pub(crate) fn name(self) -> String {
        let version = PACKAGE.trim_start_matches("python");
        format!("{version}{}", self.flag())
    }

    /// The interpreter, once it was built.
    pub(crate) fn find(self) -> Option<PathBuf> {
        let python = self.program(&cache()?);
        python.is_file().then_some(python)
    }

    fn program(self, cache: &Path) -> PathBuf {
        cache.join(self.name()).join("bin/python3")
    }
}

/// Arguments of `pythons`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Which; without it those that all tests run on.
    #[arg(value_enum)]
    kinds: Vec<Kind>,
    /// Build again what is there already.
    #[arg(long)]
    force: bool,
}

/// Build what is missing, and say where everything is.
pub(crate) fn run(args: &Args) -> anyhow::Result<()> {
    let cache = cache().context("this user has no home folder to keep interpreters in")?;
    let kinds = if args.kinds.is_empty() {
        &Kind::TESTED
    } else {
        &args.kinds[..]
    };
    for kind in kinds {
        let (name, python) = (kind.name(), kind.program(&cache));
        if args.force || kind.find().is_none() {
            let source = step("getting CPython's source", || source(&cache))?;
            step(&format!("building {name}, some minutes"), || {
                build(*kind, &source, &cache.join(&name))
            })?;
        }
        let version = output(Command::new(&python).args(["-c", "import sys; print(sys.version)"]))?;
        println!(
            "{name}: {}\n       {}",
            python.display(),
            version.replace('\n', " ").trim()
        );
    }
    Ok(())
}

/// What the thread sanitizer shall not say of `CPython` itself, as upstream keeps it.
pub(crate) fn suppressions() -> Option<PathBuf> {
    let source = unpacked(&cache()?.join("source")).ok()??;
    Some(source.join("Tools/tsan/suppressions_free_threading.txt"))
}

/// Where built interpreters are kept.
fn cache() -> Option<PathBuf> {
    let folder = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let folder = folder.or_else(|| Some(std::env::home_dir()?.join(".cache")))?;
    Some(folder.join("pyrus/pythons"))
}

/// The unpacked source, as upstream released it; downloaded by `apt-get source` unless it is there.
fn source(cache: &Path) -> anyhow::Result<PathBuf> {
    let folder = cache.join("source");
    if let Some(found) = unpacked(&folder)? {
        return Ok(found);
    }
    download(&folder).context(
        "CPython's source comes from Debian's archive: this needs apt-get, and a network",
    )?;
    let archive = only(&folder, |name| name.ends_with(".orig.tar.xz"))?
        .context("apt-get brought no archive")?;
    output(
        Command::new("tar")
            .arg("xf")
            .arg(archive)
            .current_dir(&folder),
    )?;
    unpacked(&folder)?.context("the archive holds no folder named Python-…")
}

fn unpacked(folder: &Path) -> anyhow::Result<Option<PathBuf>> {
    only(folder, |name| name.starts_with("Python-"))
}

/// The entry of a folder whose name is right.
fn only(folder: &Path, right: impl Fn(&str) -> bool) -> anyhow::Result<Option<PathBuf>> {
    if !folder.exists() {
        return Ok(None);
    }
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().to_str().is_some_and(&right) {
            return Ok(Some(entry.path()));
        }
    }
    Ok(None)
}

/// Fetch the source package with lists of our own: those of the system stay as they are.
fn download(folder: &Path) -> anyhow::Result<()> {
    let apt = folder.join("apt");
    for part in ["lists/partial", "cache/archives/partial"] {
        std::fs::create_dir_all(apt.join(part))?;
    }
    let line = format!(
        "deb-src [signed-by={KEYRING}] {} {RELEASE} main\n",
        archive()?
    );
    std::fs::write(apt.join("sources.list"), line)?;
    let run = |words: &[&str]| {
        let mut command = Command::new("apt-get");
        for (option, value) in [
            ("Dir::Etc::sourcelist", "sources.list"),
            ("Dir::State::lists", "lists"),
            ("Dir::Cache", "cache"),
        ] {
            let value = apt.join(value);
            command.args(["-o", &format!("{option}={}", value.display())]);
        }
        command.args(["-o", "Dir::Etc::sourceparts=-"]).args(words);
        output(command.current_dir(folder))
    };
    run(&["update"])?;
    run(&["source", "--download-only", PACKAGE])?;
    Ok(())
}

/// The archive that this system takes its packages from.
fn archive() -> anyhow::Result<String> {
    let told =
        output(Command::new("apt-get").args(["indextargets", "--format", "$(SITE) $(COMPONENT)"]))?;
    told.lines()
        .filter_map(|line| line.strip_suffix(" main"))
        .find(|site| !site.contains("security"))
        .map(str::to_owned)
        .context("no archive of Debian's packages is configured")
}

/// Configure, compile and install; nothing is at the place before all of it is there.
fn build(kind: Kind, source: &Path, place: &Path) -> anyhow::Result<()> {
    let beside = |what: &str| PathBuf::from(format!("{}-{what}", place.display()));
    let (work, staged) = (beside("build"), beside("staged"));
    for folder in [&work, &staged] {
        if folder.exists() {
            std::fs::remove_dir_all(folder)?;
        }
    }
    std::fs::create_dir_all(&work)?;
    let run = |command: &mut Command| {
        // What the sanitizer thinks of CPython is not asked while that builds itself.
        command
            .current_dir(&work)
            .env("TSAN_OPTIONS", "report_bugs=0");
        output(command).map(drop)
    };
    run(Command::new(source.join("configure"))
        .arg(format!("--prefix={}", place.display()))
        .args(kind.options()))?;
    let jobs = std::thread::available_parallelism().map_or(1, NonZero::get);
    run(Command::new("make").arg(format!("-j{jobs}")))?;
    run(Command::new("make")
        .arg("install")
        .arg(format!("DESTDIR={}", staged.display())))?;
    let built = staged.join(place.strip_prefix("/").unwrap_or(place));
    if !built.join("bin/python3").is_file() {
        bail!(
            "the build brought no {}",
            built.join("bin/python3").display()
        );
    }
    if place.exists() {
        std::fs::remove_dir_all(place)?;
    }
    std::fs::rename(&built, place)?;
    std::fs::remove_dir_all(&staged)?;
    std::fs::remove_dir_all(&work)?;
    Ok(())
}
