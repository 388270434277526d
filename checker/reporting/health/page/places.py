"""Anchors for places in the course, and paths without their common prefix."""

from collections import defaultdict
from collections.abc import Callable
from os.path import commonpath
from posixpath import dirname
from typing import Any

from checker.reporting.document import FindingRecord, Results
from checker.reporting.health.model import Health, Place, State
from checker.reporting.health.page.budget import with_code
from checker.reporting.health.states import Key, errors_by_block, snippets, state


class Places:
    """The anchors of lessons and snippets, and which snippets are shown with their code."""

    def __init__(self, health: Health, results: Results, room: int) -> None:
        paths = sorted(lesson.path for module in health.modules for lesson in module.lessons)
        self.lessons = {path: f"l{number}" for number, path in enumerate(paths, 1)}
        errors = errors_by_block(results.findings)
        self.states: dict[Key, State] = {
            (each.path, each.index): state(each, errors) for each in snippets(results)
        }
        self.findings: dict[Key, list[FindingRecord]] = defaultdict(list)
        for finding in results.findings:
            if finding.block is not None:
                self.findings[finding.path, finding.block].append(finding)
        self.with_code = with_code(results.blocks, self.states, self.findings, room)
        folders = {dirname(path) for path in paths}
        self._common = commonpath(folders) if folders and not any(map(_odd, folders)) else ""

    def anchor(self, at: Place) -> str:
        """The anchor of a place."""
        if at.block is not None and (at.path, at.block) in self.with_code:
            return self.snippet(at.path, at.block)
        return self.lessons[at.path]

    def snippet(self, path: str, block: int) -> str:
        """The anchor of a snippet with its code."""
        return f"{self.lessons[path]}b{block}"

    def short(self, path: str) -> str:
        """The path without the folders that all lessons share."""
        return path.removeprefix(self._common).lstrip("/") if self._common else path

    def functions(self) -> dict[str, Callable[..., Any]]:
        """The functions that templates call."""
        return {"anchor": self.anchor, "short": self.short}


def _odd(folder: str) -> bool:
    return not folder or folder.startswith(("/", ".."))
