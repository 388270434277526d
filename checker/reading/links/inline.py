"""Links and images in a paragraph, heading or row, according to CommonMark with GFM and MDX.

Every character is read a bounded number of times: brackets are kept on a stack, a label is read only where it
can be one, and after an unterminated expression no other expression is looked for.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Mapping
from typing import Literal

from msgspec import Struct

from checker.patterns import regex
from checker.reading.links.destinations import Destination, label, resource
from checker.reading.mdx.cursor import Cursor, lines_after
from checker.reading.mdx.refusal import RefusedError
from checker.reading.mdx.tags import read_expression

_SPECIAL = regex(
    r"(?P<escape>\\[!-/:-@\[-`{-~])|(?P<code>`+)|(?P<angle><)|(?P<brace>\{)|(?P<open>!?\[)|(?P<close>\])"
)
# Their first characters, which are quick to find.
_FIRST = regex(r"[\\`<{!\[\]]")
_BACKTICKS = regex("`+")
_AUTOLINK = regex(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^<>\x00-\x20]*)>")
_CLOSING_TAG = regex(r"</[^<>]*>")
_ATTRIBUTE = r"""(?:\s+[A-Za-z_:][\w:.-]*(?:\s*=\s*(?:[^"'=<>`\x00-\x20]+|'[^']*'|"[^"]*"))?)"""
_HTML_TAG = regex(rf"<[A-Za-z][A-Za-z0-9-]*(?>{_ATTRIBUTE}*)\s*/?>", re.ASCII)


class Inline(Struct, frozen=True):
    """A link, image, tag or expression in a text, from `start` to `end`.

    A `link` or `image` has a destination, which is defined elsewhere for `[text][label]`; `open` is where its
    text begins. `tag` and `expression` are MDX's, or HTML's in Markdown.
    """

    kind: Literal["link", "image", "code", "tag", "expression", "escape"]
    start: int
    end: int
    text_end: int = 0
    destination: Destination | None = None
    label: str = ""


class _Bracket(Struct, frozen=True):
    start: int
    image: bool
    # The number of brackets opened before the text in this one begins.
    opened: int


def read_text(
    text: str, begin: int, defined: Collection[str], tag_end: Callable[[int], int] | None
) -> list[Inline]:
    """What a text contains from `begin` on, in the order of the ends.

    `defined` are the labels that have definitions. `tag_end` gives the end of the tag that begins at an
    offset of the text, 0 when none does; it is None for HTML instead of MDX.
    """
    return _Reader(text, defined, tag_end).read(begin)


def may_hold_any(text: str) -> bool:
    """Whether a text may contain anything besides words; most headings do not."""
    return _FIRST.search(text) is not None


class _Reader:
    def __init__(self, text: str, defined: Collection[str], tag_end: Callable[[int], int] | None) -> None:
        self._text = text
        self._defined = defined
        self._tag_end = tag_end
        self._found: list[Inline] = []
        self._brackets: list[_Bracket] = []
        self._opened = 0
        self._last_parenthesis = text.rfind(")")
        # The number of open brackets that contain a link already: links cannot be nested.
        self._with_link = 0
        self._backticks: Mapping[int, list[int]] | None = None
        self._comments_end = self._expressions_end = True

    def read(self, begin: int) -> list[Inline]:
        at = begin
        while (first := _FIRST.search(self._text, at)) is not None:
            found = _SPECIAL.match(self._text, first.start())
            at = self._special(found) if found else first.end()
        return self._found

    def _special(self, found: re.Match[str]) -> int:
        """Handle one special character; returns where to continue."""
        start, end = found.span()
        match found.lastgroup:
            case "escape":
                return self._take("escape", start, end)
            case "code":
                closing = self._code_end(start, end)
                return self._take("code", start, closing) if closing else end
            case "angle":
                return self._angle(start)
            case "brace":
                return self._brace(start)
            case "open":
                self._opened += 1
                self._brackets.append(_Bracket(start, found[0] == "![", self._opened))
            case "close":
                return self._close_bracket(end)
        return end

    def _take(self, kind: Literal["code", "tag", "expression", "escape"], start: int, end: int) -> int:
        self._found.append(Inline(kind, start, end))
        return end

    def _code_end(self, start: int, end: int) -> int:
        """The end of the code that these backticks open, 0 when they open none."""
        if self._backticks is None:
            runs: dict[int, list[int]] = {}
            for run in _BACKTICKS.finditer(self._text):
                runs.setdefault(len(run[0]), []).append(run.start())
            self._backticks = runs
        closing = self._backticks.get(end - start, [])
        index = bisect_left(closing, end)
        return closing[index] + end - start if index < len(closing) else 0

    def _angle(self, start: int) -> int:
        if self._text.startswith("</", start) and (closing := _CLOSING_TAG.match(self._text, start)):
            return self._take("tag", start, closing.end())
        if self._tag_end is not None:
            end = self._tag_end(start)
            return self._take("tag", start, end) if end else start + 1
        if address := _AUTOLINK.match(self._text, start):
            where = Destination(address[1], start + 1, address.end() - 1, address.end())
            self._found.append(Inline("link", start, address.end(), start + 1, where))
            return address.end()
        if self._text.startswith("<!--", start):
            end = self._text.find("-->", start) if self._comments_end else -1
            self._comments_end = end >= 0
            return self._take("tag", start, end + 3) if end >= 0 else start + 1
        tag = _HTML_TAG.match(self._text, start)
        return self._take("tag", start, tag.end()) if tag else start + 1

    def _brace(self, start: int) -> int:
        if self._tag_end is None or not self._expressions_end:
            return start + 1
        line_end = self._text.find("\n", start)
        end = line_end if line_end >= 0 else len(self._text)
        try:
            found = read_expression(Cursor(self._text, start, end, lines_after(self._text, start)))
        except RefusedError:
            self._expressions_end = False
            return start + 1
        return self._take("expression", start, found.end)

    def _close_bracket(self, end: int) -> int:
        if not self._brackets:
            return end
        bracket = self._brackets.pop()
        usable = bracket.image or len(self._brackets) >= self._with_link
        self._with_link = min(self._with_link, len(self._brackets))
        found = self._link(bracket, end) if usable else None
        if found is None:
            return end
        self._found.append(found)
        if not bracket.image:
            self._with_link = len(self._brackets)
        return found.end

    def _link(self, bracket: _Bracket, end: int) -> Inline | None:
        kind: Literal["link", "image"] = "image" if bracket.image else "link"
        may_be = self._text.startswith("(", end) and end < self._last_parenthesis
        if may_be and (where := resource(self._text, end)) is not None:
            return Inline(kind, bracket.start, where.end, end, where)
        if not self._defined:
            return None
        named = label(self._text, end) if self._text.startswith("[", end) else None
        if named is not None:
            return (
                Inline(kind, bracket.start, named[1], end, None, named[0])
                if named[0] in self._defined
                else None
            )
        # `[label][]` and `[label]`: the text is the label, and labels contain no brackets.
        own = label(self._text, bracket.start + bracket.image) if self._opened == bracket.opened else None
        if own is None or own[1] != end or own[0] not in self._defined:
            return None
        stop = end + 2 if self._text.startswith("[]", end) else end
        return Inline(kind, bracket.start, stop, end, None, own[0])
