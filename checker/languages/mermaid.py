"""Mermaid: the kind of diagram, the most common kinds line by line, and unbalanced blocks.

The only complete grammar is Mermaid's own, in JavaScript; reported is only what its parsers always refuse.
"""

import re
from collections.abc import Iterator

from checker.languages import mermaid_flow, mermaid_lines, mermaid_sequence
from checker.languages.fault import Fault
from checker.languages.telling import Line, lines_of
from checker.patterns import regex
from checker.spelling import nearest

# https://mermaid.js.org/intro/syntax-reference.html; the suffix `-beta` is dropped in later versions.
_KINDS = [
    "architecture",
    "architecture-beta",
    "block",
    "block-beta",
    "C4Component",
    "C4Container",
    "C4Context",
    "C4Deployment",
    "C4Dynamic",
    "classDiagram",
    "classDiagram-v2",
    "erDiagram",
    "flowchart",
    "flowchart-elk",
    "gantt",
    "gitGraph",
    "graph",
    "info",
    "journey",
    "kanban",
    "mindmap",
    "packet",
    "packet-beta",
    "pie",
    "quadrantChart",
    "radar",
    "radar-beta",
    "requirement",
    "requirementDiagram",
    "sankey",
    "sankey-beta",
    "sequenceDiagram",
    "stateDiagram",
    "stateDiagram-v2",
    "timeline",
    "treemap",
    "treemap-beta",
    "treeView-beta",
    "venn-beta",
    "xychart",
    "xychart-beta",
    "zenuml",
]
_FLOWCHARTS = frozenset({"flowchart", "flowchart-elk", "graph"})
_DIRECTION = regex(r"(?:TB|TD|BT|RL|LR|[<>^v])\b|[<>^]|;|$")
_BLOCKS = {
    **dict.fromkeys(_FLOWCHARTS, regex(r"[ \t]*(subgraph)\b")),
    "sequenceDiagram": regex(
        r"[ \t]*(alt|box|break|critical|loop|opt|par|par_over|rect)(?![\w]|[ \t]*[-(<])"
    ),
}
_END = regex(r"[ \t]*end[ \t]*;?[ \t]*(?:%%.*)?$")
_HEAD = regex(r"\A\s*---[ \t]*\n.*?\n---[ \t]*(?=\n)", re.DOTALL)
_DIRECTIVE = regex(r"%%\{.*?\}%%", re.DOTALL)
_WORD = regex(r"[ \t]*([A-Za-z][\w-]*)")


def parse(text: str) -> Iterator[Fault]:
    """The faults of a diagram."""
    blanked = text
    for pattern in (_HEAD, _DIRECTIVE):
        blanked = pattern.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), blanked)
    lines = [
        each for each in lines_of(blanked) if each.text.strip() and not each.text.lstrip().startswith("%%")
    ]
    if not lines or lines[0].text.lstrip().startswith(("...", "…")):
        return
    word = _WORD.match(lines[0].text)
    kind = word[1] if word else ""
    if kind not in _KINDS:
        yield _unknown(lines[0], kind)
        return
    if kind in _FLOWCHARTS and word is not None:
        told = [*_direction(lines[0], word.end())] or [
            *mermaid_flow.faults(blanked, lines[0].start + word.end())
        ]
        yield from told
        if told:
            return
    if kind == "sequenceDiagram" and (told := [*mermaid_sequence.faults(lines[1:])]):
        yield from told
        return
    if any(each.text.strip().startswith(("...", "…")) for each in lines):
        return
    yield from mermaid_lines.faults(kind, lines[1:])
    if kind in _BLOCKS:
        yield from _unbalanced(lines[1:], _BLOCKS[kind])


def _unknown(line: Line, kind: str) -> Fault:
    start = line.start + len(line.text) - len(line.text.lstrip())
    if near := nearest(kind, _KINDS, alike=0.7):
        message = f"Mermaid has no diagram `{kind}`: did you mean `{near}`?"
        return Fault(message, start, start + len(kind))
    message = "a Mermaid diagram begins with its kind, such as `flowchart LR` or `sequenceDiagram`"
    return Fault(message, start, line.start + len(line.text.rstrip()), certain=False)


def _direction(line: Line, at: int) -> Iterator[Fault]:
    rest = line.text[at:].strip()
    if not _DIRECTION.match(rest):
        start = line.start + line.text.index(rest, at)
        message = f"`{rest.split()[0][:20]}` is not a direction: use TB, TD, BT, RL or LR"
        yield Fault(message, start, start + len(rest.split()[0]))


def _unbalanced(lines: list[Line], opens: re.Pattern[str]) -> Iterator[Fault]:
    """The first `end` that ends nothing, and blocks that are never ended."""
    opened: list[tuple[Line, re.Match[str]]] = []
    for line in lines:
        if found := opens.match(line.text):
            opened.append((line, found))
        elif _END.match(line.text):
            if not opened:
                start = line.start + line.text.index("end")
                yield Fault("this `end` closes nothing", start, start + 3)
                return
            opened.pop()
    if opened:
        line, found = opened[-1]
        message = f"this `{found[1]}` is never closed: add an `end` on a line of its own"
        yield Fault(message, line.start + found.start(1), line.start + found.end(1))
