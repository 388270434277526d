"""Placeholders for omitted code in any language: `<name>`, `{{ name }}`, `...`, `???`, `___`."""

import re

from checker.patterns import regex

# `<file >out` is a redirection, `<<END` begins a here-document, `STRUCT<a INT>` is a type. Since each
# alternative begins with a sign of its own, text in between is skipped in C.
_ANGLES = r"<(?<![<\w]<)(?:[^\W\d][^<>\n]{0,80}(?<! )|@[\w./-]+|\.\.\.|…| [^\W\d][\w/-]*(?: [\w/-]+)+ )>(?!>)"
_BRACES = r"\{\{[^{}\n]*\}\}|\{%[^%\n]*%\}|\$\{[^{}\n]*\}"
ANGLES = regex(_ANGLES)
NAMED = regex(rf"{_ANGLES}|{_BRACES}|\?\?\?+")
# `___ BY city` is a gap to write in, and may stand for any word.
ELLIPSIS = regex(r"\.\.\.|…|__(?<!\w__)_+(?!\w)")


def fill(text: str, pattern: re.Pattern[str] = NAMED, letter: str = "x") -> str:
    """The text with each placeholder replaced by letters, of the same length."""
    return pattern.sub(lambda found: letter * len(found[0]), text)
