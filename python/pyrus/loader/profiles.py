"""Modes and the Cargo profiles behind them."""

from __future__ import annotations

import re
from pathlib import Path

# Cargo's profile for each mode, and what it is when `Cargo.toml` does not say.
PROFILES: dict[str, tuple[str, dict[str, str]]] = {
    "Debug": ("dev", {}),
    "ReleaseFast": ("release", {}),
    "ReleaseSafe": (
        "release-safe",
        {"inherits": '"release"', "overflow-checks": "true", "debug-assertions": "true"},
    ),
    "ReleaseSmall": ("release-small", {"inherits": '"release"', "opt-level": '"s"'}),
}


def profile(mode: str) -> str:
    """The name of a mode's profile."""
    return PROFILES[mode][0]


def arguments(mode: str, workspace: Path) -> list[str]:
    """What makes Cargo build in a mode, given the folder of the manifest that has the profiles."""
    name, settings = PROFILES[mode]
    given = ["--profile", name]
    if not declares(workspace / "Cargo.toml", name):
        for key, value in settings.items():
            given += ["--config", f"profile.{name}.{key}={value}"]
    return given


def declares(manifest: Path, name: str) -> bool:
    """Whether a manifest has a profile of its own of that name."""
    header = re.compile(rf"""^\s*\[\s*profile\s*\.\s*["']?{re.escape(name)}["']?\s*[].]""", re.MULTILINE)
    return header.search(manifest.read_text(encoding="utf-8")) is not None
