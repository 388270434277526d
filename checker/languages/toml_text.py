"""TOML, by Python's own parser."""

import re
import tomllib
from collections.abc import Iterator

from checker.languages.fault import Fault
from checker.languages.holes import ELLIPSIS, NAMED, fill
from checker.patterns import regex

_AT = regex(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_LEFT_OUT = regex(r"^[ \t]*(?:\.\.\.|…|\[\.\.\.\])[^\n=]*$", re.MULTILINE)
# What two excerpts one below the other look like.
_TWICE = ("Cannot declare", "Cannot overwrite", "Cannot mutate", "Cannot redefine", "Duplicate")
_BARE_HOLE = regex(rf"(?<==)[ \t]*(?:{NAMED.pattern}|{ELLIPSIS.pattern})[ \t]*(?=#|$)", re.MULTILINE)


def parse(text: str) -> Iterator[Fault]:
    """The first thing that TOML refuses."""
    if _refusal(text) is None:
        return
    filled = _LEFT_OUT.sub(lambda found: " " * len(found[0]), text)
    filled = fill(_BARE_HOLE.sub(lambda found: "1".rjust(len(found[0])), filled), NAMED)
    error = _refusal(filled)
    if error is None or error.startswith(_TWICE):
        return
    found = _AT.search(error)
    at = _offset(text, int(found[1]), int(found[2])) if found and found[1] else max(len(text) - 1, 0)
    message = f"TOML does not allow this ({_AT.sub('', error)[:200]})"
    yield Fault(message, at, at + 1)


def _refusal(text: str) -> str | None:
    try:
        tomllib.loads(text)
    except RecursionError:
        return "values are nested too deeply"
    except ValueError as error:
        return str(error)
    return None


def _offset(text: str, line: int, column: int) -> int:
    """The offset of a place, line and column from 1."""
    before = sum(len(each) + 1 for each in text.split("\n")[: line - 1])
    return min(before + column - 1, max(len(text) - 1, 0))
