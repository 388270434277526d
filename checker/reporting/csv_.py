"""The findings as CSV (RFC 4180), for a spreadsheet.

A spreadsheet may execute a cell that begins with `=`, `+`, `-` or `@` as a formula: such text gets an
apostrophe before it, which marks it as text.
"""

import csv
from collections.abc import Mapping
from io import StringIO

from checker.model import Lesson
from checker.reporting.document import FindingRecord, Results
from checker.reporting.escape import clipped, one_line
from checker.reporting.look import Look

_COLUMNS = ("severity", "code", "name", "path", "line", "column", "lesson", "message")
_HEADINGS = (*_COLUMNS, "intended", "known", "confirmed")
_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")  # full-width forms work too


def render(results: Results, _lessons: Mapping[str, Lesson], _look: Look) -> str:
    """A header row, and a row for each finding in the order of the lessons."""
    titles = {each.path: each.title or "" for each in results.lessons}
    sink = StringIO()
    writer = csv.writer(sink, lineterminator="\r\n")
    writer.writerow(_HEADINGS)
    writer.writerows(_row(each, titles.get(each.path, "")) for each in results.findings)
    return sink.getvalue()


def _row(finding: FindingRecord, title: str) -> list[str]:
    texts = (finding.severity, finding.code, finding.name, finding.path)
    flags = (finding.intended, finding.known, finding.confirmed)
    return [
        *map(_cell, texts),
        str(finding.line),
        str(finding.column),
        _cell(title),
        _cell(clipped(finding.message)),
        *("yes" if flag else "no" for flag in flags),
    ]


def _cell(text: str) -> str:
    shown = one_line(text)
    return f"'{shown}" if shown.lstrip().startswith(_FORMULA) else shown
