"""Values that an exercise leaves to its readers, and its solution gives: `tea =`, then `tea = pour(pot)`."""

from collections.abc import Iterable

from checker.analysis.placeholders import fill_placeholders
from checker.model import Block


def gap_filled_later(source: str, later: Iterable[Block]) -> tuple[str, str]:
    """The source with a value in every gap, and what stands before the first one.

    Both are empty when there is no gap, or one that no later block fills: it may be a slip as well.
    """
    lines, first, wanted = source.split("\n"), "", set[str]()
    for number, line in enumerate(lines):
        if target := _target(line):
            first = first or target
            wanted.add(_plain(target))
            lines[number] = f"{line.rstrip()} _"
    if not wanted:
        return "", ""
    for block in later:
        wanted.difference_update(map(_given, block.code.split("\n")))
        if not wanted:
            return fill_placeholders("\n".join(lines))[0], first
    return "", ""


def _target(line: str) -> str:
    """What is left without a value at the end of this line, if anything."""
    code = line.strip()
    if not code.endswith("=") or code.startswith("#"):
        return ""
    target = code[:-1].rstrip()
    return target if target and target[-1] not in "=!<>:+-*/%&|^@~([{," else ""


def _given(line: str) -> str:
    """What this line gives a value, or what looks like it."""
    target, _, value = line.partition("=")
    return _plain(target) if value.strip() and not value.startswith("=") else ""


def _plain(text: str) -> str:
    return "".join(text.split())
