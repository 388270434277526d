"""Translates libyaml's errors into messages that help the author of a lesson."""

import re
from typing import TYPE_CHECKING

from checker.patterns import regex
from checker.reading.head import HeadError

if TYPE_CHECKING:
    from yaml import MarkedYAMLError


# By libyaml's message. True: report where the construct began instead of where it went wrong.
_PLAIN_WORDS: dict[str, tuple[str, bool]] = {
    "could not find expected ':'": (
        "this line is neither `key: value` nor a list item: add the colon, or indent it under its key",
        True,
    ),
    "did not find expected '-' indicator": (
        "a list item (`- …`) is expected here: check the indentation",
        False,
    ),
    "did not find expected ',' or ']'": ("this `[` is not closed: every item but the last needs a `,`", True),
    "did not find expected ',' or '}'": (
        "this `{` is not closed: every entry but the last needs a `,`",
        True,
    ),
    "found unexpected end of stream": ("this quote is never closed", True),
    "found unexpected document indicator": ("this quote is never closed", True),
    "found unknown escape character": (
        "in double quotes a backslash begins an escape: use single quotes, or write the backslash twice",
        False,
    ),
    "did not find expected hexdecimal number": (
        "in double quotes \\x, \\u and \\U need 2, 4 and 8 hex digits: put other text in single quotes",
        False,
    ),
    "did not find expected alphabetic or numeric character": (
        "`*` and `&` at the beginning have a meaning in YAML: put the text in quotes",
        True,
    ),
    "did not find expected comment or line break": (
        "`|` and `>` at the beginning start a text on the following lines: put this text in quotes",
        True,
    ),
    "found undefined tag handle": ("`!` at the beginning names a type in YAML: put the text in quotes", True),
    "did not find expected <document start>": (
        "this belongs to nothing above it: align the line with the first key",
        False,
    ),
}

_AFTER_QUOTE = (
    "text follows the closing quote: if the text itself contains quotes, put it in quotes of the other kind"
)
_VALUE_BEGINS = regex(r"[ ]*(?:- )*(?:[\w-]+:[ ]+|- )([\"'])")
_TABS = "tabs are not allowed here in YAML: indent with spaces"


def explain(text: str, error: "MarkedYAMLError") -> HeadError:
    """The same error in an author's words, at the relevant place in `text`."""
    problem = error.problem or "it cannot be read"
    mark = error.problem_mark or error.context_mark
    at = min(mark.index, len(text)) if mark else 0
    began = min(error.context_mark.index, len(text)) if error.context_mark else at
    if (opened := _open_quote_above(text, at)) is not None:
        return _error("this quote is not closed on its line", text, opened)
    if "tab character" in problem or text.startswith("\t", at):
        return _error(_TABS, text, at)
    if problem == "mapping values are not allowed in this context":
        return _error(_second_colon(text, at), text, at)
    if problem in {"did not find expected key", "block sequence entries are not allowed in this context"}:
        return _error(_no_key(text, at), text, at)
    if problem == "found character that cannot start any token":
        return _error(f"text that begins with {text[at : at + 1]} needs quotes in YAML", text, at)
    if problem in _PLAIN_WORDS:
        message, where_it_began = _PLAIN_WORDS[problem]
        return _error(message, text, began if where_it_began else at)
    context = f" {error.context}" if error.context else ""
    return _error(f"this is not YAML: {problem}{context}", text, at)


def _open_quote_above(text: str, at: int) -> int | None:
    """The opening quote that seems to be closed by a later value's own opening quote, on a line below."""
    before = _line_before(text, at)
    found = _VALUE_BEGINS.fullmatch(before)
    if found is None:
        return None
    for line in reversed(re.split("(?<=[\r\n])", text[: at - len(before)])):
        at -= len(before)
        before = line
        if line.count(found[1]) % 2:
            return at - len(line) + line.rindex(found[1])
    return None


def _second_colon(text: str, at: int) -> str:
    key, colon, value = _line_before(text, at).partition(":")
    if not colon:
        return "this line is indented deeper than the lines it belongs to: align it with the key above"
    if value.lstrip(" ")[:1] in {"'", '"'}:
        return _AFTER_QUOTE
    return f'a value with `: ` in it needs quotes: write {key.strip(" -")[:40]}: "…"'


def _no_key(text: str, at: int) -> str:
    is_first = not _line_before(text, at).strip(" ")
    if text.startswith("-", at):
        if is_first:
            return "this list belongs to no key: the key above has a value already"
        return (
            "a list begins on the line after its key, not beside it: text that begins with `- ` needs quotes"
        )
    if is_first:
        return (
            "this line is indented like none of the lines above: align it with the key or list it belongs to"
        )
    return _AFTER_QUOTE


def _line_before(text: str, at: int) -> str:
    return re.split("[\r\n]", text[:at])[-1]


def _error(message: str, text: str, at: int) -> HeadError:
    return HeadError("frontmatter-syntax", message, at, min(at + 1, len(text)))
