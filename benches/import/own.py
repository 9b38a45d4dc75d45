"""A project as users have them: its own sources in a folder, the crates of Pyrus from a Git repository."""

from __future__ import annotations

import shutil
from pathlib import Path

NAME = "greet"

FILES = {
    "Cargo.toml": """\
[package]
name = "greet"
version = "0.1.0"
edition = "2024"

[lib]
crate-type = ["cdylib"]

[dependencies]
pyrus = {{ git = "{repository}" }}

[build-dependencies]
pyrus-build = {{ git = "{repository}" }}

[workspace]
""",
    "build.rs": """\
fn main() -> std::process::ExitCode {{
    pyrus_build::main()
}}
""",
    "bindings.yaml": """\
idl: 1
extension: greet
functions:
  hello: {{args: {{name: str}}, returns: str}}
""",
    "src/lib.rs": """\
include!(concat!(env!("OUT_DIR"), "/pyrus.rs"));

pub fn hello(name: &str) -> String {{
    format!("Hello {{name}}!")
}}
""",
}


def write(folder: Path, checkout: Path) -> Path:
    """Write the project; its crates are those of the checkout's last commit."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        content = text.format(repository=checkout.as_uri())
        if not path.exists() or path.read_text(encoding="utf-8") != content:
            path.write_text(content, encoding="utf-8")
    # The versions that the checkout is tested with.
    if not (folder / "Cargo.lock").exists():
        shutil.copy(checkout / "Cargo.lock", folder / "Cargo.lock")
    return folder
