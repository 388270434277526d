r"""The grammar of directives: words separated by blanks, each `word`, `word=value` or `word="a value"`.

Inside double quotes `\"` is a quote; every other backslash is kept, since patterns are full of them. A
fence's meta may also contain words of other tools; only words that begin with `check:` are directives.
"""

import re
from collections.abc import Iterator

from msgspec import Struct

from checker.patterns import regex

META_PREFIX = "check:"

# In a blockquote, the comment's next lines begin with `>`.
_BLANKS = regex(r"(?>(?:[ \t]|[\r\n][ \t>]*+)*)")
_WORD = regex(r"[^ \t\r\n=]*")
_BARE_VALUE = regex(r"[^ \t\r\n]*")
# Possessive, so that an open quote takes only one pass.
_QUOTED_VALUE = regex(r'"((?>(?:[^"\\]+|\\.)*))"', re.DOTALL)
# Another tool's word in the meta, which may contain quoted text with blanks, such as title="a b.py".
_FOREIGN_WORD = regex(r"""(?>(?:[^ \t"']++|"[^"]*+"|'[^']*+'|["'])*)""")


class Token(Struct, frozen=True):
    """One word with its value; offsets are those of the scanned text and include the quotes.

    `closed` is false when the value's closing quote is missing.
    """

    word: str
    value: str | None
    start: int
    word_end: int
    end: int
    closed: bool = True


def comment_tokens(text: str, start: int, end: int) -> Iterator[Token]:
    """The words between two offsets of a comment."""
    at = _after(_BLANKS, text, start, end)
    while at < end:
        token = _token(text, at, end)
        yield token
        at = _after(_BLANKS, text, token.end, end)


def meta_tokens(text: str, start: int, end: int) -> Iterator[Token]:
    """The words of a fence's meta that begin with `check:`, without that prefix."""
    at = _after(_BLANKS, text, start, end)
    while at < end:
        if text.startswith(META_PREFIX, at, end):
            token = _token(text, at + len(META_PREFIX), end)
            yield token
            at = token.end
        else:
            at = _after(_FOREIGN_WORD, text, at, end)
        at = _after(_BLANKS, text, at, end)


def _token(text: str, at: int, end: int) -> Token:
    word_end = _after(_WORD, text, at, end)
    word = text[at:word_end]
    if not text.startswith("=", word_end, end):
        return Token(word, None, at, word_end, word_end)
    value_start = word_end + 1
    if not text.startswith('"', value_start, end):
        value_end = _after(_BARE_VALUE, text, value_start, end)
        return Token(word, text[value_start:value_end], at, word_end, value_end)
    quoted = _QUOTED_VALUE.match(text, value_start, end)
    if not quoted:
        return Token(word, text[value_start + 1 : end], at, word_end, end, closed=False)
    return Token(word, quoted[1].replace('\\"', '"'), at, word_end, quoted.end())


def _after(pattern: re.Pattern[str], text: str, at: int, end: int) -> int:
    match = pattern.match(text, at, end)
    assert match  # every pattern used here also matches the empty text
    return match.end()
