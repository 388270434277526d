"""One line for each finding, for editors and other programs, and one line for the run."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from checker.model import Lesson
from checker.reporting.document import FindingRecord, FixedRecord, Results
from checker.reporting.escape import clipped, one_line, shown_path
from checker.reporting.look import Look
from checker.reporting.words import what_ran, what_was_fixed, what_was_found, what_was_read


def render(results: Results, _lessons: Mapping[str, Lesson], look: Look) -> str:
    """`path:line:column: severity[name] message`, then the summary."""
    told = (each for each in results.findings if not each.known)  # known findings are counted in the summary
    say = look.say
    lines = [_line(each, say) for each in told]
    lines += [*_refusals(results.fixes, say), summary_line(results, say)]
    return "".join(f"{line}\n" for line in lines)


def summary_line(results: Results, say: Callable[[str], str] = str) -> str:
    """The whole run on one line, translated by `say`."""
    summary = results.summary
    found = (what_was_found(summary.findings), *what_was_fixed(summary.fixes))
    parts = [what_was_read(summary), *what_ran(results), *found]
    return "; ".join(map(say, parts))


def _refusals(fixes: Iterable[FixedRecord], say: Callable[[str], str]) -> Iterator[str]:
    for each in fixes:
        if not each.applied:
            place = f"{one_line(each.path)}:{each.line}:{each.column}"
            yield f"{place}: {say('not fixed')}[{one_line(each.name)}] {clipped(one_line(each.reason))}"


def _line(finding: FindingRecord, say: Callable[[str], str]) -> str:
    place = f"{shown_path(finding.path)}:{finding.line}:{finding.column}"
    message = clipped(one_line(finding.message))
    purpose = f"{say('shown wrong on purpose')}: " if finding.intended else ""
    return f"{place}: {finding.severity}[{one_line(finding.name)}] {purpose}{message}"
