"""Running Cargo."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyrus.loader import is_on
from pyrus.loader.errors import BuildError, LoaderError
from pyrus.loader.owners import take_over
from pyrus.loader.profiles import arguments, profile
from pyrus.loader.progress import Progress
from pyrus.loader.project import Extension


@dataclass(frozen=True)
class Built:
    """What a build gave: the library, and where to look up what it was made of."""

    library: Path
    workspace: Path
    manifests: list[Path]
    script_outputs: list[Path]
    stubs: Path
    # The oldest version that it is for, when it is for the stable ABI.
    stable: tuple[int, int] | None


@dataclass(frozen=True)
class Cargo:
    """Cargo for one project and this interpreter."""

    program: str
    extension: Extension
    target: Path

    def build(self, mode: str) -> Built:
        """Build the extension. Raises `BuildError` with Cargo's report."""
        facts = self.metadata("--no-deps")
        package = self.package(facts)
        workspace = Path(facts["workspace_root"])
        where = ["--manifest-path", str(self.extension.manifest), "--target-dir", str(self.target)]
        where += arguments(mode, workspace)
        if os.environ.get("CARGO_TARGET_DIR"):
            members = {member["name"]: member["id"] for member in facts["packages"]}
            records = self.target / f"{profile(mode)}.owners"
            take_over(records, workspace, members, lambda names: self.clean([members[name] for name in names], where))
        command = [self.program, "build", "--lib", "--message-format=json-render-diagnostics"]
        command += ["--package", package["id"], *where, *self.features()]
        verbose = is_on("PYRUS_VERBOSE")
        if not verbose:
            command.append("--quiet")
        messages = self.run(command, Progress.over(lambda: self.reachable(package["id"])), verbose)
        return self.collect(messages, package["id"], workspace)

    def clean(self, packages: list[str], where: list[str]) -> None:
        """Remove what was built of some packages."""
        command = [self.program, "clean", "--quiet", *where]
        command += [argument for package in packages for argument in ("--package", package)]
        done = subprocess.run(command, capture_output=True, cwd=self.extension.folder, env=environment(), check=False)
        if done.returncode != 0:
            raise self.failure(done.stderr.decode(errors="replace"))

    def features(self) -> list[str]:
        """The features asked for."""
        given = [] if self.extension.default_features else ["--no-default-features"]
        if self.extension.features:
            given += ["--features", ",".join(self.extension.features)]
        return given

    def metadata(self, *more: str) -> Any:
        """What `cargo metadata` says."""
        command = [self.program, "metadata", "--format-version=1", *more]
        command += ["--manifest-path", str(self.extension.manifest)]
        done = subprocess.run(command, capture_output=True, cwd=self.extension.folder, check=False)
        if done.returncode != 0:
            raise self.failure(done.stderr.decode(errors="replace"))
        return json.loads(done.stdout)

    def package(self, facts: Any) -> Any:
        """The package of the extension."""
        wanted = self.extension.package
        manifest = os.path.realpath(self.extension.manifest)
        for package in facts["packages"]:
            if package["name"] == wanted or (not wanted and os.path.realpath(package["manifest_path"]) == manifest):
                return package
        what = f"package {wanted}" if wanted else "package of its own (is it a virtual workspace?)"
        raise LoaderError(f"{self.extension.manifest} has no {what}", name=self.extension.module)

    def reachable(self, package: str) -> int:
        """How many crates a build of a package compiles at most."""
        triple = host(self.program)
        facts = self.metadata(*(["--filter-platform", triple] if triple else []))
        needs = {node["id"]: node["deps"] for node in facts["resolve"]["nodes"]}
        found: set[str] = set()
        todo = [package]
        while todo:
            one = todo.pop()
            if one not in found:
                found.add(one)
                todo += [dep["pkg"] for dep in needs[one] if any(kind["kind"] != "dev" for kind in dep["dep_kinds"])]
        return len(found)

    def run(self, command: list[str], progress: Progress, verbose: bool) -> list[Any]:
        """Run a build: its messages."""
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=self.extension.folder,
            env=environment(),
        )
        report: list[str] = []
        reader = threading.Thread(target=listen, args=(process, report, verbose), daemon=True)
        reader.start()
        messages = []
        assert process.stdout is not None
        try:
            with progress, process.stdout as lines:
                for line in lines:
                    # Build scripts and macros can print to our pipe, too.
                    if line.startswith(b"{"):
                        messages.append(json.loads(line))
                        progress.tell(messages[-1])
            code = process.wait()
        except BaseException:
            process.kill()
            process.wait()
            raise
        reader.join()
        if code != 0:
            raise self.failure("".join(report))
        return messages

    def failure(self, report: str) -> BuildError:
        """Cargo's report as an error."""
        name = self.extension.module
        message = f"{name} could not be built: cargo failed in {self.extension.folder}"
        return BuildError(message, name=name, report=report.strip())

    def collect(self, messages: list[Any], package: str, workspace: Path) -> Built:
        """What the messages of a successful build say."""
        library = None
        stubs = self.extension.folder / "gen"
        manifests: dict[str, None] = {}
        scripts = []
        stable = None
        for message in messages:
            is_local = message.get("package_id", "").startswith("path+")
            if message["reason"] == "compiler-artifact" and is_local:
                manifests[message["manifest_path"]] = None
                if message["package_id"] == package and "cdylib" in message["target"]["kind"]:
                    library = next((Path(name) for name in message["filenames"] if is_library(name)), None)
            elif message["reason"] == "build-script-executed":
                if "Py_LIMITED_API" in message["cfgs"]:
                    stable = oldest(message["cfgs"])
                if is_local:
                    out = Path(message["out_dir"])
                    scripts.append(out.with_name("output"))
                    if message["package_id"] == package:
                        stubs = out
        if library is None:
            manifest = self.extension.manifest
            raise LoaderError(f'{manifest} builds no extension: it needs `[lib] crate-type = ["cdylib"]`')
        return Built(library, workspace, [Path(manifest) for manifest in manifests], scripts, stubs, stable)


def oldest(cfgs: list[str]) -> tuple[int, int]:
    """The version of the stable ABI that the runtime's build script says: the newest one that all of it knows."""
    return 3, max(int(cfg.rpartition("_")[2]) for cfg in cfgs if cfg.startswith("Py_3_"))


def find_cargo(name: str) -> str:
    """Cargo's path. Editors and notebooks often start without the folder of rustup in their PATH."""
    home = Path(os.environ.get("CARGO_HOME") or Path.home() / ".cargo") / "bin"
    program = os.environ.get("CARGO") or shutil.which("cargo") or shutil.which("cargo", path=str(home))
    if program is None:
        raise LoaderError(
            f"{name} has to be built, but cargo was not found: install Rust from https://rustup.rs, add cargo to PATH, "
            "or set PYRUS_NORECOMPILE=1 to load what was built before",
            name=name,
        )
    return program


def host(cargo: str) -> str | None:
    """The target triple of this machine."""
    done = subprocess.run([cargo, "-vV"], capture_output=True, text=True, check=False)
    found = [line.partition(": ")[2] for line in done.stdout.splitlines() if line.startswith("host: ")]
    return found[0] if found else None


def environment() -> dict[str, str]:
    """The environment of a build: for this interpreter, and the same one in all of its virtual environments."""
    base = getattr(sys, "_base_executable", None) or sys.executable
    # `CARGO` and the like are set when we are a grandchild of Cargo; build scripts would see them changed.
    outer = ("CARGO_MANIFEST_DIR", "CARGO_PKG_", "OUT_DIR", "CARGO_MAKEFLAGS", "MAKEFLAGS")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(outer)}
    return {**kept, "PYO3_PYTHON": base}


def listen(process: subprocess.Popen[bytes], report: list[str], verbose: bool) -> None:
    """Keep what Cargo says, and pass it on when asked to."""
    assert process.stderr is not None
    with process.stderr as lines:
        for line in lines:
            text = line.decode(errors="replace")
            report.append(text)
            if verbose:
                sys.stderr.write(text)
                sys.stderr.flush()


def is_library(name: str) -> bool:
    """Whether a product of a build is what Python loads."""
    return name.endswith((".so", ".dylib", ".dll"))
