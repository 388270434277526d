"""Shows the progress on standard error, when it takes more than a second and there is a terminal."""

import os
import sys
import time
from collections.abc import Mapping
from importlib import import_module
from typing import Self

from checker.cli.display import Display, Shown
from checker.cli.estimate import Estimate, in_words
from checker.cli.output import is_terminal, wants_color

_PATIENCE = 1.0  # seconds


class TerminalProgress:
    """The pipeline's progress as a bar; a context manager that leaves the screen clean."""

    def __init__(self, color: str) -> None:
        self._color = color
        self._terminal = is_terminal(sys.stderr)
        self._began = time.monotonic()
        self._display: Display | None = None
        self._what, self._done, self._total = "", 0, 0
        self._stage_began, self._estimate = self._began, Estimate(0, {})

    def begin(self, what: str, total: int, seconds: Mapping[str, float]) -> None:
        """A stage of `total` steps begins; `seconds` are what steps are known to take, by their labels."""
        self._what, self._done, self._total = what, 0, total
        self._stage_began, self._estimate = time.monotonic(), Estimate(total, seconds)

    def advance(self, label: str) -> None:
        """One step is done; `label` names it."""
        self._done += 1
        self._estimate.advance(label)
        if self._display is None and self._terminal and time.monotonic() - self._began > _PATIENCE:
            colored = wants_color(self._color, os.environ, terminal=True)
            # Imported here: it costs more than checking a lesson.
            self._display = import_module("checker.cli.bar").Bar(color=colored)
        if self._display is not None:
            share = self._estimate.share if self._done < self._total else 1.0
            left = in_words(self._estimate.left(time.monotonic() - self._stage_began))
            self._display.update(Shown(self._what, label, self._done, self._total, share, left))

    def end(self) -> None:
        """The stage is over."""
        if self._display is not None:
            self._display.close()
            self._display = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()
