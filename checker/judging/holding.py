"""Selects the blocks whose output or claims are compared with what the lesson shows."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property

from checker.analysis.cell import Cell
from checker.analysis.chance import Chance, chances
from checker.analysis.console import echoes
from checker.analysis.held import HeldBlock
from checker.analysis.lesson import LessonAnalysis
from checker.analysis.outputs import how_held, output_blocks
from checker.analysis.ran import RanBlock
from checker.analysis.told_errors import comments_error, tells_error
from checker.analysis.versions import is_claimed_for
from checker.comparing.errors import shows_error
from checker.model import Outcome, RunError

_ENDED_WELL = ("passed", "expected-failure", "interrupted")
# At most this many blocks share one output block.
_MOST_BEFORE = 10


class Holding:
    """Pairs the blocks of a lesson with the output and claims to compare them with.

    `labels` are the course's own words for output, `pandas` is the version that the blocks ran under,
    `versions` holds the outcomes under each version that is compared.
    """

    def __init__(
        self,
        analysis: LessonAnalysis,
        labels: Collection[str],
        pandas: str | None,
        versions: Mapping[str, Sequence[Outcome]],
    ) -> None:
        self._analysis = analysis
        self._lesson = analysis.lesson
        self._outputs = output_blocks(analysis.lesson, labels)
        self._pandas = pandas
        self._versions = {
            version: {each.block: each for each in outcomes} for version, outcomes in versions.items()
        }

    def says_error(self, outcome: Outcome) -> str:
        """Which text announces the exception that ended a block, in words; empty when none does.

        It may be an output block, the console session itself, a comment, or the text below the block.
        """
        error = outcome.error
        if error is None:
            return ""
        output = self._outputs.get(outcome.block)
        if output is not None:
            shown = self._lesson.blocks[output.block].code
            return "its output shows" if shows_error(shown, error.type, error.message) else ""
        if self._echoes_error(outcome.block, error):
            return "its output shows"
        block = self._lesson.blocks[outcome.block]
        lines = (error.line, *(each.line for each in error.traceback if each.path == self._lesson.path))
        if comments_error(block, lines, error.type):
            return "a comment beside it says"
        return "the text beside it says" if tells_error(self._lesson, block, error.type) else ""

    def _echoes_error(self, index: int, error: RunError) -> bool:
        """Whether a console session shows the exception below the statement that raised it."""
        cell = next((each for each in self._analysis.cells if each.block.index == index), None)
        if cell is None or cell.tree is None:
            return False
        line = error.line - cell.block.span.line
        for echo in echoes(cell):
            statement = cell.tree.body[echo.statement]
            if statement.lineno <= line <= (statement.end_lineno or line):
                return shows_error(echo.text, error.type, error.message)
        return False

    def held(self, ran: Sequence[RanBlock]) -> Iterator[HeldBlock]:
        """The blocks that the lesson makes a statement about, in the order of their sessions."""
        by_block = {each.block.index: each for each in ran}
        for session in self._analysis.sessions:
            before: tuple[str, ...] = ()
            for cell in session.cells:
                here = by_block.get(cell.block.index)
                if here is None:
                    continue
                if not self._rests_on_a_failure(cell, by_block):
                    yield from self._held(here, cell, before)
                shown = cell.block.index in self._outputs
                before = () if shown else (here.raw.stdout, *before)[:_MOST_BEFORE]

    def _rests_on_a_failure(self, cell: Cell, ran: Mapping[int, RanBlock]) -> bool:
        """Whether the cell uses a name from a block that failed, so that its own output proves nothing."""
        makers = self._analysis.names[cell.block.index].uses.values()
        return any(ran[maker].outcome.kind not in _ENDED_WELL for maker in makers if maker in ran)

    def _held(self, ran: RanBlock, cell: Cell, before: tuple[str, ...]) -> Iterator[HeldBlock]:
        block = cell.block
        output = self._outputs.get(block.index)
        how = how_held(block, self._lesson.blocks[output.block] if output else None)
        is_meant = is_claimed_for(self._lesson, block, self._pandas)
        versions = {
            version: outcomes[block.index]
            for version, outcomes in self._versions.items()
            if block.index in outcomes and is_claimed_for(self._lesson, block, version)
        }
        if how != "skip" and (is_meant or versions):
            yield HeldBlock(ran, cell, how, output, self._chances[block.index], before, is_meant, versions)

    @cached_property
    def _chances(self) -> Mapping[int, Chance]:
        return chances(self._analysis)
