"""What was printed as a reader sees it: without colours and overwritten text, wrapped tables joined."""

import re
from collections.abc import Iterator, Sequence

from checker.patterns import regex

_ESCAPES = regex(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\^_])")
_CONTROL = regex(r"[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f\ufeff\u200b]")
_WRAPPED = regex(r".*\S[ \t]+\\[ \t]*")
_SHAPE = regex(r"\[\d+ rows [x×] \d+ columns\]")
# It differs between versions of pandas, and of Python.
_USAGE = regex(r"^memory usage: .*", re.MULTILINE)
_ROWS = regex(r"[ \t]*\[?\d+ rows [x×] \d+ columns\]?[ \t]*")


def as_seen(text: str) -> str:
    """A text as a terminal shows it."""
    text = _USAGE.sub("memory usage:", _ESCAPES.sub("", text).replace("\r\n", "\n"))
    lines = (line.rstrip("\r").rpartition("\r")[2] for line in text.split("\n"))
    return "\n".join(_unwrapped([_CONTROL.sub("", line).rstrip() for line in lines]))


def without_sizes(shown: str, printed: str) -> tuple[str, str]:
    """Both texts without `[5 rows x 2 columns]`, when only one has it, since that depends on the width."""
    if bool(_SHAPE.search(shown)) == bool(_SHAPE.search(printed)):
        return shown, printed
    return _without(shown), _without(printed)


def _without(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if not _ROWS.fullmatch(line))


def _unwrapped(lines: Sequence[str]) -> Iterator[str]:
    """The parts of a wide table side by side, as pandas would write them with more room."""
    at = 0
    while at < len(lines):
        if not _WRAPPED.fullmatch(lines[at]):
            yield lines[at]
            at += 1
            continue
        table = _part(lines, at)
        at += len(table)
        wrapped = True
        while wrapped and at + 1 < len(lines) and not lines[at]:
            part = _part(lines, at + 1)
            if len(part) != len(table):
                break
            wrapped = _WRAPPED.fullmatch(part[0]) is not None
            table = [_joined(one, other) for one, other in zip(table, part, strict=True)]
            at += len(part) + 1
        yield from table


def _part(lines: Sequence[str], start: int) -> list[str]:
    end = next((i for i in range(start, len(lines)) if not lines[i]), len(lines))
    return list(lines[start:end])


def _joined(line: str, more: str) -> str:
    """A row of a table and its next part, which repeats the row's label."""
    line = line.rstrip(" \t\\")
    label = line.split(maxsplit=1)[:1]
    return f"{line} {more.strip().removeprefix(label[0]) if label else more}"
