"""Evidence from a run: warnings and exceptions of pandas, for the rules that look for their cause."""

from collections.abc import Iterator

from msgspec import Struct

from checker.analysis.lesson import LessonAnalysis
from checker.analysis.ran import RanBlock, holds
from checker.judging.signs import rules_of_error, rules_of_warning
from checker.model import Block, RunError, RunWarning, Severity
from checker.rules.rule import Report

_CHAINED = "ChainedAssignmentError"


class Evidence(Struct, frozen=True):
    """A report of the first of `rules`, dropped when reading already reported any of them there.

    `is_failure` is true for the exception that ended the block, `only_confirms` when it is no proof on its
    own.
    """

    rules: tuple[str, ...]
    report: Report
    is_failure: bool = False
    only_confirms: bool = False


def evidence(analysis: LessonAnalysis, ran: RanBlock) -> Iterator[Evidence]:
    """Everything that pandas warned of or raised while a block ran, once for each rule and line."""
    seen: set[tuple[str, int]] = set()
    for line, each in _all(_Witness(analysis, ran)):
        key = each.rules[0], line
        if key not in seen:
            seen.add(key)
            yield each


def _all(witness: "_Witness") -> Iterator[tuple[int, Evidence]]:
    raw = witness.ran.raw
    if raw.kind == "failed" and raw.error is not None:
        yield from witness.error(raw.error, is_failure=True)
    for warning in raw.warnings:
        yield from witness.warning(warning)
    # Statements after the exception ran in a state that the lesson never has: a missing key proves nothing
    # there.
    for error in raw.later.errors:
        if error.type != "KeyError":
            yield from witness.error(error, is_failure=False)
    for warning in raw.later.warnings:
        yield from witness.warning(warning)


class _Witness:
    """Makes evidence of the warnings and exceptions of one block."""

    def __init__(self, analysis: LessonAnalysis, ran: RanBlock) -> None:
        self._analysis = analysis
        self.ran = ran

    def warning(self, warning: RunWarning) -> Iterator[tuple[int, Evidence]]:
        rules = rules_of_warning(warning)
        if rules:
            message = f"pandas warned when this ran: {warning.first_sentence}"
            # Code that only warns still works.
            severity: Severity | None = None if warning.type.endswith(_CHAINED) else "warning"
            yield warning.line, Evidence(rules, self._report(message, warning.line, severity))

    def error(self, error: RunError, *, is_failure: bool) -> Iterator[tuple[int, Evidence]]:
        rules = rules_of_error(error) if error.line else ()
        if rules:
            what = f"{error.type.rpartition('.')[2]}: {error.message}"
            message = f"pandas 3 refuses this: {what}"
            expected = is_failure and self.ran.outcome.kind == "expected-failure"
            report = self._report(message, error.line, None, intended=expected)
            yield error.line, Evidence(rules, report, is_failure)

    def _report(
        self, message: str, line: int, severity: Severity | None, *, intended: bool = False
    ) -> Report:
        block = self._block(line)
        wrong = line - block.span.line in self._analysis.wrong_lines(block)
        return Report(message, self.ran.line_span(line), block.index, severity, intended=intended or wrong)

    def _block(self, line: int) -> Block:
        """The block that holds a line; a function of an earlier block may be what ran."""
        blocks = self._analysis.lesson.blocks
        return next((each for each in blocks if holds(each, line)), self.ran.block)
