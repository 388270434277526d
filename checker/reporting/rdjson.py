"""The format of reviewdog (rdjson): diagnostics with positions and suggestions, for review comments.

Its columns count bytes of UTF-8, so a position needs the text of its line; without it only the line is given.
"""

import json
from collections.abc import Mapping
from typing import Any, Final

from checker.model import Lesson, Severity
from checker.reporting.document import EditRecord, FindingRecord, Results
from checker.reporting.escape import clipped, json_text, one_line
from checker.reporting.look import Look
from checker.reporting.order import counts_as_failure, worst_first

_SEVERITIES: Final[dict[Severity, str]] = {"error": "ERROR", "warning": "WARNING", "info": "INFO"}


def render(results: Results, lessons: Mapping[str, Lesson], _look: Look) -> str:
    """One JSON document: a diagnostic for each finding that is not accepted, worst first."""
    wanted = [each for each in worst_first(results.findings) if counts_as_failure(each)]
    document = {
        "source": {"name": results.tool.name},
        "diagnostics": [_diagnostic(each, lessons.get(each.path)) for each in wanted],
    }
    return json_text(json.dumps(document, indent=2, ensure_ascii=False)) + "\n"


def _diagnostic(finding: FindingRecord, lesson: Lesson | None) -> dict[str, Any]:
    diagnostic: dict[str, Any] = {
        "message": clipped(one_line(finding.message)),
        "location": {"path": finding.path, "range": _range(finding, lesson)},
        "severity": _SEVERITIES[finding.severity],
        "code": {"value": finding.name},
    }
    # Several edits are one fix only together, which a suggestion cannot express.
    if finding.fix and len(finding.fix.edits) == 1 and lesson:
        (edit,) = finding.fix.edits
        diagnostic["suggestions"] = [{"range": _range(edit, lesson), "text": edit.text}]
    return diagnostic


def _range(place: FindingRecord | EditRecord, lesson: Lesson | None) -> dict[str, Any]:
    return {
        "start": _position(place.line, place.column, lesson),
        "end": _position(place.end_line, place.end_column, lesson),
    }


def _position(line: int, column: int, lesson: Lesson | None) -> dict[str, int]:
    if lesson is None or line > len(lesson.line_starts):
        return {"line": line}
    start = lesson.line_starts[line - 1]
    before = lesson.text[start : start + column - 1]
    return {"line": line, "column": len(before.encode(errors="surrogatepass")) + 1}
