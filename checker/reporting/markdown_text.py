"""Escapes text from lessons for Markdown: no markup, link, image or mention results from it."""

import re

from checker.patterns import regex
from checker.reporting.escape import one_line

# Every character with a meaning inside a line is written as a character reference, which is never markup
# (CommonMark 0.31, 2.5). `$` begins a formula on GitHub, `:` an emoji.
_SIGNS = regex(r"[&<>\"'`*_\[\]()!|\\#~@:${}^=]")
# GitHub links these after Markdown is parsed, even as references: an empty comment separates them.
_MENTIONS = regex(r"(?<=@)(?=\w)|(?<=#)(?=\d)|(?<=www)(?=\.)|(?<=:)(?=//)|(?<=[0-9a-f]{6})(?=[0-9a-f])")


def inline(text: str) -> str:
    """The text on one line, for a paragraph or a cell of a table."""
    pieces = _MENTIONS.split(one_line(text))
    return "<!-- -->".join(_SIGNS.sub(_reference, piece) for piece in pieces)


def code(text: str) -> str:
    """The text on one line, as code."""
    return f"<code>{_SIGNS.sub(_reference, one_line(text))}</code>"


def _reference(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};"
