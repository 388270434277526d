"""Translates patterns of JSON Schema, which are ECMAScript's, to Python's `re`."""

import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby

from checker.patterns import regex

# One token of an expression; what is not listed here means the same in both languages.
_TOKEN = regex(
    r"""
    \\(?P<negated>[pP])\{(?P<unicode>[^}]*)\}
    | \\u\{(?P<code>[0-9A-Fa-f]{1,6})\}
    | \\k<(?P<back>\w+)>
    | \\c(?P<control>[A-Za-z])
    | (?P<escape>\\.)
    | (?P<group>\(\?<(?![=!]))
    | (?P<empty>\[\^?\])
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)

# ECMAScript's line ends and blanks: Python knows fewer of the former, and in ASCII mode of the latter.
_LINE_ENDS = r"\n\r\u2028\u2029"
_BLANKS = r"\s\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"

_OUTSIDE_CLASS = {
    ".": f"[^{_LINE_ENDS}]",
    "$": r"(?![\s\S])",  # Python's also matches before a final line end
    r"\s": f"[{_BLANKS}]",
    r"\S": f"[^{_BLANKS}]",
}
# Reserved for future use in classes by Python, which warns about them.
_INSIDE_CLASS = {"[": r"\[", "&": r"\&", "~": r"\~", "|": r"\|", r"\s": _BLANKS}
_EMPTY_CLASS = {"[]": "(?!)", "[^]": r"[\s\S]"}

_LONG_NAMES = {
    "Letter": "L",
    "Uppercase_Letter": "Lu",
    "Lowercase_Letter": "Ll",
    "Titlecase_Letter": "Lt",
    "Modifier_Letter": "Lm",
    "Other_Letter": "Lo",
    "Mark": "M",
    "Number": "N",
    "Decimal_Number": "Nd",
    "Punctuation": "P",
    "Symbol": "S",
    "Separator": "Z",
    "Other": "C",
}
_SCRIPT = regex(r"(?:Script|sc|Script_Extensions|scx)=(\w+)")


def to_python(pattern: str) -> str:
    """The pattern for Python. Raises ValueError when it is invalid, or has no equivalent."""
    translated = f"(?a:{''.join(_translate(pattern))})"
    try:
        re.compile(translated)
    except re.error as error:
        raise ValueError(error.msg) from None
    return translated


def _translate(pattern: str) -> Iterator[str]:
    in_class = False
    for token in _TOKEN.finditer(pattern):
        text = token[0]
        if token["unicode"] is not None:
            yield _unicode_class(token["unicode"], negated=token["negated"] == "P", in_class=in_class)
        elif token["code"]:
            yield f"\\U{int(token['code'], 16):08x}"
        elif token["back"]:
            yield f"(?P={token['back']})"
        elif token["control"]:
            yield f"\\x{ord(token['control']) % 32:02x}"
        elif in_class:
            in_class = text != "]"
            yield _INSIDE_CLASS.get(text, text)
        elif token["group"]:
            yield "(?P<"
        elif token["empty"]:
            yield _EMPTY_CLASS[text]
        else:
            in_class = text == "["
            yield _OUTSIDE_CLASS.get(text, text)


def _unicode_class(name: str, *, negated: bool, in_class: bool) -> str:
    inside = _complement(_characters(name)) if negated else _characters(name)
    ranges = "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in inside)
    return ranges if in_class else f"[{ranges}]"


@cache
def _runs() -> tuple[tuple[str, int, int], ...]:
    """All of Unicode in runs of one category, each with its first and last code point."""
    runs = []
    begin = 0
    for category, group in groupby(map(unicodedata.category, map(chr, range(sys.maxunicode + 1)))):
        end = begin + sum(1 for _ in group)
        runs.append((category, begin, end - 1))
        begin = end
    return tuple(runs)


@cache
def _characters(name: str) -> tuple[tuple[int, int], ...]:
    """The ranges of code points of a general category (`Lu`, `Letter`) or a script (`Script=Cyrillic`).

    Python does not know scripts: the first word of a character's name is taken for its script.
    """
    short = name.removeprefix("General_Category=").removeprefix("gc=")
    category = _LONG_NAMES.get(short, short)
    script = _SCRIPT.fullmatch(name)
    first_words = script[1].upper().replace("_", " ") + " " if script else ""
    ranges: list[tuple[int, int]] = []
    for general, first, last in _runs():
        if not first_words:
            found: Iterable[tuple[int, int]] = [(first, last)] if general.startswith(category) else ()
        elif general[0] == "C":  # controls and unassigned characters have no names
            found = ()
        else:
            codes = range(first, last + 1)
            found = (
                (each, each) for each in codes if unicodedata.name(chr(each), "").startswith(first_words)
            )
        for begin, end in found:
            goes_on = ranges and ranges[-1][1] == begin - 1
            ranges.append((ranges.pop()[0] if goes_on else begin, end))
    if not ranges or not category:
        raise ValueError(f"\\p{{{name}}} is no Unicode class known here")
    return tuple(ranges)


def _complement(ranges: tuple[tuple[int, int], ...]) -> Iterator[tuple[int, int]]:
    begin = 0
    for first, last in ranges:
        if begin < first:
            yield begin, first - 1
        begin = last + 1
    if begin <= sys.maxunicode:
        yield begin, sys.maxunicode
