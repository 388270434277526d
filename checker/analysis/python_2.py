"""Recognises code for Python 2, in lessons that say so."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from checker.model import Block, Lesson
from checker.patterns import regex

_SAID = regex(r"\b(?:Python|Py)[ -]?2(?:\.[0-7x])?(?![.\d])", re.IGNORECASE)
# Syntax that Python 3 does not have. https://docs.python.org/3.0/whatsnew/3.0.html
_WRITTEN = regex(
    r"^[ \t]*(?:print|exec)[ \t]+[^\s(=.,)]|^[ \t]*except[ \t]+[\w.() ,]+,[ \t]*\w+[ \t]*:"
    r"|\braise[ \t]+\w+[ \t]*,|<>|`[^`\n]+`|\b\d+[lL]\b|(?<![\w.])0[0-7]+\b|\bur['\"]",
    re.MULTILINE,
)


def is_python_2(lesson: Lesson, block: Block, source: str) -> bool:
    """Whether a block that does not parse has such syntax, and the text above it mentions Python 2."""
    return _WRITTEN.search(source) is not None and any(map(_SAID.search, _above(lesson, block)))


def _above(lesson: Lesson, block: Block) -> Iterator[str]:
    """The passage right above a block, and the headings of its sections."""
    at = bisect_right(lesson.prose, block.span.start, key=lambda each: each.end)
    level = 7
    for number, passage in enumerate(reversed(lesson.prose[:at])):
        if number == 0 or 0 < passage.level < level:
            yield passage.text
            level = passage.level or level
