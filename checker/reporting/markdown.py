"""A summary in Markdown for a job or a review, as GitHub and GitLab show it.

GitHub refuses a job summary of more than 1 MiB: the worst findings come first, and those without room are
counted.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from checker.model import Lesson, Severity
from checker.reporting.document import FindingRecord, Results
from checker.reporting.escape import clipped
from checker.reporting.look import Look
from checker.reporting.markdown_text import code, inline
from checker.reporting.order import counts_as_failure, worst_first
from checker.reporting.words import counted, how_it_ran, what_ran, what_was_found, what_was_read

_MOST_BYTES = 1_000_000  # of 1 MiB: other steps write into the same summary
_SIGNS: Final[dict[Severity, str]] = {"error": "🔴", "warning": "🟡", "info": "🔵"}
Say = Callable[[str], str]


def render(results: Results, _lessons: Mapping[str, Lesson], look: Look) -> str:
    """The numbers, then a table of the findings, worst first; accepted ones are only counted."""
    wanted = [each for each in worst_first(results.findings) if counts_as_failure(each)]
    say = look.say
    numbers = list(_numbers(results, say))
    room = _MOST_BYTES - sum(len(line.encode()) + 1 for line in numbers) - 500
    rows = list(_rows(wanted, room, say))
    table = [*_head(say), *rows] if rows else []
    left_out = len(wanted) - len(rows)
    more = ["", say(f"{counted(left_out, 'more finding')} left out: there is no room for them here.")]
    return "".join(f"{line}\n" for line in [*numbers, *table, *(more if left_out else [])])


def _numbers(results: Results, say: Say) -> Iterator[str]:
    counts = results.summary.findings
    sign = "❌" if counts.error else "⚠️" if counts.warning else "✅"
    yield f"## {sign} {inline(results.tool.name)}: {say(what_was_found(counts))}"
    yield ""
    yield f"- {say(what_was_read(results.summary))}"
    yield from (f"- {say(line)}" for line in what_ran(results))
    yield f"- {inline(say(how_it_ran(results)))}"


def _head(say: Say) -> tuple[str, ...]:
    return ("", f"| | {say('rule')} | {say('where')} | {say('what')} |", "| --- | --- | --- | --- |")


def _rows(findings: Iterable[FindingRecord], room: int, say: Say) -> Iterator[str]:
    for finding in findings:
        place = code(f"{finding.path}:{finding.line}")
        sign = f"{_SIGNS[finding.severity]} {say(finding.severity)}"
        cells = (sign, code(finding.name), place, inline(clipped(finding.message)))
        row = f"| {' | '.join(cells)} |"
        room -= len(row.encode()) + 1
        if room < 0:
            return
        yield row
