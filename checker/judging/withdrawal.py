"""Findings that running contradicts: they are kept as info, with the reason."""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from checker.analysis.ran import RanBlock, holds
from checker.judging.statements import Statements
from checker.model import Finding
from checker.patterns import regex
from checker.rules.evidence import SHOWS

# Code that these rules report always raises or warns when it runs. For other rules, one run proves nothing.
_ALWAYS_SHOWN = frozenset(name for name, shows in SHOWS.items() if "result" not in shows)
# These also warn, but a finding that is only a warning may be about something other than a frame.
_SHOWN_OF_FRAMES = frozenset({"chained-assignment", "inplace-on-selection"})
# pandas warns of deprecations for pandas 4 since this version.
_FIRST_VERSION = (3, 1)
_VERSION = regex(r"(\d+)\.(\d+)")


def can_contradict(pandas: str | None) -> bool:
    """Whether a run under this version can contradict findings; None when pandas was not installed."""
    found = _VERSION.match(pandas or "")
    return found is not None and (int(found[1]), int(found[2])) >= _FIRST_VERSION


def is_decided_by_running(finding: Finding) -> bool:
    """Whether running the code without any warning or exception contradicts the finding."""
    if finding.silent or finding.intended:
        return False
    return finding.name in _ALWAYS_SHOWN or (
        finding.name in _SHOWN_OF_FRAMES and finding.severity == "warning"
    )


def decided_lines(findings: Iterable[Finding]) -> frozenset[int]:
    """The lines for which it matters whether their statements ran to the end."""
    return frozenset(each.span.line for each in findings if is_decided_by_running(each))


def withdraw(
    findings: Iterable[Finding], ran: Sequence[RanBlock], statements: Statements
) -> tuple[Finding, ...]:
    """The findings; those that the run contradicts become info without a fix."""
    return tuple(_withdrawn(each) if _is_contradicted(each, ran, statements) else each for each in findings)


def _is_contradicted(finding: Finding, ran: Sequence[RanBlock], statements: Statements) -> bool:
    if finding.confirmed or not is_decided_by_running(finding):
        return False
    lines = statements.lines(finding.span.line)
    return any(_ran_through(finding, each, statements) for each in ran) and not any(
        _has_a_word(each, lines) for each in ran
    )


def _ran_through(finding: Finding, ran: RanBlock, statements: Statements) -> bool:
    line, raw = finding.span.line, ran.raw
    if line in raw.completed:
        return True
    if not holds(ran.block, line):
        return False
    if raw.kind == "passed":
        return statements.is_at_top(line)
    return raw.error is not None and statements.ends_before(line, raw.error.line)


def _has_a_word(ran: RanBlock, lines: range) -> bool:
    raw = ran.raw
    said = [each.line for each in (*raw.warnings, *raw.later.warnings)]
    said += [each.line for each in (raw.error, *raw.later.errors) if each]
    return any(each in lines for each in said)


def _withdrawn(finding: Finding) -> Finding:
    message = f"{finding.message} But this line ran without an error or a pandas warning."
    return replace(finding, severity="info", message=message, fix=None)
