r"""Java's `.properties`: any text is valid, except for its `\u` escapes (`java.util.Properties.load`)."""

import re
from collections.abc import Iterator

from checker.languages.fault import Fault
from checker.languages.holes import fill
from checker.patterns import regex

_ESCAPE = regex(r"\\(?:u([0-9a-fA-F]{0,4})|.)", re.DOTALL)
_COMMENT = regex(r"^[ \t\f]*[#!].*$", re.MULTILINE)


def parse(text: str) -> Iterator[Fault]:
    r"""Every `\u` without four hexadecimal digits after it: mostly `C:\\users` in a value."""
    for found in _ESCAPE.finditer(fill(text, _COMMENT, " ")):
        digits = found[1]
        if digits is not None and len(digits) < 4:
            message = (
                "`\\u` must be followed by four hexadecimal digits, and Java rejects the whole file: "
                "write a backslash itself as `\\\\`"
            )
            yield Fault(message, found.start(), found.end())
