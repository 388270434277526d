"""Walks a folder like git: skips ignored files, visits every folder once, and follows links only inside."""

import os
from collections.abc import Callable

from checker.model import Problem, Span
from checker.reading.ignoring import IGNORE_FILE, Ignores, load_ignores, load_ignores_above
from checker.reading.source import is_inside, tree_root

# Every virtual environment contains this file, whatever its folder is called.
_ENVIRONMENT_MARK = "pyvenv.cfg"

_SKIPPED_FOLDERS = frozenset(("node_modules", "__pycache__"))


class Walk:
    """Finds the files below `top` whose path, relative to it, `is_wanted`.

    `links` are files that are links; both lists contain paths that begin with `top`. Links may not lead out
    of `root`. Folders whose name begins with a dot, installed packages and virtual environments are not
    entered.
    """

    def __init__(self, top: str, is_wanted: Callable[[str], bool]) -> None:
        self.files: list[str] = []
        self.links: list[str] = []
        self.problems: list[Problem] = []
        self._top = top
        self._real_top = os.path.realpath(top)
        self.root = tree_root(top)
        self._is_wanted = is_wanted
        self._seen: set[tuple[int, int]] = set()
        self._pending: list[tuple[str, Ignores | None]] = []
        self._linked: list[tuple[str, Ignores | None]] = []

    def run(self) -> None:
        """Walk with a stack instead of recursion, since folders may be nested thousands deep."""
        above = load_ignores_above(self._real_top, self.root, self.problems)
        self._pending.append(("", above))
        # Links come last, so that a folder is reported under its own name and not under a link's.
        while self._pending or self._linked:
            name, ignores = (self._pending or self._linked).pop()
            try:
                self._enter(name, ignores)
            except OSError as error:
                reason = f"this folder cannot be listed ({error.strerror}): the lessons in it are not checked"
                self._report(name, reason)

    def _enter(self, folder: str, ignores: Ignores | None) -> None:
        path = os.path.join(self._top, folder)
        status = os.stat(path)
        if (status.st_dev, status.st_ino) in self._seen:
            return
        self._seen.add((status.st_dev, status.st_ino))
        with os.scandir(path) as listing:
            entries = {entry.name: entry for entry in listing}
        if _ENVIRONMENT_MARK in entries:
            return
        if IGNORE_FILE in entries:
            ignores = load_ignores(os.path.join(self._real_top, folder), ignores, self.problems)
        for entry in entries.values():
            self._sort_in(os.path.join(folder, entry.name), entry, ignores)

    def _sort_in(self, name: str, entry: os.DirEntry[str], ignores: Ignores | None) -> None:
        is_link = entry.is_symlink()
        # For a link to itself, DirEntry raises an error and os.path does not.
        if os.path.isdir(entry.path) if is_link else entry.is_dir():
            if not _is_skipped(entry.name) and not self._is_ignored(name, ignores, is_folder=not is_link):
                self._sort_in_folder(name, ignores, is_link=is_link)
        elif self._is_wanted(name) and not self._is_ignored(name, ignores, is_folder=False):
            (self.links if is_link else self.files).append(self._shown(name))

    def _sort_in_folder(self, name: str, ignores: Ignores | None, *, is_link: bool) -> None:
        if not is_link:
            self._pending.append((name, ignores))
        elif is_inside(os.path.realpath(self._shown(name)), self.root):
            self._linked.append((name, ignores))
        else:
            self._report(name, "this link leads out of the course's folder: its target is not checked")

    def _is_ignored(self, name: str, ignores: Ignores | None, *, is_folder: bool) -> bool:
        path = os.path.join(self._real_top, name)
        return ignores is not None and ignores.hide(path, is_folder=is_folder)

    def _shown(self, name: str) -> str:
        return name if self._top == "." else os.path.join(self._top, name)

    def _report(self, name: str, message: str) -> None:
        path = self._shown(name) if name else self._top
        self.problems.append(Problem("unreadable-file", message, Span(path, 1, 1, 1, 1, 0, 0)))


def _is_skipped(name: str) -> bool:
    return name.startswith(".") or name in _SKIPPED_FOLDERS
