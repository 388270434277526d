"""The results as JSON Lines: one object a line, for programs that read a stream."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from checker.model import Lesson
from checker.reporting.document import Results
from checker.reporting.escape import json_text
from checker.reporting.look import Look


def render(results: Results, lessons: Mapping[str, Lesson], look: Look) -> str:
    """First the run, then every lesson, finding and block; `type` says which it is.

    The other keys are those of the results document. It is safe to print on a terminal.
    """
    return "".join(pieces(results, lessons, look))


def pieces(results: Results, _lessons: Mapping[str, Lesson], _look: Look) -> Iterator[str]:
    """The same, line by line."""
    encoder = msgspec.json.Encoder()
    return (f"{json_text(encoder.encode(each).decode())}\n" for each in _records(results))


def _records(results: Results) -> Iterator[dict[str, Any]]:
    run = {
        name: getattr(results, name)
        for name in ("schema", "tool", "run", "environment", "summary", "baseline")
    }
    yield {"type": "run", **run}
    for kind, records in (
        ("lesson", results.lessons),
        ("finding", results.findings),
        ("block", results.blocks),
    ):
        for record in records:
            yield {"type": kind, **msgspec.to_builtins(record)}
