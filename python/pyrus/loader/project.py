"""What a project says about its extensions."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyrus.loader.errors import LoaderError

KEYS = {"module", "manifest", "package", "features", "default-features"}
DECLARED = re.compile(r"""^extension:\s*["']?([\w.]+)""", re.MULTILINE)


@dataclass(frozen=True)
class Extension:
    """An extension: the module's full name, and how Cargo finds it."""

    module: str
    manifest: Path
    package: str | None = None
    features: tuple[str, ...] = ()
    default_features: bool = True

    @property
    def folder(self) -> Path:
        """The folder of its `Cargo.toml`, `bindings.yaml` and `gen/`."""
        return self.manifest.parent


def find(root: Path, name: str) -> Extension:
    """The extension of a project with this module name."""
    known = extensions(root)
    for extension in known:
        if extension.module == name:
            return extension
    names = ", ".join(extension.module for extension in known)
    raise LoaderError(f"{root} has no extension {name}, only {names}", name=name)


def extensions(root: Path) -> list[Extension]:
    """All extensions of a project: what `[tool.pyrus]` lists, or the one of its `bindings.yaml`."""
    return listed(root) or [declared(root / "Cargo.toml")]


def declared(manifest: Path) -> Extension:
    """The extension that the declarations beside a manifest describe."""
    declarations = manifest.with_name("bindings.yaml")
    try:
        found = DECLARED.search(declarations.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise LoaderError(f"cannot read {declarations}: {error}") from error
    if not found:
        raise LoaderError(f"{declarations} does not say which extension it declares: `extension: package._name`")
    return Extension(found[1], manifest)


def listed(root: Path) -> list[Extension]:
    """What `[tool.pyrus]` in `pyproject.toml` lists."""
    place = root / "pyproject.toml"
    try:
        text = place.read_text(encoding="utf-8")
    except OSError:
        return []
    if "[tool.pyrus" not in text:
        return []
    tables = parse(place, text).get("tool", {}).get("pyrus", {}).get("extensions", [])
    if not isinstance(tables, list):
        raise LoaderError(f"{place}: tool.pyrus.extensions must be a list of tables")
    return [extension(place, table) for table in tables]


def extension(place: Path, table: Any) -> Extension:
    """One table of the list."""
    if not isinstance(table, dict) or not isinstance(table.get("module"), str):
        raise LoaderError(f'{place}: each of tool.pyrus.extensions needs a module, such as {{module = "greet._greet"}}')
    unknown = sorted(table.keys() - KEYS)
    if unknown:
        known = ", ".join(sorted(KEYS))
        raise LoaderError(f"{place}: tool.pyrus.extensions has the unknown key {unknown[0]!r}; known are {known}")
    return Extension(
        table["module"],
        place.parent / table.get("manifest", "Cargo.toml"),
        table.get("package"),
        tuple(table.get("features", ())),
        table.get("default-features", True),
    )


def parse(place: Path, text: str) -> dict[str, Any]:
    """TOML as dictionaries."""
    if sys.version_info >= (3, 11):
        import tomllib as toml
    else:
        try:
            import tomli as toml
        except ModuleNotFoundError:
            raise LoaderError(
                f"reading {place} needs the package tomli before Python 3.11: run `pip install 'pyrus[build]'`"
            ) from None
    try:
        tables: dict[str, Any] = toml.loads(text)
    except toml.TOMLDecodeError as error:
        raise LoaderError(f"{place}: {error}") from error
    return tables
