"""One line a finding, as editors and other programs pick them up, and one line for the run."""

from collections.abc import Mapping

from checker.model import Lesson
from checker.reporting.document import FindingRecord, Results
from checker.reporting.escape import clipped, one_line, shown_path
from checker.reporting.look import Look
from checker.reporting.words import what_ran, what_was_found, what_was_read


def render(results: Results, _lessons: Mapping[str, Lesson], _look: Look) -> str:
    """`path:line:column: severity[name] message`, then the summary."""
    return "".join(f"{line}\n" for line in [*map(_line, results.findings), summary_line(results)])


def summary_line(results: Results) -> str:
    """The whole run on one line."""
    parts = [what_was_read(results.summary), *what_ran(results), what_was_found(results.summary.findings)]
    return "; ".join(parts)


def _line(finding: FindingRecord) -> str:
    place = f"{shown_path(finding.path)}:{finding.line}:{finding.column}"
    message = clipped(one_line(finding.message))
    purpose = "shown wrong on purpose: " if finding.intended else ""
    return f"{place}: {finding.severity}[{one_line(finding.name)}] {purpose}{message}"
