"""Sequence diagrams of Mermaid: the first word of each line, and the texts of messages and notes."""

from collections.abc import Iterable, Iterator

from checker.languages.fault import Fault
from checker.languages.telling import Line
from checker.patterns import regex
from checker.spelling import nearest

_WORDS = [
    "activate",
    "actor",
    "alt",
    "autonumber",
    "box",
    "break",
    "create",
    "critical",
    "deactivate",
    "destroy",
    "else",
    "loop",
    "note",
    "opt",
    "option",
    "par",
    "par_over",
    "participant",
    "properties",
    "rect",
    "title",
]
_ARROW = regex(r"<<-{1,2}>>|-{1,2}(?:>>|>|x|\))")
_MESSAGE = regex(
    r"[ \t]*[^\s:;,#][^:;#\n]*?(?:<<-{1,2}>>|-{1,2}(?:>>|>|[x)](?![\w-])))"
    r"[ \t]*[+-]?[ \t]*[^\s:;#+-][^:;#\n]*$"
)
_NOTE = regex(r"[ \t]*[Nn]ote[ \t]+(?:right of|left of|over)[ \t]+[^:;#\n]+$")
_ALONE = regex(r"[ \t]*([A-Za-z]\w+)[ \t]+[^\n:;#<>(){}@-]+$")


def faults(lines: Iterable[Line]) -> Iterator[Fault]:
    """The first line that Mermaid refuses."""
    for line in lines:
        fault = _fault(line)
        if fault:
            yield fault
            return


def _fault(line: Line) -> Fault | None:
    text = line.text.rstrip()
    first = text.split(maxsplit=1)[0]
    if first.lower() in _WORDS and first.lower() != "note":
        return None
    start, end = line.start + len(text) - len(text.lstrip()), line.start + len(text)
    if _NOTE.match(text):
        return Fault("a note needs its text after a colon: `Note over A: …`", start, end)
    if _MESSAGE.match(text) and _ARROW.search(text):
        return Fault("a message needs its text after a colon: `A->>B: …`", start, end)
    alone = _ALONE.match(text)
    near = nearest(first.lower(), _WORDS, alike=0.75) if alone else ""
    if near and near != first.lower():
        message = f"a sequence diagram has no `{first}`: did you mean `{near}`?"
        return Fault(message, start, start + len(first))
    return None
