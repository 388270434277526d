"""The warning of pandas about chained assignment as evidence for the rules that read for it."""

from collections.abc import Iterator, Sequence

from checker.analysis.ran import RanBlock
from checker.model import Finding, RunWarning
from checker.rules.rule import Report

_CHAINED = "pandas.errors.ChainedAssignmentError"
_RULES = ("chained-assignment", "inplace-on-selection")


def evidence(ran: RanBlock, findings: Sequence[Finding]) -> Iterator[tuple[str, Report]]:
    """The rule and the report for every line that made pandas warn, once a line."""
    seen: set[int] = set()
    for warning in ran.warnings:
        if warning.type != _CHAINED or warning.line in seen:
            continue
        seen.add(warning.line)
        yield _rule_name(warning, findings), _report(ran, warning)


def _rule_name(warning: RunWarning, findings: Sequence[Finding]) -> str:
    """One warning serves both rules: reading the line may have told which it is, else the message does."""
    for finding in findings:
        if finding.name in _RULES and finding.span.line <= warning.line <= finding.span.end_line:
            return finding.name
    return "inplace-on-selection" if "inplace" in warning.message else "chained-assignment"


def _report(ran: RanBlock, warning: RunWarning) -> Report:
    return Report(
        message=f"pandas warned when this ran: {warning.first_sentence}",
        span=ran.line_span(warning.line),
        block=ran.block.index,
        intended=ran.is_wrong(warning.line),
    )
