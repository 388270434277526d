"""What the lesson's interpreter has, found by looking at files: nothing a lesson uses is imported for it."""

import os
import re
import site
import sys
from collections.abc import Sequence
from importlib.machinery import PathFinder

from checker.model import Environment

# The packages whose versions change what lessons do.
DESCRIBED = ("confluent-kafka", "matplotlib", "numpy", "pandas", "polars", "pyspark")
_DIST_INFO = re.compile(r"(?P<name>.+)-(?P<version>[^-]+)\.dist-info")


def is_standard(module: str) -> bool:
    """Whether a module comes with Python."""
    return module.partition(".")[0] in sys.stdlib_module_names


class Packages:
    """The packages that a lesson's interpreter can import; each is looked for once."""

    def __init__(self, folders: Sequence[str] | None = None) -> None:
        self._folders = site_folders() if folders is None else list(folders)
        self._known: dict[str, bool] = {}

    def has(self, module: str) -> bool:
        """Whether a module can be imported; what a package holds is looked at only if it is a mere folder."""
        if module not in self._known:
            self._known[module] = is_standard(module) or self._find(module)
        return self._known[module]

    def _find(self, module: str) -> bool:
        folders = self._folders
        for part in module.split("."):
            spec = PathFinder.find_spec(part, folders)
            if spec is None:
                return False
            if spec.origin is not None:
                return True
            # A namespace package, such as `google`: folders of that name, which several distributions share.
            folders = [inner for folder in folders if os.path.isdir(inner := os.path.join(folder, part))]
        return True


def describe(tier: str | None) -> Environment:
    """The environment for the results; `tier` is the isolation that the snippets ran in, if any ran."""
    return Environment(
        python=".".join(str(part) for part in sys.version_info[:3]),
        platform=_platform(),
        packages=_versions(site_folders()),
        tier=tier,
    )


def _platform() -> str:
    if sys.platform == "win32":
        return sys.platform
    uname = os.uname()
    return f"{uname.sysname} {uname.release} {uname.machine}"


def site_folders() -> list[str]:
    """Where the checker's own interpreter finds packages; the user's folder is one when it is in use.

    Not the current folder and not PYTHONPATH: a session sees neither.
    """
    folders = site.getsitepackages()
    if site.ENABLE_USER_SITE:
        folders.append(site.getusersitepackages())
    return [folder for folder in folders if os.path.isdir(folder)]


def _versions(folders: Sequence[str]) -> dict[str, str]:
    """The versions by the names of the distributions, read from folder names: metadata is slow to import."""
    versions: dict[str, str] = {}
    for folder in folders:
        for name in os.listdir(folder) if os.path.isdir(folder) else ():
            match = _DIST_INFO.fullmatch(name)
            distribution = match["name"].replace("_", "-").lower() if match else ""
            if match and distribution in DESCRIBED:
                versions.setdefault(distribution, match["version"])
    return dict(sorted(versions.items()))
