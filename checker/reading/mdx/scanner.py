"""The part of the JavaScript scanner that reads tokens and keeps what is open, whatever the grammar.

A scanner is fed line by line and never goes back, so that its time is linear in the text.
"""

import re

from checker.reading.mdx import lexicon
from checker.reading.mdx.refusal import Refused


class Frame:
    """Something that is open.

    `kind` is one of: braces (around an expression or nothing), value (around an expression), spread (around
    `...value`), group `(`, call `(`, array `[`, index `[`, object `{`, choice `?`, template, insert `${`, tag,
    children (of a tag), function (head and body of a function or class), loose (brackets in one), module,
    names (of an import or export). `state` is the grammar's, `name` the tag's or the bracket.
    """

    __slots__ = ("bare", "kind", "name", "state")

    def __init__(self, kind: str, *, bare: bool, name: str = "") -> None:
        self.kind = kind
        self.bare = bare
        self.state = "start"
        self.name = name


class Scanner:
    """Reads tokens; a grammar says in `read` what they mean."""

    def __init__(self, kind: str) -> None:
        self.stack: list[Frame] = []
        # What the value is that was just read (name, member, group, other), or "" when one is missing.
        self.value = ""
        # Nothing was read since the last bracket or comma; no operator since what an assignment may begin with.
        self.fresh = True
        self.bare = True
        # This token is the first of its line; where the token before it ended.
        self.new_line = False
        self.ended = 0
        self._until: re.Pattern[str] | None = None
        self.open(kind)

    def feed(self, text: str, start: int, end: int) -> int | None:
        """Read one line, `text[start:end]`: the offset after what closes all, or None when it is not there.

        Raises Refused for what cannot be JavaScript.
        """
        self.new_line = True
        at = start
        while at < end:
            if self._until is not None:
                at = self._finish(self._until, text, at, end)
            else:
                at = self.step(text, at, end)
            if not self.stack:
                return at
        return None

    def step(self, text: str, at: int, end: int) -> int:
        """Read one token, or a stretch of text in a template; the offset after it."""
        if self.stack[-1].kind == "template":
            return self._template(text, at, end)
        return self.token(lexicon.TOKEN, text, at, end)

    def read(self, kind: str, word: str, at: int) -> None:
        """Take one token."""
        raise NotImplementedError

    def open(self, kind: str, name: str = "") -> Frame:
        """Go into brackets, a template or a tag."""
        frame = Frame(kind, bare=self.bare, name=name)
        self.stack.append(frame)
        self.value, self.bare, self.fresh = "", True, True
        return frame

    def close(self, value: str) -> Frame:
        """Leave the innermost thing that is open; it was a value of this sort, or "" for none."""
        frame = self.stack.pop()
        self.bare, self.value, self.fresh = frame.bare, value, False
        return frame

    def unfinished(self) -> bool:
        """Is a comment, a string or a template open?"""
        return self._until is not None or self.stack[-1].kind == "template"

    def token(self, tokens: re.Pattern[str], text: str, at: int, end: int) -> int:
        """Match one token and read it."""
        found = tokens.match(text, at, end)
        if text[at] == "/" and not self.value and tokens is lexicon.TOKEN:
            found = lexicon.REGEX.match(text, at, end) or found
        if found is None:
            raise Refused(at, f"`{text[at]}` has no meaning in JavaScript here")
        kind, word = found.lastgroup or "regex", found[0]
        if kind == "blank":
            return found.end()
        if kind == "comment":
            self._until = lexicon.COMMENT_END
            return found.end()
        if kind == "number":
            _check_number(text, found)
        if kind == "open_string":
            self._until = self.string_end(word, text, at, end)
            kind = "string"
        self.read(kind, word, at)
        self.new_line = False
        self.ended = found.end()
        return end if self._until is not None else found.end()

    def string_end(self, quote: str, text: str, at: int, end: int) -> re.Pattern[str]:
        """How a string goes on that does not end on its line."""
        if not lexicon.CONTINUED_STRING.match(text, at, end):
            raise Refused(at, f"the string that begins with {quote} does not end on its line")
        return lexicon.STRING_ENDS[quote]

    def _finish(self, until: re.Pattern[str], text: str, at: int, end: int) -> int:
        closed = until.search(text, at, end)
        if closed is None:
            return end
        self._until = None
        return closed.end()

    def _template(self, text: str, at: int, end: int) -> int:
        found = lexicon.TEMPLATE_TEXT.match(text, at, end)
        at = found.end() if found is not None else at
        if text.startswith("`", at, end):
            self.close("other")
            self.ended = at + 1
            return self.ended
        if at < end:
            self.open("insert")
        return min(at + 2, end)


def _check_number(text: str, found: re.Match[str]) -> None:
    after = text[found.end() : found.end() + 1]
    if lexicon.BAD_NUMBER.match(found[0]) or after.isalnum() or after in ("_", "$"):
        raise Refused(found.start(), f"`{found[0]}{after}` is no number in JavaScript")
