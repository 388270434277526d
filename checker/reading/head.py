"""The results of the YAML and TOML readers, and their errors."""

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from checker.model import KeySpans, Problem, Span

MAX_DEPTH = 32

Path = tuple[str | int, ...]

# Makes a span from two offsets in the text between the fences.
Place = Callable[[int, int], Span]


class HeadValues(Struct, frozen=True):
    """The data of a head (None when it is refused), the spans of its values by path, and its problems."""

    data: dict[str, Any] | None
    spans: dict[Path, KeySpans]
    problems: tuple[Problem, ...]


class HeadError(Exception):
    """A head cannot be read: the rule that reports it, why in words, and the offsets of the place."""

    def __init__(self, rule: str, message: str, start: int, end: int) -> None:
        super().__init__(message)
        self.rule = rule
        self.start = start
        self.end = end

    def problem(self, place: Place) -> Problem:
        """The problem to report."""
        return Problem(self.rule, str(self), place(self.start, self.end))
