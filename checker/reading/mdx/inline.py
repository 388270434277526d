"""Reads the tags and expressions of MDX in the text of a paragraph, heading or cell, and their errors.

Text is searched only for `<` and `{`. Code, escapes, links and bare addresses hide these characters; links
and emphasis are containers that a tag may not cross.
"""

import re
from bisect import bisect_left
from typing import Literal

from msgspec import Struct

from checker.patterns import regex
from checker.reading.mdx.cursor import Cursor, lines_after
from checker.reading.mdx.emphasis import Run, pairs
from checker.reading.mdx.links import address_end, definitions_end, resource_end
from checker.reading.mdx.notes import SHORT_READ, Notes
from checker.reading.mdx.positions import Stretch
from checker.reading.mdx.refusal import RefusedError
from checker.reading.mdx.tags import Tag, read_expression, read_tag

_SPECIAL = regex(
    r"\\[!-/:-@\[-`{-~]|(?P<code>`+)|(?P<brace>\{)|(?P<tag><)|(?P<open>!?\[)|(?P<close>\])|(?P<run>\*+|_+)"
    r"|(?P<math>\$+)|(?P<address>https?://|www\.)",
    re.IGNORECASE,
)
# Code is between runs of backticks of the same length, and formulas between such runs of dollars.
_DELIMITERS = {"`": regex("`+"), "$": regex(r"\$+")}


class Mark(Struct, frozen=True):
    """A tag, or the beginning or end of a link or an emphasis, in the order of a text."""

    at: int
    kind: Literal["tag", "enter", "leave"]
    name: str = ""
    tag: Tag | None = None


def read_inline(where: Stretch, notes: Notes) -> list[Mark]:
    """The marks of a text, at offsets in it; what the site's parser refuses is added to the notes."""
    if "<" not in where.text and "{" not in where.text:
        return []
    return _Reader(where, notes).read()


class _Bracket(Struct, frozen=True):
    start: int
    image: bool
    runs: int


class _Reader:
    def __init__(self, where: Stretch, notes: Notes) -> None:
        self._where = where
        self._text = where.text
        self._notes = notes
        self._marks: list[Mark] = []
        self._brackets: list[_Bracket] = []
        # The number of open brackets that contain a link already: links cannot be nested.
        self._with_link = 0
        self._runs: list[Run] = []
        self._in_links: list[list[Run]] = []
        self._comments_end = True
        self._delimiters: dict[str, dict[int, list[int]]] = {}

    def read(self) -> list[Mark]:
        at = definitions_end(self._text)
        while (found := _SPECIAL.search(self._text, at)) is not None:
            at = self._special(found)
        if any(mark.kind == "tag" for mark in self._marks):
            for runs in (*self._in_links, self._runs):
                for start, end in pairs(runs):
                    self._mark_container("emphasis", start, end)
        return sorted(self._marks, key=lambda mark: mark.at)

    def _special(self, found: re.Match[str]) -> int:
        """Handle one special character; returns where to continue."""
        start, end = found.span()
        match found.lastgroup:
            case "code":
                return self._code_end(start, end)
            case "math" if "math" in self._notes.extensions:
                return self._code_end(start, end)
            case "tag" | "brace":
                return self._read_mdx(start)
            case "open":
                self._brackets.append(_Bracket(start, found[0] == "![", len(self._runs)))
            case "close":
                return self._close_bracket(end)
            case "run":
                self._runs.append(Run(self._text, start, end))
            case "address" if not self._brackets:
                return max(end, address_end(self._text, start, end))
        return end

    def _code_end(self, start: int, end: int) -> int:
        """The end of the code or formula that these marks open, or the end of the marks."""
        char = self._text[start]
        if char not in self._delimiters:
            self._delimiters[char] = {}
            for run in _DELIMITERS[char].finditer(self._text):
                self._delimiters[char].setdefault(len(run[0]), []).append(run.start())
        closing = self._delimiters[char].get(end - start, [])
        index = bisect_left(closing, end)
        return closing[index] + end - start if index < len(closing) else end

    def _read_mdx(self, start: int) -> int:
        text, cut = self._text, self._notes.exhausted
        if self._notes.given_up:
            self._notes.doubt(text, start)
            return start + 1
        line_end = text.find("\n", start)
        end = line_end if line_end >= 0 else len(text)
        if cut:
            cursor = Cursor(text, start, min(end, start + SHORT_READ), iter(()))
        else:
            cursor = Cursor(text, start, end, lines_after(text, start))
        cursor.svelte = "svelte" in self._notes.extensions
        try:
            part = read_tag(cursor) if text[start] == "<" else read_expression(cursor)
        except RefusedError as error:
            self._refuse(start, cursor.end, error, cut=cut)
            if text.startswith("<!--", start):
                return self._comment_end(start)
            return self._tag_end(start, error.offset, cursor.end)
        if isinstance(part, Tag):
            self._marks.append(Mark(at=start, kind="tag", tag=part))
        return start + 1 if part is None else part.end

    def _comment_end(self, start: int) -> int:
        """The end of the HTML comment that was refused; its content is not read."""
        end = self._text.find("-->", start) if self._comments_end else -1
        self._comments_end = end >= 0
        return end + 3 if end >= 0 else start + 1

    def _tag_end(self, start: int, wrong: int, line_end: int) -> int:
        """Where to continue after a refusal; errors in a tag's attributes end with the tag."""
        attributes = self._text[start] == "<" and " " in self._text[start:wrong]
        end = self._text.find(">", wrong, line_end) if attributes else -1
        return end + 1 if end >= 0 else start + 1

    def _refuse(self, start: int, read_to: int, error: RefusedError, *, cut: bool) -> None:
        self._notes.read_in_vain(read_to - start)
        self._notes.doubt(self._text, start)
        if not cut and not self._notes.is_svelte_comment(self._text, start):
            at = self._where.at(error.offset)
            self._notes.refuse_text(self._where.at(start), at, at + 1, str(error))

    def _close_bracket(self, end: int) -> int:
        if not self._brackets:
            return end
        bracket = self._brackets.pop()
        usable = bracket.image or len(self._brackets) >= self._with_link
        self._with_link = min(self._with_link, len(self._brackets))
        link_end = resource_end(self._text, end) if usable and self._text.startswith("(", end) else -1
        if link_end < 0:
            return end
        self._in_links.append(self._runs[bracket.runs :])
        del self._runs[bracket.runs :]
        self._mark_container("image" if bracket.image else "link", bracket.start, link_end - 1)
        if not bracket.image:
            self._with_link = len(self._brackets)
        return link_end

    def _mark_container(self, name: str, start: int, end: int) -> None:
        self._marks.append(Mark(at=start, kind="enter", name=name))
        self._marks.append(Mark(at=end, kind="leave", name=name))
