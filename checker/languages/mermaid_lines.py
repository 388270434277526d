"""State, class and entity diagrams and pies of Mermaid: arrows, labels, and braces that are not closed.

Each was tried on Mermaid 11, which refuses it, beside others that it draws.
"""

import re
from collections.abc import Iterator, Sequence

from checker.languages.fault import Fault
from checker.languages.telling import Line
from checker.patterns import regex

# What opens a block of lines: `class Cup {`, `state Brewing {`, `TEA {`.
_OPENS = regex(r"[ \t]*[A-Za-z][^:\n{}|]*(\{)[ \t]*$")
_CLOSES = regex(r"[^{\n]*\}[ \t]*$")
_NOTE = regex(r"[ \t]*note[ \t]+(?:right|left)[ \t]+of[ \t]+[^:\n]+$", re.IGNORECASE)
_END_NOTE = regex(r"[ \t]*end[ \t]+note\b", re.IGNORECASE)
_STATE_ARROW = regex(r"[ \t]*(?:\[\*\]|\w+)[ \t]*(->)[ \t]*(?:\[\*\]|\w)")
_CLASS_ARROW = regex(r"[ \t]*\w+[ \t]*(->|=>|==>)[ \t]*\w")
_ENTITY_ARROW = regex(r"[ \t]*[\w-]+[ \t]+(-->|->|=>)[ \t]+\w")
_RELATION = regex(
    r"[ \t]*[\w-]+[ \t]+[|}][|o](?:--|\.\.)[|o][|{][ \t]+([\w-]+)[ \t]*(?::[ \t]*(?P<label>[^\n]*))?$"
)
_WORDS = regex(r"[^\s\"]+[ \t]+[^\s\"][^\"]*$")
_SLICE = regex(r"[ \t]*(?:\"[^\"\n]*\"|'[^'\n]*')[ \t]+(\d+(?:\.\d+)?)[ \t]*$")
_BLOCKS = frozenset({"classDiagram", "classDiagram-v2", "erDiagram", "stateDiagram", "stateDiagram-v2"})


def faults(kind: str, lines: Sequence[Line]) -> Iterator[Fault]:
    """The first line that Mermaid refuses, then the last brace that is never closed."""
    for line in _without_notes(lines):
        fault = _fault(kind, line)
        if fault:
            yield fault
            return
    if kind in _BLOCKS:
        yield from _unclosed(lines)


def _without_notes(lines: Sequence[Line]) -> Iterator[Line]:
    inside = False
    for line in lines:
        if not inside:
            yield line
        inside = (inside or _NOTE.match(line.text) is not None) and not _END_NOTE.match(line.text)


def _fault(kind: str, line: Line) -> Fault | None:
    text = line.text.rstrip()
    match kind.removesuffix("-v2"):
        case "stateDiagram" if found := _STATE_ARROW.match(text):
            return _at(line, found, f"a state diagram has no arrow `{found[1]}`: write `-->`")
        case "classDiagram" if found := _CLASS_ARROW.match(text):
            return _at(line, found, f"a class diagram has no arrow `{found[1]}`: write `-->`")
        case "erDiagram" if found := _ENTITY_ARROW.match(text):
            message = f"an entity diagram has no arrow `{found[1]}`: write a relation, such as `||--o{{`"
            return _at(line, found, message)
        case "erDiagram" if found := _RELATION.match(text):
            return _label(line, found)
        case "pie" if found := _SLICE.match(text):
            return _at(line, found, "a `:` is missing before this")
    return None


def _label(line: Line, found: re.Match[str]) -> Fault | None:
    if found["label"] is None:
        return _at(line, found, "a relation needs a label: add `: has` behind it, or the word that fits")
    if _WORDS.match(found["label"].strip()):
        start = line.start + found.start("label")
        message = "a label of more than one word needs double quotes"
        return Fault(message, start, line.start + len(line.text.rstrip()))
    return None


def _at(line: Line, found: re.Match[str], message: str) -> Fault:
    return Fault(message, line.start + found.start(1), line.start + found.end(1))


def _unclosed(lines: Sequence[Line]) -> Iterator[Fault]:
    opened: list[Fault] = []
    for line in lines:
        if found := _OPENS.match(line.text):
            opened.append(_at(line, found, "this `{` is never closed"))
        elif _CLOSES.match(line.text) and opened:
            opened.pop()
    yield from opened[-1:]
