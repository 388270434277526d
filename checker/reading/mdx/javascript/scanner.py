"""The part of the JavaScript scanner that reads tokens and keeps what is open, whatever the grammar.

A scanner is fed line by line and never goes back, so that its time is linear in the text.
"""

import re
from abc import ABC, abstractmethod

from checker.reading.mdx.javascript import tokens
from checker.reading.mdx.reasons import quoted
from checker.reading.mdx.refusal import RefusedError


class Frame:
    """Something that is open.

    `kind` is one of: braces (around an expression or nothing), value (around an expression), spread (around
    `...value`), group `(`, call `(`, array `[`, index `[`, object `{`, choice `?`, template, insert `${`,
    tag, children (of a tag), function (head and body of a function or class), loose (brackets in one),
    module, names (of an import or export). `state` is the grammar's; `name` is the tag's, the bracket or the
    key.
    """

    __slots__ = ("bare", "kind", "name", "state")

    def __init__(self, kind: str, *, bare: bool, name: str = "") -> None:
        self.kind = kind
        self.bare = bare
        self.state = "start"
        self.name = name


class Scanner(ABC):
    """Reads tokens; a grammar says in `read` what they mean."""

    def __init__(self, kind: str) -> None:
        self.stack: list[Frame] = []
        # What the value is that was just read (name, member, group, other), or "" when one is missing.
        self.value = ""
        # Nothing was read since the last bracket or comma.
        self.fresh = True
        # No operator was read since the beginning of what could be assigned to.
        self.bare = True
        # This token is the first of its line; where the token before it ended.
        self.new_line = False
        self.ended = 0
        # How the comment or string ends that went on over the end of the last line.
        self._rest: re.Pattern[str] | None = None
        self.open(kind)

    def feed(self, text: str, start: int, end: int) -> int | None:
        """Read one line, `text[start:end]`: the offset after what closes all, or None when it is not there.

        Raises RefusedError for what cannot be JavaScript.
        """
        self.new_line = True
        at = start
        while at < end:
            at = self.step(text, at, end) if self._rest is None else self._go_on(self._rest, text, at, end)
            if not self.stack:
                return at
        return None

    def step(self, text: str, at: int, end: int) -> int:
        """Read one token, or a stretch of text in a template; the offset after it."""
        if self.stack[-1].kind == "template":
            return self._template(text, at, end)
        slash = text[at] == "/" and not self.value
        regex = tokens.REGEX.match(text, at, end) if slash else None
        return self.take(regex or tokens.TOKEN.match(text, at, end), text, at, end)

    @abstractmethod
    def read(self, kind: str, word: str, at: int) -> None:
        """Take one token."""

    def open(self, kind: str, name: str = "") -> Frame:
        """Go into brackets, a template or a tag."""
        frame = Frame(kind, bare=self.bare, name=name)
        self.stack.append(frame)
        self.value, self.bare, self.fresh = "", True, True
        return frame

    def close(self, value: str) -> None:
        """Leave the innermost thing that is open; it was a value of this sort, or "" for none."""
        frame = self.stack.pop()
        self.bare, self.value, self.fresh = frame.bare, value, False

    def unfinished(self) -> bool:
        """Is a comment, a string or a template open?"""
        return self._rest is not None or self.stack[-1].kind == "template"

    def take(self, found: re.Match[str] | None, text: str, at: int, end: int) -> int:
        """Read the token that was found; the offset after it."""
        if found is None:
            raise RefusedError(at, f"{quoted(text[at])} has no meaning there")
        kind, word = found.lastgroup or "regex", found[0]
        if kind == "blank":
            return found.end()
        if kind == "comment":
            self._rest = tokens.COMMENT_REST
            return found.end()
        if kind == "number":
            _check_number(text, found)
        if kind == "open_string":
            self._rest = self.rest_of_string(word, text, at, end)
        self.read("string" if kind == "open_string" else kind, word, at)
        self.new_line = False
        self.ended = found.end()
        return end if kind == "open_string" else self.ended

    def rest_of_string(self, quote: str, text: str, at: int, end: int) -> re.Pattern[str]:
        """How a string goes on that does not end on its line."""
        if not tokens.CONTINUED_STRING.match(text, at, end):
            raise RefusedError(at, f"the string that begins with {quote} does not end on its line")
        return tokens.STRING_REST[quote]

    def _go_on(self, rest: re.Pattern[str], text: str, at: int, end: int) -> int:
        found = rest.match(text, at, end)
        if found is None:
            return end
        self._rest = None
        return found.end()

    def _template(self, text: str, at: int, end: int) -> int:
        found = tokens.TEMPLATE_TEXT.match(text, at, end)
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
    goes_on = after.isalnum() or after in ("_", "$")
    if tokens.OLD_OCTAL.match(found[0]) or goes_on:
        number = found[0] + after if goes_on else found[0]
        raise RefusedError(found.start(), f"{quoted(number)} is not a number")
