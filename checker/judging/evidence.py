"""The warnings of pandas, of chained assignment and of its next version, as evidence for what was read."""

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
        if not _is_evidence(warning) or warning.line in seen:
            continue
        seen.add(warning.line)
        yield _rule_name(warning, findings), _report(ran, warning)


def _is_evidence(warning: RunWarning) -> bool:
    # The classes are Pandas4Warning, Pandas5Warning and so on (pandas 3.0, PDEP-17).
    module, _, name = warning.type.rpartition(".")
    return warning.type == _CHAINED or (module == "pandas.errors" and name.startswith("Pandas"))


def _rule_name(warning: RunWarning, findings: Sequence[Finding]) -> str:
    """One warning serves both rules: reading the line may have told which it is, else the message does."""
    is_chained = warning.type == _CHAINED
    for finding in findings:
        is_its_rule = finding.name in _RULES if is_chained else finding.code.startswith("PAN")
        if is_its_rule and finding.span.line <= warning.line <= finding.span.end_line:
            return finding.name
    if not is_chained:
        return "deprecated-4"
    return "inplace-on-selection" if "inplace" in warning.message else "chained-assignment"


def _report(ran: RanBlock, warning: RunWarning) -> Report:
    return Report(
        message=f"pandas warned when this ran: {warning.first_sentence}",
        span=ran.line_span(warning.line),
        block=ran.block.index,
        intended=ran.is_wrong(warning.line),
    )
