"""Compares an output block with what was printed: where they first differ, and how."""

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

from checker.comparing.screen import as_seen, without_sizes
from checker.comparing.texts import Comparer, Item, is_any, read
from checker.patterns import regex

# The lesson shows only some of the lines; all of them in another order; something else.
Way = Literal["partial", "order", "other"]

# The origin of a warning: the lesson shows the author's file, if any.
_WARNED = regex(r"^[^\n]*:\d+: (?=\w*Warning: )", re.MULTILINE)
_TRACEBACK = "Traceback (most recent call last)"
# The limit for output blocks whose lines are searched one by one.
_MOST_LINES = 100


class Difference(Struct, frozen=True):
    """How an output block differs from what was printed.

    `line` is the block's line, from 0, at which they differ; the last one when more is printed. `shown` is
    that line, `printed` what was printed in its place; either may be empty. `share` is the share of the shown
    lines that was printed.
    """

    way: Way
    line: int
    shown: str
    printed: str
    share: float


class _Line(Struct, frozen=True):
    number: int
    text: str
    items: list[Item]

    @property
    def is_any(self) -> bool:
        """Whether it stands for any number of lines."""
        return self.text.strip() in ("[...]", "# ...") or all(is_any(each) for each in self.items)

    @property
    def says_something(self) -> bool:
        """Whether it contains more than brackets and rules."""
        return any(each.isalnum() for each in self.text)


def difference(shown: str, printed: str, errors: str = "", *, loosely: bool = False) -> Difference | None:
    """Where the shown text differs from the printed text; None when a reader would see no difference.

    Shown lines may also be in `errors`, which went to standard error. Raises TooLongError.
    """
    comparer = Comparer(loosely=loosely)
    shown, printed = without_sizes(as_seen(shown), as_seen(printed))
    if comparer.same(shown, printed):
        return None
    lines, others = _lines(shown), _lines(printed)
    if _are_cut_alike(comparer, lines, others):
        return None
    if errors.strip():
        logged = _lines(_WARNED.sub("", as_seen(errors)))
        shown_lines = _without_frames(lines) if _TRACEBACK in errors else lines
        lines = [line for line in shown_lines if line.is_any or not _was_logged(comparer, line, logged)]
        if comparer.same("\n".join(each.text for each in lines), printed):
            return None
    return _parted(comparer, lines, others)


def begins_alike(shown: str, printed: str) -> bool:
    """Whether one text is the beginning or a part of the other: for endless output, each is an excerpt."""
    comparer = Comparer(loosely=True)
    lines, others = _lines(as_seen(shown)), _lines(as_seen(printed))
    return _all_in(comparer, lines, others) or _all_in(comparer, others, lines)


def _without_frames(lines: Sequence[_Line]) -> Iterator[_Line]:
    """The lines without what is indented below the first one of a traceback: it names the author's files."""
    inside = False
    for line in lines:
        inside = _TRACEBACK in line.text or (inside and line.text[:1] in " \t")
        if not inside or _TRACEBACK in line.text:
            yield line


def _was_logged(comparer: Comparer, line: _Line, logged: Sequence[_Line]) -> bool:
    text = _WARNED.sub("", line.text)
    said = line if text == line.text else _Line(line.number, text, read(text))
    return _find(comparer, said, logged, 0) is not None


def _lines(text: str) -> list[_Line]:
    return [_Line(i, line, read(line)) for i, line in enumerate(text.split("\n")) if line.strip()]


def _parted(comparer: Comparer, lines: Sequence[_Line], others: Sequence[_Line]) -> Difference | None:
    if not lines:
        printed = others[0].text if others else ""
        return Difference("other", 0, "", printed, 0.0) if others else None
    share = _share(comparer, lines, others)
    if _all_in(comparer, lines, others):
        more = _first_more(comparer, lines, others)
        return Difference("partial", lines[-1].number, lines[-1].text, more, share)
    way: Way = "order" if _in_another_order(comparer, lines, others) else "other"
    at, printed = _first_other(comparer, lines, others)
    return Difference(way, at.number, at.text, printed, share)


def _are_cut_alike(comparer: Comparer, lines: Sequence[_Line], others: Sequence[_Line]) -> bool:
    """Whether the lines of tables differ only in what each leaves out to fit."""
    if len(lines) != len(others):
        return False
    return all(
        comparer.same_items(one.items, other.items) or _is_cut_alike(comparer, one.items, other.items)
        for one, other in zip(lines, others, strict=True)
    )


def _is_cut_alike(comparer: Comparer, items: Sequence[Item], others: Sequence[Item]) -> bool:
    ways = (list(items), list(others)), (list(reversed(items)), list(reversed(others)))
    for one, other in ways:
        length = min(_until_any(one), _until_any(other))
        if length == min(len(one), len(other)) or not comparer.same_items(one[:length], other[:length]):
            return False
    return True


def _until_any(items: Sequence[Item]) -> int:
    return next((i for i, each in enumerate(items) if is_any(each)), len(items))


def _find(comparer: Comparer, line: _Line, others: Sequence[_Line], start: int) -> int | None:
    matching = (i for i in range(start, len(others)) if comparer.same_items(line.items, others[i].items))
    return next(matching, None)


def _all_in(comparer: Comparer, lines: Sequence[_Line], others: Sequence[_Line]) -> bool:
    """Whether all lines were printed, in this order, possibly with others in between."""
    at = 0
    for line in lines:
        if line.is_any:
            continue
        found = _find(comparer, line, others, at)
        if found is None:
            return False
        at = found + 1
    return True


def _first_more(comparer: Comparer, lines: Sequence[_Line], others: Sequence[_Line]) -> str:
    """The first line that was printed and is not shown."""
    for at, other in enumerate(others):
        if at == len(lines) or not comparer.same_items(lines[at].items, other.items):
            return other.text
    return ""


def _share(comparer: Comparer, lines: Sequence[_Line], others: Sequence[_Line]) -> float:
    """The share of meaningful lines that were printed, in order."""
    saying = [line for line in lines if line.says_something][:_MOST_LINES]
    found, at = 0, 0
    for line in saying:
        place = _find(comparer, line, others, at)
        if place is not None:
            found, at = found + 1, place + 1
    return found / len(saying) if saying else 0.0


def _in_another_order(comparer: Comparer, lines: Sequence[_Line], others: Sequence[_Line]) -> bool:
    left = list(others)
    if not len(lines) == len(others) <= _MOST_LINES:
        return False
    for line in lines:
        found = _find(comparer, line, left, 0)
        if found is None:
            return False
        del left[found]
    return True


def _first_other(comparer: Comparer, lines: Sequence[_Line], others: Sequence[_Line]) -> tuple[_Line, str]:
    """The first shown line that was not printed at its place, and what was printed there."""
    at = 0
    skipping = False
    for number, line in enumerate(lines):
        if line.is_any:
            skipping = True
            continue
        found = _find(comparer, line, others, at) if skipping else at
        if found is None or found >= len(others):
            nothing = line, others[at].text if at < len(others) and not skipping else ""
            return _in_the_end(comparer, lines, others, number) or nothing
        if not comparer.same_items(line.items, others[found].items):
            return _in_the_end(comparer, lines, others, number) or (line, others[found].text)
        at, skipping = found + 1, False
    return lines[-1], others[at].text if at < len(others) else ""


def _in_the_end(
    comparer: Comparer, lines: Sequence[_Line], others: Sequence[_Line], number: int
) -> tuple[_Line, str] | None:
    """The same for the part after the last `...`, when they differ there: both texts end with it.

    None without a `...` before it, or when the ends have no line in common.
    """
    last = max((i for i, line in enumerate(lines[: number + 1]) if line.is_any), default=None)
    if last is None or any(line.is_any for line in lines[number:]):
        return None
    tail = lines[last + 1 :]
    pairs = list(zip(tail, others[-len(tail) :], strict=False))
    same = [comparer.same_items(line.items, other.items) for line, other in pairs]
    if len(pairs) < len(tail) or not any(same):
        return None
    line, other = pairs[same.index(False)]
    return line, other.text
