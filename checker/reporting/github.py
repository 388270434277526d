"""Workflow commands of GitHub Actions: each finding becomes an annotation.

GitHub shows the first ten annotations of each kind in a step; so the worst come first, and the rest are
counted.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from checker.model import Lesson, Severity
from checker.reporting.concise import summary_line
from checker.reporting.document import FindingRecord, Results
from checker.reporting.escape import clipped, lines, one_line
from checker.reporting.look import Look
from checker.reporting.order import counts_as_failure, worst_first
from checker.reporting.words import counted

_COMMANDS: Final[dict[Severity, str]] = {"error": "error", "warning": "warning", "info": "notice"}
_MOST_OF_A_KIND = 10


def render(results: Results, _lessons: Mapping[str, Lesson], _look: Look) -> str:
    """A command for each finding, worst first, then what was left out, and the summary."""
    wanted = [each for each in worst_first(results.findings) if counts_as_failure(each)]
    said = [line for severity in _COMMANDS for line in _annotate(wanted, severity)]
    return "".join(f"{line}\n" for line in [*said, summary_line(results)])


def _annotate(findings: list[FindingRecord], severity: Severity) -> Iterator[str]:
    these = [each for each in findings if each.severity == severity]
    yield from map(_command, these[:_MOST_OF_A_KIND])
    if (left_out := len(these) - _MOST_OF_A_KIND) > 0:
        more = counted(left_out, f"more {_COMMANDS[severity]}")
        yield f"{more} without an annotation: GitHub shows ten of a kind in a step"


def _command(finding: FindingRecord) -> str:
    properties = {
        "file": finding.path,
        "line": str(finding.line),
        "endLine": str(finding.end_line),
        "title": f"{finding.code} {finding.name}",
    }
    if finding.line == finding.end_line:  # columns are refused for more than one line
        properties["col"] = str(finding.column)
        properties["endColumn"] = str(finding.end_column)
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    message = "\n".join(clipped(line) for line in lines(finding.message)) or finding.name
    return f"::{_COMMANDS[finding.severity]} {listed}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(one_line(text)).replace(":", "%3A").replace(",", "%2C")
