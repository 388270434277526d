"""The part of the JavaScript scanner that reads tokens and tracks open brackets, for any grammar.

A scanner is fed line by line and never goes back, so its time is linear in the text.
"""

import re
from abc import ABC, abstractmethod

from checker.reading.mdx.javascript import tokens
from checker.reading.mdx.reasons import quoted
from checker.reading.mdx.refusal import RefusedError


class Frame:
    """Something that is open.

    `kind` is one of: braces (around an optional expression), value (around an expression), spread (around
    `...value`), group `(`, call `(`, array `[`, index `[`, object `{`, choice `?`, template, insert `${`,
    tag, children (of a tag), function (head and body of a function or class), loose (brackets in one),
    module, names (of an import or export). `state` is the grammar's; `name` is that of the tag, the bracket
    or the key.
    """

    __slots__ = ("bare", "kind", "name", "state")

    def __init__(self, kind: str, *, bare: bool, name: str = "") -> None:
        self.kind = kind
        self.bare = bare
        self.state = "start"
        self.name = name


class Scanner(ABC):
    """Reads tokens; the grammar defines in `read` what they mean."""

    def __init__(self, kind: str) -> None:
        self.stack: list[Frame] = []
        # The kind of the value that was just read (name, member, group, other), or "" when one is missing.
        self.value = ""
        # Whether nothing was read since the last bracket or comma.
        self.fresh = True
        # Whether no operator was read since the beginning of something that could be assigned to.
        self.bare = True
        # Whether this token is the first of its line, and where the token before it ended.
        self.new_line = False
        self.ended = 0
        # The pattern of the rest of a comment or string that continued over the end of the last line.
        self._rest: re.Pattern[str] | None = None
        self.open(kind)

    def feed(self, text: str, start: int, end: int) -> int | None:
        """Read one line, `text[start:end]`: the offset after the end of everything, or None without an end.

        Raises RefusedError for text that cannot be JavaScript.
        """
        self.new_line = True
        at = start
        while at < end:
            at = self.step(text, at, end) if self._rest is None else self._go_on(self._rest, text, at, end)
            if not self.stack:
                return at
        return None

    def step(self, text: str, at: int, end: int) -> int:
        """Read one token, or text in a template; returns the offset after it."""
        if self.stack[-1].kind == "template":
            return self._template(text, at, end)
        slash = text[at] == "/" and not self.value
        regex = tokens.REGEX.match(text, at, end) if slash else None
        return self.take(regex or tokens.TOKEN.match(text, at, end), text, at, end)

    @abstractmethod
    def read(self, kind: str, word: str, at: int) -> None:
        """Process one token."""

    def open(self, kind: str, name: str = "") -> Frame:
        """Enter brackets, a template or a tag."""
        frame = Frame(kind, bare=self.bare, name=name)
        self.stack.append(frame)
        self.value, self.bare, self.fresh = "", True, True
        return frame

    def close(self, value: str) -> None:
        """Leave the innermost open frame, which was a value of this kind, or "" for none."""
        frame = self.stack.pop()
        self.bare, self.value, self.fresh = frame.bare, value, False

    def unfinished(self) -> bool:
        """Whether a comment, a string or a template is open."""
        return self._rest is not None or self.stack[-1].kind == "template"

    def take(self, found: re.Match[str] | None, text: str, at: int, end: int) -> int:
        """Process the token that was found; returns the offset after it."""
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
        """The pattern of the rest of a string that does not end on its line."""
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
