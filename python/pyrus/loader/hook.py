"""The import hook: builds extensions whenever they are imported, also when their packages do not call the loader."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

from pyrus.loader import locate, project, project_of, remember, spec_of


class Hook:
    """Finds extensions in their projects, and has them built."""

    def __init__(self) -> None:
        # Project of each extension outside a package, and the extensions of each folder of packages seen so far.
        self.alone: dict[str, str] = {}
        self.known: dict[str, frozenset[str]] = {}

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Called by the import system for every module that is not loaded yet."""
        if path is None:
            return self.build(name, "", self.alone[name]) if name in self.alone else None
        for folder in path:
            package = os.path.abspath(folder)
            if name in self.extensions_of(package):
                return self.build(name, package, project_of(package) or package)
        return None

    def extensions_of(self, package: str) -> frozenset[str]:
        """The extensions of the project that a package is part of."""
        if package not in self.known:
            root = project_of(package)
            names = [extension.module for extension in project.extensions(Path(root))] if root else []
            self.known[package] = frozenset(names)
        return self.known[package]

    def build(self, name: str, package: str, root: str) -> ModuleSpec | None:
        """How to load an extension, after building it."""
        file = locate(name, package, root)
        if file is None:
            return None
        remember(name, file, root)
        return spec_of(name, file)


HOOK = Hook()


def install(projects: Sequence[str]) -> None:
    """Put the hook before Python's own finders, once."""
    for root in projects:
        for extension in project.extensions(Path(root)):
            if "." not in extension.module:
                HOOK.alone[extension.module] = root
    if HOOK not in sys.meta_path:
        sys.meta_path.insert(0, HOOK)
