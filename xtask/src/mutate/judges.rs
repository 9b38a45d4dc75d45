//! Who looks at what is built of a mutated runtime.

use std::path::PathBuf;
use std::process::Command;

use super::trial::Tree;
use crate::build::{Extension, KICAD, NATIVE, VISITOR, ZOO, with_package};

type Judge = fn(&Tree) -> Command;

/// Some extensions, and who looks at them, the quickest first.
pub(super) struct Stage {
    pub(super) name: &'static str,
    pub(super) extensions: &'static [&'static Extension],
    pub(super) judges: &'static [(&'static str, Judge)],
}

impl Stage {
    /// Judges of extensions have nothing to say on those that are as they were.
    pub(super) fn looks_at_what_it_builds(&self) -> bool {
        !self.extensions.is_empty()
    }
}

/// Each one sees what nobody has noticed before.
pub(super) const STAGES: [Stage; 3] = [
    Stage {
        name: "the zoo",
        extensions: &[&ZOO, &VISITOR],
        judges: &[
            ("random calls", Tree::fuzz),
            ("tests", Tree::tests),
            ("leaks", Tree::leaks),
        ],
    },
    Stage {
        name: "the runtime",
        extensions: &[],
        judges: &[("the runtime's own tests", Tree::own_tests)],
    },
    Stage {
        name: "the package",
        extensions: &[&NATIVE, &KICAD],
        judges: &[("tests of the package", Tree::package_tests)],
    },
];

impl Tree {
    fn zoo(&self) -> PathBuf {
        self.folder.join("examples/zoo/python")
    }

    fn fuzz(&self) -> Command {
        let mut command = self.cargo_pyrus("fuzz");
        command
            .args(["--calls", "6000", "--seed", "1", "--repeat", "1"])
            .args(["--shrink", "0", "--jobs", "1", "--timeout", "100"]);
        command
    }

    fn leaks(&self) -> Command {
        self.cargo_pyrus("leaks")
    }

    fn own_tests(&self) -> Command {
        let mut command = self.cargo("test");
        command.args(["--package", "pyrus", "--lib"]);
        command
    }

    fn cargo_pyrus(&self, verb: &str) -> Command {
        let mut command = Command::new(&self.command);
        command
            .current_dir(&self.folder)
            .args(["pyrus", verb, "--no-build", "--manifest-path"])
            .arg(ZOO.manifest)
            .arg("--python")
            .arg(&self.python.executable)
            .arg("--path")
            .arg(self.zoo());
        command
    }

    fn tests(&self) -> Command {
        let mut command = self.pytest();
        command
            .arg("examples/zoo/tests")
            // It looks at texts, which no mutation changes.
            .args(["--deselect", "examples/zoo/tests/test_stub_lines.py"])
            // These use other versions of the extensions.
            .args(["--deselect", "examples/zoo/tests/test_interpreters.py"]);
        command
    }

    fn package_tests(&self) -> Command {
        let mut command = self.pytest();
        command
            .args(["tests/python/graph", "tests/python/faebryk"])
            .args(["tests/python/kicad", "tests/python/test_conversions.py"])
            .env("PYTHONPATH", self.folder.join("python"));
        command
    }

    fn pytest(&self) -> Command {
        let mut command = self.python.command();
        with_package(&mut command)
            .current_dir(&self.folder)
            .args(["-m", "pytest", "-x", "-q", "-p", "no:cacheprovider"])
            .args(["-n", "auto"])
            // More than the tests take for noise.
            .env("PYRUS_ROUNDS", "120");
        command
    }
}
