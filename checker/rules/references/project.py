"""The folder of a course's site, and the files in it."""

import os
from collections.abc import Iterable, Iterator
from os.path import dirname, join, normpath, relpath

from checker.spelling import nearest_in_any_case

# A folder with one of these is a whole site or repository: files not found in it do not exist.
_MARKS = (
    "package.json",
    ".git",
    "astro.config.mjs",
    "astro.config.ts",
    "astro.config.js",
    "docusaurus.config.js",
    "docusaurus.config.ts",
    "docs.json",
    "mint.json",
)
# Where Astro has its collections.
_CONTENT = "/src/content/"
_FILES_MAX = 200_000
_COMPARED_MAX = 2_000


def project_folder(folder: str) -> tuple[str, bool]:
    """The site's folder around an absolute folder, and whether it is certain that it is one."""
    at = folder
    while True:
        if any(os.path.lexists(join(at, mark)) for mark in _MARKS):
            return at, True
        if dirname(at) == at:
            break
        at = dirname(at)
    above, found, _ = f"{folder}/".partition(_CONTENT)
    return (above or "/", False) if found else (folder, False)


def seen_from(folder: str, path: str) -> str:
    """`relpath` for two absolute paths, faster when the second is below the first."""
    start = folder.rstrip("/") + "/"
    is_below = path.startswith(start) and "/." not in path and "//" not in path
    return path[len(start) :] if is_below else relpath(path, folder)


class Files:
    """The files and folders below one folder; each folder is listed once.

    Nothing outside the folder is accessed, not even to see whether it exists. `gone` are absolute paths of
    deleted files that count as present.
    """

    def __init__(self, folder: str, gone: Iterable[str] = ()) -> None:
        self.folder = normpath(folder)
        self.gone = tuple(gone)
        self._gone: dict[str, set[str]] = {}
        for path in self.gone:
            at = path
            while self.holds(at) and at != self.folder:
                at, name = os.path.split(at)
                self._gone.setdefault(at, set()).add(name)
        self._listings: dict[str, frozenset[str]] = {}

    def holds(self, path: str) -> bool:
        """Whether an absolute path is in the folder."""
        return path == self.folder or path.startswith(self.folder.rstrip("/") + "/")

    def has(self, path: str) -> bool:
        """Whether this absolute path exists; case counts, on every system."""
        folder, name = os.path.split(path)
        return self.holds(path) and (path == self.folder or name in self.names(folder))

    def names(self, folder: str) -> frozenset[str]:
        """The names in a folder, none when it cannot be listed."""
        if folder not in self._listings:
            try:
                listed = frozenset(os.listdir(folder)) if self.holds(folder) else frozenset[str]()
            except (OSError, ValueError):  # the name may contain characters that file names cannot
                listed = frozenset()
            self._listings[folder] = listed | self._gone.get(folder, frozenset())
        return self._listings[folder]

    def has_folder(self, path: str) -> bool:
        """Whether there is a folder at this absolute path that is not empty."""
        return bool(self.names(path))

    def nearest(self, path: str, name: str) -> str:
        """The file beside this absolute path that was probably meant, written in the form of `name`."""
        folder, last = os.path.split(path)
        near = nearest_in_any_case(last, sorted(self.names(folder) - {last})[:_COMPARED_MAX])
        return name.removesuffix(last) + near if near else ""


def files_below(folder: str, endings: Iterable[str]) -> Iterator[str]:
    """The relative paths of the files below a folder with one of these suffixes.

    Links to folders, hidden files and installed packages are skipped.
    """
    waiting = [""]
    seen = 0
    wanted = tuple(endings)
    while waiting and seen < _FILES_MAX:
        below = waiting.pop()
        try:
            with os.scandir(join(folder, below)) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError:
            continue
        for entry in entries:
            seen += 1
            name = f"{below}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                if not entry.name.startswith(".") and entry.name != "node_modules":
                    waiting.append(f"{name}/")
            elif entry.name.endswith(wanted):
                yield name
