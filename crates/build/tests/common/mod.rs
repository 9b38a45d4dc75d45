//! Small extensions in a workspace of their own, built by the real Cargo against the crates of this one.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use cargo_metadata::Message;

const BUILD: &str = "fn main() -> std::process::ExitCode {\n    pyrus_build::main()\n}\n";

/// A workspace below Cargo's folder for tests. It keeps what was compiled, so that only the first run is slow.
pub(crate) struct Workspace {
    pub(crate) folder: PathBuf,
}

/// What Cargo said.
pub(crate) struct Run {
    pub(crate) success: bool,
    pub(crate) messages: Vec<Message>,
    pub(crate) stderr: String,
}

impl Workspace {
    /// An empty workspace; `name` must be unique among all tests.
    pub(crate) fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let workspace = Workspace { folder };
        workspace.put(
            "Cargo.toml",
            "[workspace]\nmembers = [\"*\"]\nresolver = \"3\"\n",
        );
        let lock = fs::read_to_string(root().join("Cargo.lock")).unwrap();
        workspace.put("Cargo.lock", &lock);
        workspace
    }

    /// An extension with these declarations, this `src/lib.rs`, and these lines as `[features]`.
    pub(crate) fn extension(&self, name: &str, declarations: &str, library: &str, features: &str) {
        let crates = root().join("crates");
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[lib]\ncrate-type = [\"cdylib\"]\n\n\
             [features]\n{features}\n[dependencies]\npyrus = {{ path = '{}' }}\n\n[build-dependencies]\n\
             pyrus-build = {{ path = '{}' }}\n",
            crates.join("pyrus").display(),
            crates.join("build").display(),
        );
        for (file, text) in [
            ("Cargo.toml", manifest.as_str()),
            ("build.rs", BUILD),
            ("bindings.yaml", declarations),
            ("src/lib.rs", library),
        ] {
            self.put(&format!("{name}/{file}"), text);
        }
    }

    /// Write a file, unless it is like that already.
    pub(crate) fn put(&self, file: &str, text: &str) {
        let path = self.folder.join(file);
        if fs::read_to_string(&path).is_ok_and(|old| old == text) {
            return;
        }
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// `cargo check` without network, in the target folder that this test was built in: the dependencies are there.
    pub(crate) fn check(&self, arguments: &[&str]) -> Run {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
        let out = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args(["check", "--offline", "--message-format=json"])
            .args(arguments)
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", target)
            .env_remove("PYRUS_STUBS")
            .stdin(Stdio::null())
            .output()
            .unwrap();
        Run {
            success: out.status.success(),
            messages: Message::parse_stream(&out.stdout[..])
                .collect::<Result<_, _>>()
                .unwrap(),
            stderr: String::from_utf8_lossy(&out.stderr).into_owned(),
        }
    }
}

fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap().parent().unwrap().to_owned()
}
