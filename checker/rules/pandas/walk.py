"""The one walk that all pandas rules share: each node is shown to the rules that asked for its type."""

import ast
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from msgspec import structs

from checker.analysis.frames.walk import SessionWalk
from checker.analysis.lesson import LessonAnalysis
from checker.rules.rule import LoadedRule, Report

_Found = tuple[LoadedRule, Report]


def check_nodes(analysis: LessonAnalysis, rules: Sequence[LoadedRule]) -> Iterator[_Found]:
    """What the rules that look at nodes have to say about a lesson, in its order."""
    for session in analysis.sessions:
        found = _Findings(analysis)
        walk = SessionWalk(analysis.lesson, session)
        for loaded in rules:
            walk.watch(loaded.rule.nodes, partial(found.look, loaded, walk))
        walk.run()
        yield from found.in_order()


class _Findings:
    """Reports, each once: the walk passes a loop's body twice, and a function's with every call."""

    def __init__(self, analysis: LessonAnalysis) -> None:
        self._analysis = analysis
        self._wrong: dict[int, Mapping[int, str]] = {}
        self._found: dict[tuple[str, int, int], _Found] = {}

    def look(self, loaded: LoadedRule, walk: SessionWalk, node: ast.AST) -> None:
        """Show a rule a node."""
        for report in loaded.check(node, walk.types):
            key = (loaded.rule.code, report.span.start, report.span.end)
            known = self._found.get(key)
            if known is None or _tells_more(report, known[1]):
                self._found[key] = loaded, self._completed(report, walk)

    def _completed(self, report: Report, walk: SessionWalk) -> Report:
        block = walk.types.cell.block
        if block.index not in self._wrong:
            self._wrong[block.index] = self._analysis.wrong_lines(block)
        intended = report.intended or not self._wrong[block.index].keys().isdisjoint(walk.types.lines())
        return structs.replace(report, block=block.index, intended=intended)

    def in_order(self) -> list[_Found]:
        """All that was found, by place."""
        return sorted(self._found.values(), key=lambda found: (found[1].span.start, found[0].rule.code))


def _tells_more(new: Report, known: Report) -> bool:
    """What is certain on one way through the code is certain; else what can be fixed tells more."""
    if new.severity == known.severity:
        return new.fix is not None and known.fix is None
    return known.severity is not None and new.severity is None
