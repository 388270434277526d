"""Splits a text into words, and compares words as a reader does.

What differs from run to run is compared by its shape: times, identifiers, addresses, durations and paths.
"""

import re
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from checker.comparing.numbers import same_number
from checker.patterns import regex

Kind = Literal["any", "rest", "line", "rule", "number", "shape", "word", "open", "close"]

_UNITS = (
    r"(?:ns|us|µs|μs|ms|s|secs?|seconds?|mins?|minutes?|hours?|нс|мкс|мс|сек|секунд\w?|мин|минут\w?|час\w{0,2}"
    r"|с(?=[ \t]*(?:$|[.,;)\]])))"
)
_RATES = r"(?:[A-Za-zА-я]{1,20})/(?:s|sec|second|min|с|сек)"
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("any", r"(?<![.\w/])(?:\.{2,3}|…)(?![.\w/])"),
    # At a word it is a part of the line: `Loading...` may be all that is printed.
    ("rest", r"(?<!\.)(?:\.{3}|…)(?!\.)"),
    ("uuid", r"\b[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\b"),
    ("url", r"\b[a-z][a-z0-9+.]{0,20}://[^\s'\"<>()\[\]{}]+"),
    (
        "time",
        (
            r"\b\d{4}[-/]\d\d[-/]\d\d[T ]\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d)\b)?"
            r"|(?<![\w:.])\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?(?![\w:])"
        ),
    ),
    ("date", r"\b\d{4}-\d\d-\d\d\b"),
    ("ip", r"\b(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?\b|\blocalhost:\d+\b"),
    ("address", r"\b0x[0-9a-fA-F]{4,}\b"),
    # A dotted path in angle brackets is no path; neither is a slash between two words.
    ("path", r"(?<![\w:/.])(?:[A-Za-z]:[\\/]|~?/(?=[A-Za-z_.]))[^\s'\"<>|:*?,;()\[\]{}]*"),
    ("rate", rf"(?<![\w.])\d+(?:[.,]\d+){{0,3}}\s?{_RATES}(?!\w)"),
    ("duration", rf"(?<![\w.])\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?\s?{_UNITS}(?!\w)"),
    ("hash", r"\b(?=[0-9a-f]*[0-9])(?=[0-9a-f]*[a-f])[0-9a-f]{12,}\b|\bT_[0-9a-f]{5}(?![0-9a-zA-Z])"),
    (
        "number",
        (
            r"(?:(?<![\w.)\]])[-+\u2212])?(?<![\w.])(?:\d{1,3}(?:,\d{3}){1,6}(?![\d,])|\d[\d_]*)(?:\.\d+|\.(?![\w.]))?"
            r"(?:[eE][+-]?\d+)?%?(?!\w)|(?<![\w.])[-+]?\.\d+%?(?!\w)"
        ),
    ),
    ("line", r"\n"),
    ("open", r"[(\[{]"),
    ("close", r"[)\]}]"),
    ("rule", r"(?P<stroke>[-=─━═*~#])(?P=stroke)+"),
    ("word", r"\w+|[^\w\s]"),
)
_TOKEN = regex("|".join(f"(?P<{name}>{pattern})" for name, pattern in _PATTERNS), re.MULTILINE)
_KINDS: dict[str, Kind] = {
    "any": "any", "rest": "rest", "number": "number", "line": "line", "open": "open", "close": "close",
    "word": "word",
}  # fmt: skip
_SHAPES = frozenset({"uuid", "url", "time", "date", "ip", "address", "path", "rate", "duration", "hash"})
# `np.float64(1.5)`: NumPy 2's form of 1.5.
_SCALAR = regex(r"\bnp\.(?:(?:u?int\d+|float\d+|str_|bool_?)\(([^()]{0,400})\)|(True|False)_)")
# IPython shows `<Point at 0x7f…>` where Python prints `<Point object at 0x7f…>`.
_AT = regex(r" object(?= at 0x[0-9a-fA-F])")
_MIDNIGHT = regex(r"(\d{4}.\d\d.\d\d)[T ]00:00(?::00(?:[.,]0+)?)?")
_CHANGING = regex(r":\d{2,5}(?=/|$)")
_QUOTES = str.maketrans({"“": "'", "”": "'", '"': "'", "‘": "'", "’": "'", "`": "'", "×": "x", "−": "-"})
_MISSING = frozenset({"nan", "nat"})


class Word(Struct, frozen=True):
    """One word of a text. `shape` is an alternative to `text` for comparing words that may differ."""

    kind: Kind
    text: str
    shape: str = ""


def plain_scalars(text: str) -> str:
    """A text with NumPy's scalars written as Python's own, and objects as IPython shows them."""
    text = _AT.sub("", text) if " object at 0x" in text else text
    return _SCALAR.sub(lambda found: found[1] or found[2] or "", text)


def words_of(text: str) -> Iterator[Word]:
    """The words of a text in order; lines end in words of their own, and blanks only separate words."""
    for found in _TOKEN.finditer(plain_scalars(text)):
        name, word = found.lastgroup or "", found[0]
        if name in _SHAPES:
            yield Word("shape", word, name)
        elif name == "rule":
            yield Word("rule", word[0], "rule")
        elif word == "\\":  # in a Windows path, escaped or not
            yield Word("word", "/")
        else:
            yield Word(_KINDS[name], word.translate(_QUOTES))


def same_word(shown: Word, printed: Word, *, loosely: bool) -> bool:
    """Whether a word was printed as the lesson shows it; with `loosely`, all numbers are equal."""
    if shown.kind != printed.kind:
        return False
    if shown.text == printed.text:
        return True
    if shown.kind == "number":
        return loosely or same_number(shown.text, printed.text)
    if shown.kind == "shape":
        return _same_shape(shown, printed, loosely=loosely)
    return (
        shown.kind == "word" and shown.text.lower() == printed.text.lower() and shown.text.lower() in _MISSING
    )


def _same_shape(shown: Word, printed: Word, *, loosely: bool) -> bool:
    if shown.shape != printed.shape:
        return False
    if loosely:
        return True
    if shown.shape == "date":  # a date in the data, where nothing depends on today's date
        return False
    if shown.shape == "url":
        return _CHANGING.sub("", shown.text) == _CHANGING.sub("", printed.text)
    one, other = _MIDNIGHT.fullmatch(shown.text), _MIDNIGHT.fullmatch(printed.text)
    return not (one and other) or one[1] == other[1]
