"""Expressions: finds the end of an expression between braces, and refuses what cannot be one.

The site's parser passes everything between braces to a JavaScript parser. A brace in a string, a template, a
comment, a regular expression or the text between two tags ends nothing. This grammar is strict, because
authors put prose and placeholders between braces; inside functions it follows only brackets.
"""

from collections.abc import Callable

from checker.reading.mdx.javascript import tokens
from checker.reading.mdx.javascript.functions import BRACKETS, FunctionScanner
from checker.reading.mdx.javascript.scanner import Frame
from checker.reading.mdx.reasons import quoted
from checker.reading.mdx.refusal import RefusedError

_CLOSERS = {
    ")": ("group", "call"),
    "]": ("array", "index"),
    "}": ("object", "insert", "braces", "value", "spread"),
}
# Brackets that may be empty, and those that allow a trailing comma.
_MAY_BE_EMPTY = ("group", "call", "array", "object", "braces")
_LISTS = ("group", "call", "array", "object")
# The kind of value that a closed bracket makes, when it cannot be assigned to.
_CLOSED = {"group": "group", "call": "other", "insert": "", "braces": "", "value": "", "spread": ""}


class JavaScript(FunctionScanner):
    """Reads what follows an opening brace, up to the brace that closes it.

    `kind` is "braces" for an optional expression, "value" for an expression, "spread" for `...value`.
    """

    def __init__(self, kind: str) -> None:
        # Called with the next token first; returns true when it has handled it.
        self.expected: Callable[[str, str, int], bool] | None = None
        super().__init__(kind)

    def open(self, kind: str, name: str = "") -> Frame:
        """Enter brackets, a template, a tag or a function."""
        frame = super().open(kind, name)
        if kind == "spread":
            self.expected = self._spread
        return frame

    def read(self, kind: str, word: str, at: int) -> None:
        """Process one token."""
        expected, self.expected = self.expected, None
        if expected is not None and expected(kind, word, at):
            return
        frame = self.stack[-1]
        if frame.kind == "tag":
            self.read_in_tag(kind, word, at)
        elif self.functions:
            self.read_in_function(kind, word, at)
        elif frame.kind == "object" and frame.state != "value":
            self._in_object(frame, kind, word, at)
        elif kind == "name":
            self._name(word, at)
        elif kind == "punctuator":
            self._punctuator(word, at)
        elif kind == "template":
            self.open("template")
        else:
            self._begin(word, at)
            if kind == "private":
                raise RefusedError(at, f"{quoted(word)} has no meaning outside of a class")
            self._took("other")

    # -- values

    def _took(self, value: str) -> None:
        self.value, self.fresh = value, False

    def _want(self, *, bare: bool) -> None:
        """Require a value next; `bare` when that value may be assigned to."""
        self.value, self.bare, self.fresh = "", bare, False

    def _begin(self, word: str, at: int) -> None:
        """A value begins. After another value, these are mostly two words of prose."""
        if self.value:
            raise self._misplaced(word, at)

    def _need(self, word: str, at: int) -> None:
        if not self.value:
            raise RefusedError(at, f"a value is missing before {quoted(word)}")

    def _name(self, word: str, at: int) -> None:
        if self.value and word in ("in", "instanceof"):
            self._want(bare=False)
            return
        self._begin(word, at)
        if word in tokens.PREFIXES:
            self._want(bare=False)
        elif word in ("function", "class"):
            self.open("function")
        elif word == "import":
            self._took("other")
            self.expected = self._import
        elif word in tokens.CONSTANTS:
            self._took("other")
        elif word in tokens.RESERVED:
            raise RefusedError(at, f"{quoted(word)} is a reserved word of JavaScript")
        else:
            self._took("name")
            self.expected = self._after_async if word == "async" else None

    # -- punctuators

    def _punctuator(self, word: str, at: int) -> None:
        if word in BRACKETS:
            self._closer(word, at)
        elif word in ("(", "["):
            kinds = ("call", "group") if word == "(" else ("index", "array")
            self.open(kinds[0] if self.value else kinds[1])
        elif word == "{":
            self._begin(word, at)
            self.open("object")
        elif word == "<" and not self.value:
            self.open("tag")
        elif word in tokens.BINARY and (self.value or word not in ("+", "-")):
            self._binary(word, at)
        elif word in ("++", "--") and self.value:
            if self.value == "other":
                raise self._misplaced(word, at)
        elif word in ("+", "-", "!", "~", "++", "--"):
            self._begin(word, at)
            self._want(bare=False)
        elif word == "...":
            self._spread_begins(at)
        else:
            self._separator(word, at)

    def _binary(self, word: str, at: int) -> None:
        self._need(word, at)
        assigns = word in tokens.ASSIGNMENTS
        if assigns and (self.value == "other" or not self.bare):
            raise RefusedError(at, f"nothing can be assigned to the expression before {quoted(word)}")
        self._want(bare=assigns)

    def _separator(self, word: str, at: int) -> None:
        frame = self.stack[-1]
        if word == "," and frame.kind == "array" and self.fresh:
            return
        self._need(word, at)
        if word in (".", "?."):
            self.expected = self._member if word == "." else self._optional
        elif word == "=>" and self.value in ("name", "group") and self.bare:
            self._want(bare=True)
            self.expected = self._arrow_body
        elif word == "?":
            self.open("choice")
        elif word == ":" and frame.kind == "choice":
            self.close("")
            self.bare = True
        elif word == "," and frame.kind != "choice":
            self._want(bare=True)
            self.fresh = frame.kind in _LISTS
            self.expected = self._end_of_spread if frame.kind == "spread" else None
            frame.state = "start" if frame.kind == "object" else frame.state
        else:
            raise self._misplaced(word, at)

    def _misplaced(self, word: str, at: int) -> RefusedError:
        # A complete expression is wrong where it ends, which may be in the line before.
        complete = len(self.stack) == 1 and self.new_line
        return RefusedError(
            self.ended if complete else at, f"{quoted(word)} cannot follow the text before it"
        )

    def _closer(self, word: str, at: int) -> None:
        frame = self.stack[-1]
        if frame.kind == "choice":
            raise RefusedError(at, f"`:` is missing before {quoted(word)}")
        if frame.kind not in _CLOSERS[word]:
            raise RefusedError(at, f"{quoted(word)} closes nothing there")
        missing = not self.value
        if missing and not (self.fresh and frame.kind in _MAY_BE_EMPTY):
            raise RefusedError(at, f"a value is missing before {quoted(word)}")
        self.close(_CLOSED.get(frame.kind, "member"))
        if frame.kind == "group" and (missing or frame.state == "spread"):
            self.expected = self._arrow
        elif frame.kind == "call" and frame.name == "async":
            self.value = "group"

    def _spread_begins(self, at: int) -> None:
        frame = self.stack[-1]
        self._begin("...", at)
        if not (self.fresh and frame.kind in _LISTS):
            raise RefusedError(at, "`...` is not allowed there")
        frame.state = "spread"
        self._want(bare=True)

    # -- what must or may follow certain words

    def _spread(self, _kind: str, word: str, at: int) -> bool:
        if word != "...":
            raise RefusedError(at, f"{quoted(word)} is not expected there")
        self._want(bare=True)
        return True

    def _end_of_spread(self, _kind: str, word: str, at: int) -> bool:
        if word != "}":
            raise RefusedError(at, f"{quoted(word)} follows a comma")
        self._took("other")
        return False

    def _member(self, kind: str, _word: str, at: int) -> bool:
        if kind != "name":
            raise RefusedError(at, "a name is missing after the dot")
        self._took("member")
        return True

    def _optional(self, kind: str, word: str, at: int) -> bool:
        return word not in ("(", "[") and self._member(kind, word, at)

    def _arrow(self, _kind: str, word: str, at: int) -> bool:
        if word != "=>":
            raise RefusedError(at, "a value is missing between the brackets")
        return False

    def _arrow_body(self, kind: str, word: str, at: int) -> bool:
        if word != "{":
            return False
        self.open("function")
        self.read_in_function(kind, word, at)
        return True

    def _import(self, _kind: str, word: str, at: int) -> bool:
        if word not in ("(", "."):
            raise RefusedError(at, "`import` must be at the beginning of a line, or be called")
        return False

    def _after_async(self, kind: str, word: str, _at: int) -> bool:
        if word == "function":
            self.open("function")
        elif word == "(":
            self.open("call", "async")
        elif kind == "name" and word not in tokens.RESERVED:
            self.expected = self._arrow
        else:
            return False
        return True

    # -- objects

    def _in_object(self, frame: Frame, kind: str, word: str, at: int) -> None:
        """Process a token of a key, or what follows a key.

        The frame's states: start, key (a name, which may be shorthand for its value), literal (any other
        key).
        """
        if word == ":" and frame.state != "start":
            frame.state = "value"
            self._want(bare=True)
        elif word == "(" and frame.state != "start":
            frame.state = "value"
            self.open("function")
            self.read_in_function(kind, word, at)
        elif frame.state == "start" or (
            frame.state == "key" and frame.name in ("get", "set", "async") and word not in (",", "}", "=")
        ):
            self._key(frame, kind, word, at)
        elif frame.state == "key" and word in (",", "}", "=") and frame.name not in tokens.RESERVED:
            frame.state = "value"
            self._took("name")
            self._punctuator(word, at)
        else:
            raise RefusedError(at, f"{quoted(word)} cannot follow a key", "write `key: value`")

    def _key(self, frame: Frame, kind: str, word: str, at: int) -> None:
        self.fresh = self.fresh and word == "}"
        if kind == "name":
            frame.state, frame.name = "key", word
        elif kind in ("string", "number"):
            frame.state = "literal"
        elif word == "[":
            frame.state = "literal"
            self.open("index")
        elif word == "...":
            frame.state = "value"
            self._want(bare=True)
        elif word == "}":
            self._closer(word, at)
        elif word != "*":
            raise RefusedError(at, f"{quoted(word)} cannot be a key")
