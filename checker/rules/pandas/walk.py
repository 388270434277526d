"""The walk that all pandas rules share: each node is shown to the rules that asked for its type."""

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from msgspec import structs

from checker.analysis.cell import Session
from checker.analysis.frames.walk import SessionWalk
from checker.analysis.lesson import LessonAnalysis
from checker.rules.rule import LoadedRule, Report

_Found = tuple[LoadedRule, Report]
_MOST_WORDS = 60


def check_nodes(
    analysis: LessonAnalysis, sessions: Iterable[Session], rules: Sequence[LoadedRule]
) -> Iterator[_Found]:
    """The findings of the node rules in sessions of a lesson, in order."""
    for session in sessions:
        found = _Findings(analysis)
        walk = SessionWalk(analysis.lesson, session)
        for loaded in rules:
            walk.watch(loaded.rule.nodes, partial(found.look, loaded, walk))
        walk.run()
        yield from found.in_order()


class _Findings:
    """Reports without repetitions: the walk passes a loop's body twice, and a function's with every call."""

    def __init__(self, analysis: LessonAnalysis) -> None:
        self._analysis = analysis
        self._wrong: dict[int, Mapping[int, str]] = {}
        self._found: dict[tuple[str, int, int], _Found] = {}

    def look(self, loaded: LoadedRule, walk: SessionWalk, node: ast.AST) -> None:
        """Show a node to a rule."""
        for report in loaded.check(node, walk.types):
            key = (loaded.rule.code, report.span.start, report.span.end)
            known = self._found.get(key)
            if known is None or _says_more(report, known[1]):
                self._found[key] = loaded, self._completed(report, walk)

    def _completed(self, report: Report, walk: SessionWalk) -> Report:
        block = walk.types.cell.block
        if block.index not in self._wrong:
            self._wrong[block.index] = self._analysis.wrong_lines(block)
        lines = walk.types.lines()
        intended = report.intended or not self._wrong[block.index].keys().isdisjoint(lines)
        completed = structs.replace(report, block=block.index, intended=intended)
        right = self._analysis.right_lines(block)
        words = next((right[line] for line in lines if line in right), None)
        return completed if intended or words is None else _shown_as_right(completed, words)

    def in_order(self) -> list[_Found]:
        """All findings, by position."""
        return sorted(self._found.values(), key=lambda found: (found[1].span.start, found[0].rule.code))


def _says_more(report: Report, known: Report) -> bool:
    """Whether a report should replace an equal one: because it is certain or, if both are, has a fix."""
    if bool(known.severity) != bool(report.severity):
        return not report.severity
    return known.fix is None and report.fix is not None


def _shown_as_right(report: Report, words: str) -> Report:
    """Raise certain findings to errors in code that is shown as the right way, since readers copy it."""
    message = f"{report.message} The lesson presents this as the right way: {words[:_MOST_WORDS]!r}."
    return structs.replace(report, message=message, severity=report.severity or "error")
