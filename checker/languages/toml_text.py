"""TOML, by Python's own parser."""

import re
import tomllib
from collections.abc import Iterator

from checker.languages.fault import DEEPEST, Fault
from checker.languages.holes import ELLIPSIS, NAMED, fill
from checker.patterns import regex

_AT = regex(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_LEFT_OUT = regex(r"^(?:[ \t]*(?:\.\.\.|…|\[\.\.\.\])[^\n=]*|\+\+\+[ \t]*)$", re.MULTILINE)
# Errors that two excerpts in one block cause.
_TWICE = ("Cannot declare", "Cannot overwrite", "Cannot mutate", "Cannot redefine", "Duplicate")
_ONLY_1_1 = (
    "inline tables allow line breaks and a trailing comma only since TOML 1.1: older parsers reject this"
)
_TOKEN = regex(
    r"""\"{3}(?s:.*?)\"{3}|'{3}(?s:.*?)'{3}|"(?>(?:[^"\\\n]+|\\.)*)"|'[^'\n]*'|\#[^\n]*|[\[\]{}\n]"""
)
_BETWEEN_KEYS = regex(r"[=,\[\]{}\n]")
_BARE_TEXT = regex(r"[A-Za-z/~.][^\s,\]#]*")
_PARTS = regex(r"[ \t]*(?:#|$)")
_LAST_COMMA = regex(r",(?=[ \t]*\})")
_BARE_HOLE = regex(rf"(?<==)[ \t]*(?:{NAMED.pattern}|{ELLIPSIS.pattern})[ \t]*(?=#|$)", re.MULTILINE)


def parse(text: str) -> Iterator[Fault]:
    """The first thing that TOML refuses."""
    if obstacle(text) or _refusal(text) is None:
        return
    filled = fill(text, _LEFT_OUT, " ")
    filled = fill(_BARE_HOLE.sub(lambda found: "1".rjust(len(found[0])), filled), NAMED)
    error = _refusal(filled)
    if error is not None and (joined := _joined(filled)) != filled:
        at = next(at for at, char in enumerate(filled) if joined[at] != char)
        filled, error = joined, _refusal(joined)
        if error is None:
            yield Fault(_ONLY_1_1, at, at + 1, certain=False)
    if error is None:
        return
    if error.startswith(_TWICE):
        yield from _twice(filled, error)
        return
    found = _AT.search(error)
    at = _offset(filled, int(found[1]), int(found[2])) if found and found[1] else max(len(text) - 1, 0)
    words = _AT.sub("", error)
    message = _of_value(filled, at) if words == "Invalid value" else ""
    yield Fault(message or f"TOML does not allow this ({words[:200]})", at, at + 1)


def _of_value(text: str, at: int) -> str:
    """What is to be done about a value that is none, "" where that is not plain."""
    bare = _BARE_TEXT.match(text, at)
    if bare is None:
        return ""
    match bare[0]:
        case "True" | "False" | "TRUE" | "FALSE":
            return f"TOML writes this in small letters: `{bare[0].lower()}`"
        case "null" | "None" | "nil" | "NULL":
            return f"TOML has no `{bare[0]}`: leave the key out"
    return "TOML puts text in double quotes"


def obstacle(text: str) -> str:
    """Why a text is not checked, "" when it is: Python's parser is quadratic in the parts of a key."""
    hollow = _TOKEN.sub(lambda found: found[0] if found[0] in "[]{}\n" else "x", text)
    deep = any(each.count(".") > DEEPEST for each in _BETWEEN_KEYS.split(hollow))
    return f"a key has more than {DEEPEST} parts" if deep else ""


def _twice(text: str, error: str) -> Iterator[Fault]:
    """A repetition with neither a blank line nor a comment in between, so that it is not two excerpts."""
    found = _AT.search(error)
    lines = text.rstrip().split("\n")
    number = int(found[1]) - 1 if found and found[1] else len(lines) - 1
    begins = next((at + 1 for at in range(number, -1, -1) if _PARTS.match(lines[at])), 0)
    again = _refusal("\n".join(lines[begins : number + 1]))
    if again is None or not again.startswith(_TWICE):
        return
    line = lines[number]
    start = sum(len(each) + 1 for each in lines[:number]) + len(line) - len(line.lstrip())
    words = line.strip() if line.lstrip().startswith("[") else line.partition("=")[0].strip()
    yield Fault(f"`{words[:60]}` already has a value above: keep one of them", start, start + len(words))


def _joined(text: str) -> str:
    """The text with each inline table on one line and without trailing commas, as TOML 1.1 allows.

    It has the same length, and other text keeps its offsets.
    """
    pieces: list[str] = []
    within: list[str] = []
    at = 0
    for found in _TOKEN.finditer(text):
        mark = found[0]
        if mark in "[{":
            within.append(mark)
        elif mark in "]}":
            del within[-1:]
        elif within[-1:] == ["{"] and mark[0] in "#\n":
            pieces += (text[at : found.start()], " " * len(mark))
            at = found.end()
    return _LAST_COMMA.sub(" ", "".join([*pieces, text[at:]]))


def _refusal(text: str) -> str | None:
    try:
        tomllib.loads(text)
    except RecursionError:
        return "values are nested too deeply"
    except ValueError as error:
        return str(error)
    return None


def _offset(text: str, line: int, column: int) -> int:
    """The offset of a line and column, both from 1."""
    before = sum(len(each) + 1 for each in text.split("\n")[: line - 1])
    return min(before + column - 1, max(len(text) - 1, 0))
