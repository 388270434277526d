"""Finds the lines of a block that a lesson shows as wrong on purpose, or as the right way.

A comment on its own line marks the paragraph of code below it, up to the next marker; one at the end of a
line marks that line. The sentence just above a block, or the heading of its section, marks the block until a
comment in it says something else. A `wrong` directive marks all of it.
"""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence

from msgspec import Struct

from checker.analysis.marker_containers import in_containers
from checker.analysis.marker_words import (
    NO_OWN_WORDS,
    Marker,
    OwnWords,
    in_comment,
    in_heading,
    in_prose,
    is_label,
    is_label_in_prose,
    names_error,
)
from checker.analysis.myst import tags
from checker.model import Block, Lesson, Prose
from checker.patterns import regex

# Strings are matched because a `#` in one is no comment. An unclosed string ends with its line, or with the
# text. Since each alternative begins with a sign of its own, code in between is skipped in C.
_TOKEN = regex(
    r"""\'\'\'(?>(?:[^'\\]+|\\.|'(?!''))*)(?:'{3}|\Z)|\"\"\"(?>(?:[^"\\]+|\\.|"(?!""))*)(?:"{3}|\Z)"""
    r"""|'[^'\\\n]*(?:\\.[^'\\\n]*)*'?|"[^"\\\n]*(?:\\.[^"\\\n]*)*"?|\#(?P<comment>[^\n]*)""",
    re.DOTALL,
)
_PROMPT = regex(r"(?:>>>|\.\.\.)(?: |$)")
_CLOSES = regex(r"\s*[)\]}]")
_BANNER = regex(r"\s*[-=*~─═]{3,}|.*[-=*~─═]{3,}\s*$")
_RULE = regex(r"\s*[-=*~─═]{3,}\s*")
# "Before" and "after" label prints of the data as often as two ways to write the same code.
_SHOWS_DATA = regex(r"\s*(?:(?:print|display)\(|assert\b|[\w.]+$|[\w.]+\.(?:head|info|describe)\()")
# What may be between a sentence and its block: marks of lists and quotes, and comments that readers do not
# see.
_NOTHING = regex(r"(?>(?:[\s>*+\-]|\d+[.)]|\{/\*.*?\*/\}|<!--.*?-->)*)", re.DOTALL)
# The words of a fence's meta: `title="…"` when that is no file name, or all of it when it is only words.
_TITLE = regex(r"""title=["']([^"'\n.]*)["']|^\s*([\w ]+)$""")
# How many passages above the block are searched for its section's heading: after that much text, a block is
# about more than the heading.
_MOST_PASSAGES = 20
_MOST_CHARACTERS = 240


# The tag of a notebook cell that should raise.
_RAISES = "raises-exception"


class _Line(Struct, frozen=True):
    """One line of a block: its code, its comment if any, and the column where the first begins."""

    number: int
    code: str
    comment: str | None
    indent: int


class _Comment(Struct, frozen=True):
    """The comment of a line: the column of its `#`, and the text after it."""

    column: int
    text: str


class _Scope(Struct, frozen=True):
    """How far a comment's marker reaches.

    Its paragraph and deeper lines or, for a banner, to the next one.
    """

    marker: Marker
    indent: int
    banner: bool


class MarkedLines(Struct, frozen=True):
    """The code lines (from 1) shown as wrong on purpose, and as the right way, with the words."""

    wrong: Mapping[int, str]
    right: Mapping[int, str]


_UNMARKED = MarkedLines({}, {})


def marked_lines(lesson: Lesson, block: Block, own: OwnWords = NO_OWN_WORDS) -> MarkedLines:
    """The marked lines of a block."""
    whole = _marker_above(lesson, block, own)
    comments = _comments(block.code)
    is_wrong, raises = block.directive("wrong") is not None, _RAISES in tags(block)
    if not (whole or is_wrong or raises or any(_speaks(each.text, own) for each in comments.values())):
        return _UNMARKED
    lines = _lines(block.code, comments)
    marks = _Marks(whole, own)
    for line in lines:
        marks.read(line)
    wrong = {number: each.words for number, each in marks.of.items() if each.judges == "wrong"}
    right = {number: each.words for number, each in marks.of.items() if each.judges == "right"}
    if is_wrong:
        wrong = {line.number: "the `wrong` directive" for line in lines if line.code}
    elif raises:
        wrong = {line.number: f"the tag `{_RAISES}`" for line in lines if line.code}
    return MarkedLines(wrong, right)


class _Marks:
    """The marker of each line of code; lines are read from top to bottom."""

    def __init__(self, whole: Marker | None, own: OwnWords) -> None:
        self.of: dict[int, Marker] = {}
        self._own = own
        self._whole = whole  # applies where no comment says anything else
        self._scope: _Scope | None = None
        self._begun = False  # whether there was code since the last marker
        self._above: _Line | None = None  # None at the top and after a blank line

    def read(self, line: _Line) -> None:
        """Read the next line."""
        if line.code:
            self._leave_scope(line)
            self._read_code(line)
        elif line.comment is not None:
            self._leave_scope(line)
            self._read_comment(line, line.comment)
        self._above = line if line.code or line.comment is not None else None

    def _leave_scope(self, line: _Line) -> None:
        scope = self._scope
        if scope is None or _CLOSES.match(line.code):
            return
        if scope.banner:
            left = self._begun and line.comment is not None and _BANNER.match(line.comment) is not None
        else:
            new_paragraph = self._begun and self._above is None
            left = line.indent < scope.indent or (new_paragraph and line.indent == scope.indent)
        if left:
            self._scope = None

    def _read_code(self, line: _Line) -> None:
        if not self._begun and _SHOWS_DATA.match(line.code):
            self._scope = self._scope and (None if self._scope.marker.weak else self._scope)
            self._whole = self._whole and (None if self._whole.weak else self._whole)
        self._begun = True
        beside = in_comment(line.comment, self._own) if line.comment is not None else None
        marker = beside or (self._scope.marker if self._scope else self._whole)
        if marker:
            self.of[line.number] = marker

    def _read_comment(self, line: _Line, comment: str) -> None:
        above = self._above
        if above and above.code and names_error(comment):  # Python's answer to the line above
            if above.number not in self.of or self.of[above.number].judges == "right":
                self.of[above.number] = Marker("wrong", comment.strip())
            return
        marker = in_comment(comment, self._own)
        explains = above is not None and not above.code and self._scope is not None and not self._begun
        if marker is None or (explains and not is_label(comment)):
            return
        if self._whole and marker.judges != self._whole.judges:
            self._whole = None
        ruled = above is not None and not above.code and _RULE.fullmatch(above.comment or "") is not None
        self._scope = _Scope(marker, line.indent, ruled or _BANNER.match(comment) is not None)
        self._begun = False


def _speaks(comment: str, own: OwnWords) -> bool:
    """Whether a comment may judge the code around it; most only explain what it does."""
    return names_error(comment) or in_comment(comment, own) is not None


def _lines(code: str, comments: Mapping[int, _Comment]) -> list[_Line]:
    lines = []
    for number, text in enumerate(code.split("\n"), start=1):
        prompt = _PROMPT.match(text)
        start = prompt.end() if prompt else 0
        comment = comments.get(number)
        before = text[start : comment.column if comment else len(text)]
        indent = start + len(before) - len(before.lstrip())
        words = comment.text if comment else None
        lines.append(_Line(number, before.strip() and before[: len(before.rstrip())], words, indent))
    return lines


def _comments(code: str) -> dict[int, _Comment]:
    """The comment of each line (from 1) that has one."""
    found: dict[int, _Comment] = {}
    line, above = 1, 0
    for token in _TOKEN.finditer(code) if "#" in code else ():
        if token.lastgroup:
            line += code.count("\n", above, token.start())
            above = token.start()
            text = code[above + 1 : min(token.end(), above + 1 + _MOST_CHARACTERS)]
            found[line] = _Comment(above - (code.rfind("\n", 0, above) + 1), text)
    return found


def _marker_above(lesson: Lesson, block: Block, own: OwnWords) -> Marker | None:
    """The marker in a block's title, in the sentence just above it, or in the heading of its section."""
    title = _TITLE.search(block.meta or "")
    marker = in_heading(title[1] or title[2] or "", own) if title else None
    if marker:
        return marker
    index = bisect_right(lesson.prose, block.span.start, key=lambda each: each.start)
    passages = list(reversed(lesson.prose[max(index - _MOST_PASSAGES, 0) : index]))
    marker = _in_sentence_above(lesson, block, passages, own)
    if marker:
        return None if marker.weak and marker.judges == "right" else marker
    return in_containers(lesson, block, own) or _in_heading_above(passages, own)


def _in_heading_above(passages: Sequence[Prose], own: OwnWords) -> Marker | None:
    """The marker in a section's heading, unless a later sentence introduces the right way."""
    depth = next((depth for depth, passage in enumerate(passages) if passage.level), None)
    marker = in_heading(passages[depth].text, own) if depth is not None else None
    if marker is None:
        return None
    since = (in_prose(passage.text, own) for passage in passages[:depth])
    return None if any(each and each.judges == "right" for each in since) else marker


def _in_sentence_above(
    lesson: Lesson, block: Block, passages: Sequence[Prose], own: OwnWords
) -> Marker | None:
    """The marker in the paragraph directly above the block, or in a label directly above that paragraph."""
    below = block.span.start
    for depth, passage in enumerate(passages[:2]):
        touches = _NOTHING.fullmatch(lesson.text, passage.end, below) is not None
        if passage.level or not touches or (depth and not is_label_in_prose(passage.text)):
            return None
        marker = in_prose(passage.text, own)
        if marker:
            return marker
        below = passage.start
    return None
