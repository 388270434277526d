"""Finds the packages of an interpreter by looking at files, without importing anything."""

import os
import sys
from collections.abc import Sequence
from importlib.machinery import (
    BYTECODE_SUFFIXES,
    SOURCE_SUFFIXES,
    ExtensionFileLoader,
    FileFinder,
    SourceFileLoader,
    SourcelessFileLoader,
)

from checker.model import Environment
from checker.patterns import regex
from checker.running.interpreter import Interpreter

# The packages whose versions change what lessons do.
DESCRIBED = ("confluent-kafka", "matplotlib", "numpy", "pandas", "polars", "pyspark")
_METADATA = (".dist-info", ".egg-info", ".egg-link", ".pth")
_DIST_INFO = regex(r"(?P<name>.+)-(?P<version>[^-]+)\.dist-info")


class Packages:
    """The packages that an interpreter can import; each is looked up once."""

    def __init__(self, interpreter: Interpreter) -> None:
        self._interpreter = interpreter
        self._known: dict[str, bool] = {}
        self._finders: dict[str, FileFinder] = {}

    def has(self, module: str) -> bool:
        """Whether a module can be imported. For a dotted name, only namespace packages are searched."""
        if module not in self._known:
            self._known[module] = self._is_standard(module) or self._find(module)
        return self._known[module]

    def _is_standard(self, module: str) -> bool:
        return module.partition(".")[0] in self._interpreter.standard

    def _find(self, module: str) -> bool:
        folders: Sequence[str] = self._interpreter.folders
        for part in module.split("."):
            if any(self._holds(folder, part) for folder in folders):
                return True
            # A namespace package such as `google`: several distributions have a folder of this name.
            folders = [inner for folder in folders if os.path.isdir(inner := os.path.join(folder, part))]
        return bool(folders)

    def _holds(self, folder: str, name: str) -> bool:
        """Whether a folder holds a module or package of this name.

        Suffixes of compiled ones differ by Python.
        """
        if folder not in self._finders:  # each lists its folder once
            self._finders[folder] = FileFinder(
                folder,
                (ExtensionFileLoader, list(self._interpreter.extensions)),
                (SourceFileLoader, SOURCE_SUFFIXES),
                (SourcelessFileLoader, BYTECODE_SUFFIXES),
            )
        spec = self._finders[folder].find_spec(name)
        return spec is not None and spec.loader is not None


def installed(folder: str) -> list[tuple[str, int]]:
    """The entries of a folder of packages with their times: an installation changes them."""
    with os.scandir(folder) as entries:
        found = [(each.name, each.stat().st_mtime_ns) for each in entries if each.name.endswith(_METADATA)]
    return [("", os.stat(folder).st_mtime_ns), *sorted(found)]


def describe(interpreter: Interpreter, tier: str | None) -> Environment:
    """The environment for the results; `tier` is the isolation that snippets ran in, None when none ran."""
    return Environment(
        python=interpreter.version_text,
        platform=_platform(),
        packages=_versions(interpreter.folders),
        tier=tier,
    )


def _platform() -> str:
    if sys.platform == "win32":
        return sys.platform
    uname = os.uname()
    return f"{uname.sysname} {uname.release} {uname.machine}"


def _versions(folders: Sequence[str]) -> dict[str, str]:
    return {name: version for name, version in distributions(folders).items() if name in DESCRIBED}


def distributions(folders: Sequence[str]) -> dict[str, str]:
    """The versions of distributions by name, read from folder names: importlib.metadata is slow to import."""
    versions: dict[str, str] = {}
    for folder in folders:
        for name in os.listdir(folder) if os.path.isdir(folder) else ():
            if match := _DIST_INFO.fullmatch(name):
                versions.setdefault(match["name"].replace("_", "-").lower(), match["version"])
    return dict(sorted(versions.items()))
