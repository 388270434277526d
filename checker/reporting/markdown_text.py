"""Text that came from a lesson, for Markdown: no markup, no link, no image, no mention comes of it."""

import re

from checker.patterns import regex
from checker.reporting.escape import one_line

# Every sign with a meaning inside a line, written as a character reference: such is never markup (CommonMark
# 0.31, 2.5). `$` begins a formula on GitHub, `:` an emoji.
_SIGNS = regex(r"[&<>\"'`*_\[\]()!|\\#~@:${}^=]")
# GitHub makes links of these after Markdown is read, references or not: an empty comment keeps them apart.
_MENTIONS = regex(r"(?<=@)(?=\w)|(?<=#)(?=\d)|(?<=www)(?=\.)|(?<=:)(?=//)|(?<=[0-9a-f]{6})(?=[0-9a-f])")


def inline(text: str) -> str:
    """The text on one line, for a paragraph or a cell of a table."""
    pieces = _MENTIONS.split(one_line(text))
    return "<!-- -->".join(_SIGNS.sub(_reference, piece) for piece in pieces)


def code(text: str) -> str:
    """The text on one line, in the letters of code."""
    return f"<code>{_SIGNS.sub(_reference, one_line(text))}</code>"


def _reference(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};"
