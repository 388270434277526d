"""The warnings of pandas as findings of the rules that read for the same thing."""

from collections.abc import Iterator, Sequence

from checker.analysis.ran import RanBlock
from checker.model import Finding, RunWarning
from checker.rules.rule import Report

_CHAINED = "pandas.errors.ChainedAssignmentError"


def evidence(ran: RanBlock, findings: Sequence[Finding]) -> Iterator[tuple[str, Report]]:
    """The rule and the report for every warning of pandas; a line that warns in a loop is one report."""
    seen: set[tuple[str, int]] = set()
    for warning in ran.warnings:
        name = _rule_name(warning, findings)
        if name is None or (name, warning.line) in seen:
            continue
        seen.add((name, warning.line))
        yield name, _report(ran, warning)


def _rule_name(warning: RunWarning, findings: Sequence[Finding]) -> str | None:
    if warning.type == _CHAINED:
        # One warning serves both rules. Reading the line may already have told which it is; else pandas
        # speaks of an `inplace` method only in the message of that case.
        for finding in findings:
            both = ("chained-assignment", "inplace-on-selection")
            if finding.name in both and finding.span.line <= warning.line <= finding.span.end_line:
                return finding.name
        return "inplace-on-selection" if "inplace" in warning.message else "chained-assignment"
    # The classes for what a coming version changes are Pandas4Warning, Pandas5Warning and so on
    # (pandas 3.0, "New deprecation policy").
    module, _, name = warning.type.rpartition(".")
    if module == "pandas.errors" and name.startswith("Pandas") and name.endswith("Warning"):
        return "deprecated-4"
    return None


def _report(ran: RanBlock, warning: RunWarning) -> Report:
    first_sentence = " ".join(warning.message.partition(".\n")[0].split())
    return Report(
        message=f"pandas warned when this ran: {first_sentence}",
        span=ran.line_span(warning.line),
        block=ran.block.index,
        intended=ran.is_wrong(warning.line),
    )
