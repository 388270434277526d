"""How far the work is, on standard error, when it takes more than a second and somebody is there to see."""

import os
import sys
import time
from importlib import import_module
from typing import Protocol, Self

from checker.cli.output import is_terminal, wants_color

_PATIENCE = 1.0  # seconds


class Display(Protocol):
    """What shows the progress."""

    def update(self, what: str, label: str, done: int, total: int) -> None:
        """Show that `done` of `total` steps of the stage `what` are done, the last of them `label`."""

    def close(self) -> None:
        """Take it off the screen."""


class TerminalProgress:
    """The pipeline's progress as a bar, a context manager that leaves the screen clean."""

    def __init__(self, color: str) -> None:
        self._color = color
        self._terminal = is_terminal(sys.stderr)
        self._began = time.monotonic()
        self._display: Display | None = None
        self._what, self._done, self._total = "", 0, 0

    def begin(self, what: str, total: int) -> None:
        """A stage of `total` steps begins."""
        self._what, self._done, self._total = what, 0, total

    def advance(self, label: str) -> None:
        """One step is done; `label` names it."""
        self._done += 1
        if self._display is None and self._terminal and time.monotonic() - self._began > _PATIENCE:
            colored = wants_color(self._color, os.environ, terminal=True)
            # Imported now: it costs more than checking a lesson does.
            self._display = import_module("checker.cli.bar").Bar(color=colored)
        if self._display is not None:
            self._display.update(self._what, label, self._done, self._total)

    def end(self) -> None:
        """The stage is over."""
        if self._display is not None:
            self._display.close()
            self._display = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()
