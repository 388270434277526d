"""A document as text, one line a part, so that a case shows at a glance what the reader found.

    head yaml 1-3
    fence python | title="a.py" | 5-7 | list listItem
    > print("hello")
    comment 9:1-9:20 " check: run "
    heading 2 11-11 "Columns"
    text 13-14 "Two lines\\nof text"
    refused mdx-syntax 16:1-16:6 why, and what to write instead

What is null is `-`. Lines and columns count from 1, and ends are exclusive. Of the faults, `refused` is the
one that the site's parser stops at. Headings and texts are shown on request only. An empty document is
`nothing`.
"""

import json

from checker.model import Lesson, Prose
from checker.reading.decoding import line_starts
from checker.reading.document import Comment, Document, Fault, Fence


def render(text: str, document: Document, *, prose: bool = False) -> str:
    """The parts of a text's document, the head first and the rest in the order of the file."""
    places = _Places(text)
    parts = [(fence.start, _fence(places, fence)) for fence in document.fences]
    parts += [(comment.start, _comment(places, comment)) for comment in document.comments]
    parts += [(fault.start, _fault(places, fault, document)) for fault in document.faults]
    if prose:
        parts += [(passage.start, _passage(places, passage)) for passage in document.passages]
    head = document.head
    lines = [] if head is None else [f"head {head.kind} {places.lines(head.start, head.end)}"]
    lines += [part for _, part in sorted(parts, key=lambda part: part[0])]
    return "\n".join(lines) or "nothing"


class _Places:
    def __init__(self, text: str) -> None:
        self._lesson = Lesson("lesson.mdx", text, line_starts(text), None, (), (), (), ())

    def span(self, start: int, end: int) -> str:
        span = self._lesson.span(start, end)
        return f"{span.line}:{span.column}-{span.end_line}:{span.end_column}"

    def lines(self, start: int, end: int) -> str:
        span = self._lesson.span(start, end)
        return f"{span.line}-{span.end_line}"


def _fence(places: _Places, fence: Fence) -> str:
    facts = [
        f"fence {fence.lang or '-'}",
        fence.meta or "-",
        places.lines(fence.start, fence.end),
        " ".join(fence.parents) or "-",
    ]
    if not fence.closed:
        facts.append("unclosed")
    code = fence.code.split("\n") if fence.lines else []
    return "\n".join([" | ".join(facts), *(f"> {line}" if line else ">" for line in code)])


def _comment(places: _Places, comment: Comment) -> str:
    return f"comment {places.span(comment.start, comment.end)} {_quoted(comment.text)}"


def _passage(places: _Places, passage: Prose) -> str:
    kind = f"heading {passage.level}" if passage.level else "text"
    return f"{kind} {places.lines(passage.start, passage.end)} {_quoted(passage.text)}"


def _fault(places: _Places, fault: Fault, document: Document) -> str:
    word = "refused" if fault == document.refusal else "fault"
    return f"{word} {fault.rule} {places.span(fault.start, fault.end)} {fault.message}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
