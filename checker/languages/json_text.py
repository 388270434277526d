"""JSON as lessons write it: with comments, `...`, several documents, members without their braces.

Anything else that JSON does not have is a fault. A string that goes on over lines is taken for one that was
wrapped to be readable.
"""

import json
import re
from collections.abc import Iterator

from msgspec import Struct

from checker.languages.fault import Fault
from checker.patterns import regex

# Stands for what only the shell knows, in JSON that a command is given.
FILLED_IN = "\ue000"

# A blank is also a comment, and what an author says of a line behind an arrow.
_TOKEN = regex(
    r"""
      (?:(?P<blank>(?:\s|\ufeff)+|(?m:^-{3,}[ \t]*$)|//[^\n]*|\#[^\n]*|/\*.*?(?:\*/|\Z)|(?:←|<--?[ ])[^\n]*)
    | (?P<string>"[^"\\]*(?:\\.[^"\\]*)*")
    | (?P<value>-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?(?![\w.])|(?:true|false|null)\b)
    | (?P<hole>(?:\.\.\.|…)[^\n"{}\[\],:]*|<[^<>\n]*>|\{\{[^{}\n]*\}\}|\{%[^%\n]*%\}|\$\{[^{}\n]*\}
        |\?{3,}|_{3,}(?!\w)|\$[A-Za-z_]\w*|\ue000+|[A-Z][A-Z0-9_]+\b)
    | (?P<mark>[][{}:,])
    | (?P<open>"[^\n]*)
    | (?P<single>'[^'\\\n]*(?:\\.[^'\\\n]*)*')
    | (?P<name>[\w$-]+(?:\.\w+)*)
    | (?P<other>.))\s*
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = regex(r'\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}|(?P<bad>.))', re.DOTALL)
_OWN_COMMENT = regex(r"\n[ \t]*(?://|\#|/\*)")
# `name: // the name of the file`, and the next key: a description of what the JSON holds.
_DESCRIBED = regex(r":[ \t]+//[^\n]{0,300}\n\s*(?:\"?[\w$-]+\"?[ \t]*:|\})")
# `// ...`: members are left out, and the comma behind the last one shown may stand before more of them.
_LEFT_OUT = regex(r"(?:(?<!:)//|\#)[ \t]*(?:\.\.\.|…)")
# What stands for a value where the shape of JSON is drawn: `string`, `(int)`, `"c" | "u"`, `"b"?: 1`, `etc.`.
_TYPE = r"(?:string|str|number|integer|int|int32|int64|long|float|double|decimal|boolean|bool|timestamp|any)"
_DRAWN = regex(rf"{_TYPE}(?:\[\])?[ \t]*(?:[,|?\]}}\n]|$)|\([\w ]+\)|\|[ \t]*[\"\w]|\?[ \t]*:|etc\b")
_PAIRS = {"}": "{", "]": "["}
_PYTHON = {"True": "true", "False": "false", "None": "null"}


class _Token(Struct, frozen=True):
    kind: str
    text: str
    start: int
    end: int


def parse(text: str, *, trailing_commas: bool = False) -> Iterator[Fault]:
    """The first thing that is not JSON; with `trailing_commas` as JSON with comments has it."""
    try:
        json.loads(text, strict=False)
    except (ValueError, RecursionError):
        fault = _Reader(text, trailing_commas=trailing_commas).fault()
        if fault and (_DESCRIBED.search(text) or _DRAWN.match(text, fault.start)):
            fault = Fault(fault.message, fault.start, fault.end, certain=False)
        if fault:
            yield fault


class _RefusedError(Exception):
    def __init__(self, message: str, token: _Token, *, certain: bool = True) -> None:
        super().__init__(message)
        end = min(token.end, token.start + max(1, len(token.text.partition("\n")[0])))
        self.fault = Fault(message, token.start, end, certain)


class _Reader:
    """Reads the tokens from left to right; `_wants` says what may come next.

    `item`: a value, or a key in an object; `colon`; `value` behind one; `comma`; `any`: behind something
    left out, where a comma may be left out too.
    """

    def __init__(self, text: str, *, trailing_commas: bool) -> None:
        self._text = text
        self._trailing = trailing_commas
        self._open: list[_Token] = []
        self._wants = "any"
        self._before: _Token | None = None
        self._wrapped: _Token | None = None

    def fault(self) -> Fault | None:
        try:
            for token in self._tokens():
                self._take(token)
                self._before = token
            self._end()
        except _RefusedError as refused:
            if self._wrapped and self._wrapped.start < refused.fault.start:
                return _RefusedError("this quote is not closed on its line", self._wrapped).fault
            return refused.fault
        return None

    def _tokens(self) -> Iterator[_Token]:
        for found in _TOKEN.finditer(self._text):
            kind = str(found.lastgroup)
            if kind != "blank":
                yield _Token(kind, found[kind], *found.span(kind))

    def _take(self, token: _Token) -> None:
        match token.kind:
            case "string":
                self._string(token)
            case "value":
                self._value(token)
            case "hole":
                self._hole()
            case "mark":
                self._mark(token)
            case _:
                raise self._odd(token)

    def _string(self, token: _Token) -> None:
        if self._wrapped is None and "\n" in token.text:
            self._wrapped = token
        escapes = _ESCAPE.finditer(token.text) if "\\" in token.text else ()
        if bad := next((each for each in escapes if each["bad"]), None):
            at = token.start + bad.start()
            part = _Token("", bad[0], at, at + len(bad[0]))
            raise _RefusedError(f"JSON has no escape `{bad[0]}`: write a backslash itself as `\\\\`", part)
        if self._is_object() and self._wants in {"item", "any"}:
            self._wants = "colon"
        elif not self._open and self._wants == "any":
            self._wants = "any"  # a value, or the key of a member without its braces
        else:
            self._value(token)

    def _value(self, token: _Token) -> None:
        if self._wants == "comma":
            raise self._missing_comma(token)
        if self._wants == "colon":
            raise _RefusedError("a `:` is missing before this", token)
        if self._is_object() and self._wants != "value":
            raise _RefusedError("a key in double quotes is expected here", token)
        self._done()

    def _done(self) -> None:
        self._wants = "comma" if self._open else "any"

    def _hole(self) -> None:
        self._wants = "any"

    def _mark(self, token: _Token) -> None:
        match token.text:
            case "{" | "[":
                self._opening(token)
            case "}" | "]":
                self._closing(token)
            case ":":
                if self._wants == "colon" or (self._wants == "any" and self._before is not None):
                    self._wants = "value"
                else:
                    raise _RefusedError("this `:` follows no key", token)
            case _:
                if self._wants in {"item", "colon", "value"}:
                    raise _RefusedError("something is missing before this comma", token)
                self._wants = "item" if self._open else "any"

    def _opening(self, token: _Token) -> None:
        if self._wants == "comma":
            raise self._missing_comma(token)
        if self._wants == "colon":
            raise _RefusedError("a `:` is missing before this", token)
        if self._is_object() and self._wants == "item":
            raise _RefusedError("a key in double quotes is expected here", token)
        self._open.append(token)
        self._wants = "item"

    def _closing(self, token: _Token) -> None:
        if not self._open:
            raise _RefusedError(f"this `{token.text}` closes nothing", token)
        opened = self._open[-1]
        if opened.text != _PAIRS[token.text]:
            line = self._text.count("\n", 0, opened.start) + 1
            message = f"`{token.text}` cannot close the `{opened.text}` of line {line} of this code"
            raise _RefusedError(message, token)
        before = self._before
        if before and before.text == "," and not (self._trailing or self._is_commented_out(before, token)):
            certain = _LEFT_OUT.search(self._text) is None
            raise _RefusedError(
                "JSON allows no comma after the last item: delete it", before, certain=certain
            )
        if self._wants in {"colon", "value"}:
            raise _RefusedError("a value is missing before this", token)
        self._open.pop()
        self._done()

    def _is_commented_out(self, comma: _Token, closing: _Token) -> bool:
        """Whether comments in lines of their own stand where the last members were."""
        return _OWN_COMMENT.search(self._text, comma.end, closing.start) is not None

    def _end(self) -> None:
        if self._open and not (self._before and self._before.kind == "hole"):
            opened = self._open[-1]
            raise _RefusedError(f"this `{opened.text}` is never closed", opened)

    def _is_object(self) -> bool:
        return bool(self._open) and self._open[-1].text == "{"

    def _missing_comma(self, token: _Token) -> _RefusedError:
        return _RefusedError("a comma is missing before this", token)

    def _odd(self, token: _Token) -> _RefusedError:
        if not self._open:
            message = f"this is not JSON: `{token.text.strip()[:40]}`; name the actual language in the fence"
            return _RefusedError(
                message, token, certain=self._before is not None and self._before.text == ":"
            )
        if token.kind == "open":
            return _RefusedError("this quote is never closed", token)
        if token.kind == "single":
            return _RefusedError("JSON puts text in double quotes", token)
        if token.kind == "name" and self._text.startswith("(", token.end):
            # `ObjectId("…")`: lessons show what the shell prints.
            message = f"`{token.text}(…)` is MongoDB shell or other code, not JSON"
            return _RefusedError(message, token, certain=False)
        if token.text in _PYTHON:
            return _RefusedError(f"`{token.text}` is Python: write `{_PYTHON[token.text]}`", token)
        if token.kind == "name" and self._is_object() and self._wants in {"item", "any"}:
            return _RefusedError("keys must be in double quotes in JSON", token)
        if self._wants == "comma":
            return self._missing_comma(token)
        return _RefusedError(f"`{token.text[:40]}` is not a JSON value: put text in double quotes", token)
