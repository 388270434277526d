"""Replaces a part of a block's code by an edit of the lesson.

The lines of a file also contain text that is not code: quote marks, the indentation of list items and of the
fence, half of a tab. An edit keeps these, and gives new lines the same prefix as their neighbours.
"""

import re
from bisect import bisect_right
from itertools import accumulate

from checker.model import Block, Edit, Lesson
from checker.patterns import regex

# A line from 1 and a column from 0 of a block's code.
Place = tuple[int, int]

_MARKER = regex(r"`{3,}|~{3,}")
_ITEM = regex(r"(?:[-+*]|[0-9]{1,9}[.)])(?=[ \t]|$)")
_FOOTNOTE = regex(r"\[\^[^\]]*\]:[ \t]*")
# A quote mark includes a blank after it, which may be missing before the marker of an item.
_BARE_QUOTE = regex(r">(?=[^ \t>])")
_LINE_ENDING = regex(r"\r\n|\n|\r")
_TAB_STOP = 4


class CodeEditError(ValueError):
    """The text cannot be put into this block; the message says why."""


def replace_code(lesson: Lesson, block: Block, code: str) -> Edit:
    """The edit that makes `code` the whole code of this block. Raises CodeEditError."""
    if not block.lines:
        return _fill(lesson, block, code)
    last = len(block.lines)
    return edit_code(lesson, block, (1, 0), (last, len(_code_line(block, last))), code)


def edit_code(lesson: Lesson, block: Block, start: Place, end: Place, text: str) -> Edit:
    r"""The edit that replaces a part of a block's code by `text`, which has `\n` between its lines.

    `start` and `end` are lines from 1 and columns from 0; the end of the last line may be given as the
    beginning of the line after it. Common text at both ends is left out, so that replacing text by itself
    gives an empty edit. Raises CodeEditError for text that would end the block.
    """
    lines = block.code.split("\n")
    if end[0] > len(lines):
        end = len(lines), len(lines[-1])
        if not text and start[1] == 0 and start[0] > 1:
            # The last lines are removed, together with the line ending before them.
            start = start[0] - 1, len(lines[start[0] - 2])
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    begin, stop = starts[start[0] - 1] + start[1], starts[end[0] - 1] + end[1]
    before, after = _common(block.code[begin:stop], text)
    begin, stop, text = begin + before, stop - after, text[before : len(text) - after]
    first, last = bisect_right(starts, begin), bisect_right(starts, stop)
    column, end_column = begin - starts[first - 1], stop - starts[last - 1]
    new = (lines[first - 1][:column] + text + lines[last - 1][end_column:]).split("\n")
    if begin == stop and not text:
        at = lesson.code_offset(block, first, column)
        return Edit(lesson.span(at, at), "")
    _refuse(lesson, block, new)
    return _edit(lesson, block, (first, column), (last, end_column), new)


def _edit(lesson: Lesson, block: Block, start: Place, end: Place, new: list[str]) -> Edit:
    """The edit that replaces the lines from that of `start` to that of `end`, which differ in between."""
    (first, column), (last, end_column) = start, end
    where, there = block.lines[first - 1], block.lines[last - 1]
    at, until = lesson.code_offset(block, first, column), lesson.code_offset(block, last, end_column)
    prefix = _prefix(lesson, block)
    before, kept = "", column
    if column < where.pad:
        # The tab is removed whole, and blanks replace the columns that it gave to the container and the code.
        at = where.offset - 1
        before, kept = " " * (_width_of_tab(lesson.text, at) - where.pad), 0
    elif not where.pad and (_is_blank(new[0]) or _is_blank(_code_line(block, first))):
        # A blank line may have a shorter prefix than a line with text needs, or must have.
        at, kept = _line_start(lesson.text, where.offset), 0
        before = _before(new[0], prefix, block)
    rest = len(_code_line(block, last)) - end_column
    if end_column < there.pad:
        until = there.offset
        rest = len(_code_line(block, last)) - there.pad
    new_line = _line_ending(lesson, where.offset)
    text = before + new_line.join([new[0], *(_before(line, prefix, block) + line for line in new[1:])])[kept:]
    return Edit(lesson.span(at, max(until, at)), text[: len(text) - rest])


def _before(line: str, prefix: str, block: Block) -> str:
    """The prefix of a new line: blank lines in footnotes have none removed, and elsewhere need none."""
    if not line or (_is_blank(line) and "footnoteDefinition" in block.parents):
        return prefix.rstrip(" \t")
    return prefix


def _fill(lesson: Lesson, block: Block, code: str) -> Edit:
    """The edit that adds the first code to a block without a line between its fences."""
    lines = code.split("\n")
    _refuse(lesson, block, lines)
    found = _LINE_ENDING.search(lesson.text, block.span.start)
    at = found.start() if found is not None else len(lesson.text)
    new_line, prefix = _line_ending(lesson, block.span.start), _prefix(lesson, block)
    text = "".join(new_line + _before(line, prefix, block) + line for line in lines)
    return Edit(lesson.span(at, at), text if code else "")


def _refuse(lesson: Lesson, block: Block, lines: list[str]) -> None:
    """Raise CodeEditError for lines that would not be code of this block, or would be read differently."""
    if any("\r" in line or "\0" in line for line in lines):
        raise CodeEditError("code has neither carriage returns nor NUL: they would not come back as they are")
    marker = _MARKER.match(lesson.text, block.span.start)
    assert marker is not None  # a block begins with its fence
    closing = re.compile(rf"[ \t]*{marker[0]}{marker[0][0]}*[ \t]*")
    if any(closing.fullmatch(line) for line in lines):
        raise CodeEditError("a line of the code would close its block: give the block a longer fence")


def _common(old: str, new: str) -> tuple[int, int]:
    """The number of characters that two texts share at the beginning, and at the end of the rest."""
    most = min(len(old), len(new))
    before = next((at for at in range(most) if old[at] != new[at]), most)
    most -= before
    after = next((at for at in range(most) if old[-1 - at] != new[-1 - at]), most)
    return before, after


def _prefix(lesson: Lesson, block: Block) -> str:
    """The prefix of this block's code lines: that of its fence, without list markers."""
    start = _line_start(lesson.text, block.span.start)
    prefix = _BARE_QUOTE.sub("> ", lesson.text[start : block.span.start])
    prefix = _FOOTNOTE.sub("    ", prefix)
    return _ITEM.sub(lambda marker: " " * len(marker[0]), prefix)


def _code_line(block: Block, number: int) -> str:
    return block.code.split("\n")[number - 1]


def _is_blank(line: str) -> bool:
    return not line.strip(" \t")


def _line_start(text: str, at: int) -> int:
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def _width_of_tab(text: str, at: int) -> int:
    """The number of columns that the tab at this place spans."""
    return _TAB_STOP - len(text[_line_start(text, at) : at].expandtabs(_TAB_STOP)) % _TAB_STOP


def _line_ending(lesson: Lesson, at: int) -> str:
    """The line ending at this place; that of the file's first line when the last line has none."""
    found = _LINE_ENDING.search(lesson.text, at) or _LINE_ENDING.search(lesson.text)
    return found[0] if found is not None else "\n"
