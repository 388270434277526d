"""Decides which blocks run, and why the others do not."""

from collections.abc import Callable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from checker.analysis.cell import Cell
from checker.analysis.lesson import LessonAnalysis
from checker.analysis.myst import tags
from checker.analysis.needs.want import Want
from checker.analysis.words import listed, quoted
from checker.model import Block, BlockPlan, Class, Directive, Need
from checker.patterns import regex
from checker.running.lab import Lab
from checker.running.offer import Offer

# The first kind that applies decides the class.
_CLASS_OF: dict[str, Class] = {
    "package": "needs-package",
    "service": "needs-service",
    "data": "needs-data",
    "input": "needs-input",
}
_LONGEST_MARKER = 60
# The tag of a notebook cell that must not be executed.
_SKIPS = "skip-execution"
# How other checkers are told not to run a fence: https://github.com/pydantic/pytest-examples and
# https://github.com/modal-labs/pytest-markdown-docs
_SAYS_SKIP = regex(r"(?<![^\s{])(?:test=([\"']?)skip\1|notest)(?![^\s}])")
_NO_LAB = Lab()


def plan_lesson(
    analysis: LessonAnalysis,
    *,
    has_package: Callable[[str], bool],
    services: frozenset[str] = frozenset(),
    fixtures: frozenset[str] = frozenset(),
    lab: Lab = _NO_LAB,
) -> tuple[BlockPlan, ...]:
    """A plan for every block of a lesson, in order.

    `has_package` tells whether the lesson's interpreter can import a module. `services` are the available
    services, including environment variables that are set. `fixtures` are the files as paths relative to the
    session's folder. `lab` holds the services that lessons find in their sandbox.
    """
    planner = _Planner(analysis, Offer(has_package, services, fixtures, lab))
    return tuple(planner.plan(block) for block in analysis.lesson.blocks)


class _Obstacle(Struct, frozen=True):
    """Why a cell does not run: its class, the end of the sentence "it …", and what is missing.

    `root` is the end of "the block at line 7 …" for blocks that depend on it.
    """

    kind: Class
    words: str
    root: str
    lacking: tuple[Want, ...] = ()


class _Planner:
    """Plans blocks in order, so that the plans of the blocks that a block depends on are known."""

    def __init__(self, analysis: LessonAnalysis, offer: Offer) -> None:
        self._analysis = analysis
        self._offer = offer
        self._cells = {cell.block.index: cell for cell in analysis.cells}
        self._stopped: dict[int, _Obstacle] = {}

    def plan(self, block: Block) -> BlockPlan:
        cell = self._cells.get(block.index)
        if cell:
            return self._plan_cell(cell)
        if block.lang is None:
            return BlockPlan(block.index, "not-code", runs=False, reason="it has no language")
        if self._offer.runs_sql:
            # Imported here: a course whose SQL is not run need not pay for it.
            from checker.running.sql.planning import plan_sql

            if planned := plan_sql(self._analysis, block):
                return planned
        return BlockPlan(block.index, "other-language", runs=False, reason=f"it is {block.lang}, not Python")

    def _plan_cell(self, cell: Cell) -> BlockPlan:
        if skip := self._directive(cell, "skip"):
            words = f"is skipped by its author: {skip.value}"
            return self._stop(cell, _Obstacle("skipped-by-author", words, words))
        if _SKIPS in tags(cell.block):
            words = f"is skipped by its author with the tag `{_SKIPS}`"
            return self._stop(cell, _Obstacle("skipped-by-author", words, words))
        meta = cell.block.meta or ""
        if ("skip" in meta or "notest" in meta) and (said := _SAYS_SKIP.search(meta)):
            words = f"is skipped by its author with `{said[0]}` in its fence"
            return self._stop(cell, _Obstacle("skipped-by-author", words, words))
        obstacle = self._verdict_obstacle(cell) or self._lack(cell)
        if cell.block.directive("run") and cell.error is None:
            return self._go(cell)
        if (wrong := self._shown_wrong(cell)) and (obstacle is None or obstacle.kind != "not-code"):
            return self._plan_counterexample(cell, wrong, obstacle)
        return self._stop(cell, obstacle) if obstacle else self._go(cell)

    def _plan_counterexample(self, cell: Cell, wrong: str, obstacle: _Obstacle | None) -> BlockPlan:
        missing = self._analysis.verdicts[cell.block.index].missing
        if obstacle is None and missing:
            words = f"lacks {quoted(each.name for each in missing)}"
            obstacle = _Obstacle("counterexample", words, words)
        reason = f"it is shown wrong on purpose ({wrong})"
        if obstacle is None:
            return self._go(cell, "counterexample", reason)
        stopped = replace(obstacle, kind="counterexample")
        return self._stop(cell, stopped, f"{reason}, and is not run because it {obstacle.words}")

    def _go(self, cell: Cell, kind: Class | None = None, reason: str = "") -> BlockPlan:
        index = cell.block.index
        needs, verdict = self._analysis.needs[index], self._analysis.verdicts[index]
        if not reason and needs.endless:
            kind, reason = "endless", f"{needs.endless}: it is interrupted, as a reader would do"
        elif not reason and verdict.missing:
            reason = f"it runs and fails: {verdict.reason}"
        elif not reason:
            reason = "it is complete, and nothing that it needs is missing"
        return BlockPlan(index, kind or "runnable", runs=True, reason=reason, needs=self._needs(cell))

    def _stop(self, cell: Cell, obstacle: _Obstacle, reason: str = "") -> BlockPlan:
        index = cell.block.index
        self._stopped[index] = obstacle
        needs = self._needs(cell, obstacle.lacking)
        return BlockPlan(
            index, obstacle.kind, runs=False, reason=reason or f"it {obstacle.words}", needs=needs
        )

    def _verdict_obstacle(self, cell: Cell) -> _Obstacle | None:
        verdict = self._analysis.verdicts[cell.block.index]
        if verdict.kind == "not-code":
            words = f"is {verdict.reason}, not Python"
            return _Obstacle("not-code", words, words)
        if verdict.kind == "fragment":
            return _Obstacle("fragment", f"is an excerpt: {verdict.reason}", "is an excerpt")
        if verdict.kind == "newer":
            words = f"needs {verdict.reason}"
            return _Obstacle(
                "needs-package", words, words, (Want(Need("package", "python"), verdict.reason),)
            )
        if verdict.kind == "broken" and cell.error:
            return _Obstacle("runnable", verdict.reason, "does not parse")
        return None

    def _lack(self, cell: Cell) -> _Obstacle | None:
        """What a complete cell is missing, itself or through the earlier cells that it uses."""
        own = tuple(want for want in self._wants(cell) if self._offer.lacks(want))
        taken = list(self._taken_from_stopped(cell))
        lacking = (*own, *(want for each in taken for want in each.lacking))
        kinds = [kind for kind in _CLASS_OF if kind in {want.need.kind for want in lacking}]
        if kinds and kinds[0] in {want.need.kind for want in own}:
            root = _needs_words(kinds[0], own)
            words = root + self._offer.advice(own)
            if taken and not set(own).issuperset(taken[0].lacking):
                words += f"; it also {taken[0].words}"
            return _Obstacle(_CLASS_OF[kinds[0]], words, root, lacking)
        if kinds:
            first = next(each for each in taken if kinds[0] in {want.need.kind for want in each.lacking})
            return replace(first, kind=_CLASS_OF[kinds[0]], lacking=lacking)
        if taken:
            return taken[0]
        if script := self._analysis.needs[cell.block.index].script:
            words = f"is a script: {script}"
            return _Obstacle("runnable", words, words)
        return None

    def _taken_from_stopped(self, cell: Cell) -> Iterator[_Obstacle]:
        """The blocks that the cell depends on and that do not run, each as an obstacle."""
        index = cell.block.index
        for name, source in self._analysis.names[index].uses.items():
            if source in self._stopped:
                yield self._tied(f"uses `{name}` from", source)
        for path, source in self._analysis.needs[index].reads.items():
            if source in self._stopped:
                yield self._tied(f"reads `{path}` from", source)
        for missing in self._analysis.verdicts[index].missing:
            if missing.cause == "later" and missing.made and missing.made.block != index:
                yield from self._made_later(missing.name, missing.made.block)

    def _tied(self, tie: str, source: int) -> _Obstacle:
        stopped = self._stopped[source]
        words = f"{tie} the block at line {self._line(source)}, which {stopped.root}"
        return _Obstacle("runnable", words, stopped.root, stopped.lacking)

    def _made_later(self, name: str, source: int) -> Iterator[_Obstacle]:
        """The obstacle of a later block that makes a name: the cell needs what that block needs."""
        lacking = tuple(want for want in self._wants(self._cells[source]) if self._offer.lacks(want))
        for kind in _CLASS_OF:
            if kind in {want.need.kind for want in lacking}:
                root = _needs_words(kind, lacking)
                words = f"uses `{name}`, which only the later block at line {self._line(source)} defines"
                yield _Obstacle("runnable", f"{words}, but that block {root}", root, lacking)
                return

    def _wants(self, cell: Cell) -> list[Want]:
        wants = list(self._analysis.needs[cell.block.index].wants)
        if directive := self._directive(cell, "needs"):
            names = (directive.value or "").replace(",", " ").split()
            wants += (Want(Need("service", name), f"the service `{name}`") for name in names)
        return wants

    def _needs(self, cell: Cell, more: tuple[Want, ...] = ()) -> tuple[Need, ...]:
        return tuple(dict.fromkeys(want.need for want in (*self._wants(cell), *more)))

    def _directive(self, cell: Cell, word: str) -> Directive | None:
        on_lesson = (each for each in self._analysis.lesson.directives if each.word == word)
        return cell.block.directive(word) or next(on_lesson, None)

    def _shown_wrong(self, cell: Cell) -> str:
        """What shows the cell as wrong on purpose, in words; empty when nothing does."""
        if cell.block.directive("wrong"):
            return "its directive says so"
        wrong = self._analysis.wrong_lines(cell.block)
        return f"“{wrong[min(wrong)][:_LONGEST_MARKER]}”" if wrong else ""

    def _line(self, index: int) -> int:
        return self._cells[index].block.span.line


def _needs_words(kind: str, lacking: tuple[Want, ...]) -> str:
    """The end of "it …" for what is missing, beginning with needs of the given kind."""
    first = [want for want in lacking if want.need.kind == kind]
    others = [want.words for want in lacking if want.need.kind != kind]
    words = f"needs {listed(want.words for want in first)}"
    if kind == "package" and not first[-1].never:
        words += ", which is not installed" if len(first) == 1 else ", which are not installed"
    return f"{words} (and {listed(others)})" if others else words
