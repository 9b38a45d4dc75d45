//! Stubs against the tools that read them: ruff, mypy and pyright. Each is skipped, and says so, when it is not there.
//!
//! `PYRUS_TOOLS` names the folder of their programs; without it they are looked for on the path.

use std::ffi::OsString;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use pyrus_build::features::Features;

fn program(name: &str) -> Option<Command> {
    let path = match std::env::var_os("PYRUS_TOOLS") {
        Some(folder) => Path::new(&folder).join(name).into_os_string(),
        None => OsString::from(name),
    };
    let works = Command::new(&path)
        .arg("--version")
        .output()
        .is_ok_and(|out| out.status.success());
    if !works {
        eprintln!("skipped: {name} is not installed");
    }
    works.then(|| Command::new(path))
}

fn passes(command: &mut Command, folder: &Path) {
    let out = command.current_dir(folder).output().unwrap();
    let text =
        String::from_utf8_lossy(&out.stdout).into_owned() + &String::from_utf8_lossy(&out.stderr);
    assert!(out.status.success(), "{command:?}\n{text}");
}

/// All golden stubs in one folder, each extension below its own name.
fn all(folder: &Path) -> Vec<PathBuf> {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden/stub");
    let mut files = Vec::new();
    for case in fs::read_dir(golden)
        .unwrap()
        .map(|entry| entry.unwrap().path())
    {
        if case.join("bindings.yaml").exists() {
            files.extend(write(&case.join("bindings.yaml"), folder));
        }
    }
    fs::write(folder.join("ruff.toml"), pyrus_build::stub::RUFF_CONFIG).unwrap();
    files
}

fn write(declarations: &Path, folder: &Path) -> Vec<PathBuf> {
    let api =
        pyrus_idl::load(declarations).unwrap_or_else(|report| panic!("{}", report.render(false)));
    let mut files = Vec::new();
    for (name, text) in pyrus_build::render_stubs(&api, &Features::default()) {
        let path = folder.join(&name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        files.push(PathBuf::from(name));
    }
    files
}

#[test]
fn ruff_has_nothing_to_format() {
    let Some(mut ruff) = program("ruff") else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    all(folder.path());
    passes(
        ruff.args(["format", "--no-cache", "--diff", "."]),
        folder.path(),
    );
}

#[test]
fn ruff_has_nothing_to_lint() {
    let Some(mut ruff) = program("ruff") else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    all(folder.path());
    passes(ruff.args(["check", "--no-cache", "."]), folder.path());
}

#[test]
fn mypy_is_strict_and_content() {
    let Some(mut mypy) = program("mypy") else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let files = all(folder.path());
    mypy.args([
        "--strict",
        "--namespace-packages",
        "--explicit-package-bases",
    ]);
    mypy.args([
        "--disable-error-code=import-not-found",
        "--cache-dir=.cache",
    ]);
    passes(mypy.args(files), folder.path());
}

#[test]
fn pyright_is_content() {
    let Some(mut pyright) = program("pyright") else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    all(folder.path());
    let config = r#"{"reportMissingImports": "none", "pythonVersion": "3.9"}"#;
    fs::write(folder.path().join("pyrightconfig.json"), config).unwrap();
    passes(&mut pyright, folder.path());
}

/// Small pseudo-random numbers, the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn name(&mut self, prefix: &str) -> String {
        let mut name = String::from(prefix);
        for _ in 0..self.roll(5) {
            name.push_str(["_of", "_some", "_longer", "_parts"][self.roll(4) as usize]);
        }
        name
    }

    fn ty(&mut self, depth: u64) -> String {
        let kinds = if depth == 0 { 4 } else { 10 };
        match self.roll(kinds) {
            0 => "i64".into(),
            1 => "str".into(),
            2 => "bytes".into(),
            3 => "SomeQuiteLongClassName".into(),
            4 => format!("list[{}]", self.ty(depth - 1)),
            5 => format!("dict[str, {}]", self.ty(depth - 1)),
            6 => format!("tuple[{}, {}]", self.ty(depth - 1), self.ty(depth - 1)),
            7 => format!("tuple[{}, {}, i64]", self.ty(depth - 1), self.ty(depth - 1)),
            8 => format!(
                "list[{}] | dict[str, {}] | None",
                self.ty(depth - 1),
                self.ty(depth - 1)
            ),
            _ => format!("tuple[{}]?", self.ty(depth - 1)),
        }
    }

    fn argument(&mut self) -> String {
        if self.roll(5) > 0 {
            return self.ty(3);
        }
        let params: Vec<_> = (0..self.roll(4)).map(|_| self.ty(2)).collect();
        format!("Callable[[{}], {}]", params.join(", "), self.ty(2))
    }

    fn function(&mut self, index: u64, indent: &str) -> String {
        let name = self.name(&format!("f{index}"));
        let mut text = format!("{indent}{name}:\n{indent}  args:\n");
        let count = self.roll(6);
        let star = self.roll(8);
        let slash = self.roll(8);
        for index in 0..count {
            if index == star && star > slash {
                let _ = writeln!(text, "{indent}    \"*\":");
            }
            let _ = writeln!(
                text,
                "{indent}    {}: \"{}\"",
                self.name(&format!("a{index}")),
                self.argument()
            );
            if index == slash {
                let _ = writeln!(text, "{indent}    /:");
            }
        }
        if count == 0 {
            text = format!("{indent}{name}:\n");
        }
        let _ = writeln!(text, "{indent}  returns: \"{}\"", self.ty(3));
        if self.roll(3) == 0 {
            let _ = writeln!(text, "{indent}  doc: {}", self.name("Words"));
        }
        text
    }
}

#[test]
fn random_signatures_are_fixed_points() {
    let Some(mut ruff) = program("ruff") else {
        return;
    };
    let mut dice = Dice(7);
    let mut text = String::from("idl: 1\nextension: random\nfunctions:\n");
    (0..400).for_each(|index| text.push_str(&dice.function(index, "  ")));
    text.push_str("classes:\n  SomeQuiteLongClassName:\n    rust: a::B\n    methods:\n");
    (0..300).for_each(|index| text.push_str(&dice.function(index, "      ")));
    text.push_str("types:\n");
    (0..100).for_each(|index| {
        let _ = writeln!(
            text,
            "  {}: \"{}\"",
            dice.name(&format!("T{index}")),
            dice.ty(4)
        );
    });
    text.push_str("records:\n  R:\n    fields:\n");
    (0..100).for_each(|index| {
        let _ = writeln!(
            text,
            "      {}: \"{}\"",
            dice.name(&format!("x{index}")),
            dice.ty(4)
        );
    });
    let folder = tempfile::tempdir().unwrap();
    let declarations = folder.path().join("bindings.yaml");
    fs::write(&declarations, text).unwrap();
    write(&declarations, folder.path());
    fs::write(
        folder.path().join("ruff.toml"),
        pyrus_build::stub::RUFF_CONFIG,
    )
    .unwrap();
    passes(
        ruff.args(["format", "--no-cache", "--diff", "random.pyi"]),
        folder.path(),
    );
}
