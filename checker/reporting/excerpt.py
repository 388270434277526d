"""The source lines of a finding, with its range marked in terminal cells.

Cells are not characters: a tab extends to its stop, an ideograph takes two cells, a combining mark none, and
escaped characters are wider than before.
"""

from collections.abc import Callable, Iterator
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from checker.model import Lesson
from checker.reporting.document import FindingRecord
from checker.reporting.escape import CUT, one_line

_MOST_LINES = 4
_TAB_WIDTH = 4


class MarkedLine(Struct, frozen=True):
    """One line of source as it is shown; `width` cells of it are marked, beginning at cell `start`."""

    number: int
    text: str
    start: int
    width: int


def excerpt(lesson: Lesson, finding: FindingRecord, room: int) -> Iterator[MarkedLine | None]:
    """The marked lines of a finding, each at most `room` cells wide; None stands for omitted lines."""
    last, last_end = finding.end_line, finding.end_column - 1
    if last > finding.line and last_end == 0:  # it ends with the line end, not in the next line
        last -= 1
        last_end = len(_line(lesson, last))
    for number in _shown(finding.line, last):
        if number is None:
            yield None
            continue
        line = _line(lesson, number)
        start = finding.column - 1 if number == finding.line else len(line) - len(line.lstrip(" \t"))
        end = last_end if number == last else len(line)
        marked = _mark(line, number, start, max(start, end), room)
        # An empty span points between two characters; a blank line inside a longer span is not marked.
        yield replace(marked, width=1) if number == finding.line and not marked.width else marked


def _shown(first: int, last: int) -> Iterator[int | None]:
    if last - first < _MOST_LINES:
        yield from range(first, last + 1)
    else:
        yield from (first, first + 1, None, last)


def _line(lesson: Lesson, number: int) -> str:
    starts = lesson.line_starts
    end = starts[number] if number < len(starts) else len(lesson.text)
    return lesson.text[starts[number - 1] : end].rstrip("\r\n")


def _mark(line: str, number: int, start: int, end: int, room: int) -> MarkedLine:
    """A line with the characters from `start` to `end` marked, cut around the mark when it is too long."""
    # No more than `room` characters on each side are needed, however long the line is.
    first, middle, last = max(0, start - room), min(end, start + room), min(len(line), end + room)
    before = _cut(first > 0) + _show(line[first:start], 0)
    marked = _show(line[start:middle], cell_len(before)) + _cut(end > middle)
    after = _show(line[end:last], cell_len(before) + cell_len(marked)) + _cut(last < len(line))

    if cell_len(marked) > room - 2:
        marked, after = _head(marked, room - 2), ""
    spare = room - cell_len(marked)
    before = _tail(before, max(spare // 2, spare - cell_len(after)))
    after = _head(after, spare - cell_len(before))
    return MarkedLine(number, before + marked + after, cell_len(before), cell_len(marked))


def cell_len(text: str) -> int:
    """The number of terminal cells of a text without control characters."""
    return len(text) if text.isascii() else _measure()(text)


@cache
def _measure() -> Callable[[str], int]:
    from rich.cells import cell_len as measure  # its tables are slow to import

    return measure


def _cut(here: bool) -> str:
    return CUT if here else ""


def _show(text: str, at: int) -> str:
    """The text as shown from cell `at` on, with tabs as blanks."""
    shown = ""
    for i, part in enumerate(text.split("\t")):
        if i:
            shown += " " * (_TAB_WIDTH - (at + cell_len(shown)) % _TAB_WIDTH)
        shown += one_line(part)
    return shown


def _head(text: str, cells: int) -> str:
    if cell_len(text) <= cells:
        return text
    from rich.cells import set_cell_size

    return set_cell_size(text, max(0, cells - 1)) + CUT


def _tail(text: str, cells: int) -> str:
    if cell_len(text) <= cells:
        return text
    start = next(i for i in range(len(text) + 1) if cell_len(text[i:]) < cells)
    return CUT + text[start:]
