"""A block that was run, together with what its lesson says that it prints and comes to."""

from collections.abc import Mapping

from msgspec import Struct

from checker.analysis.cell import Cell
from checker.analysis.chance import Chance
from checker.analysis.outputs import OutputBlock
from checker.analysis.ran import RanBlock
from checker.model import Block, Outcome


class HeldBlock(Struct, frozen=True):
    """What the rules about outputs and claims look at.

    `how` is what a directive says of the comparison: exact, ellipsis, or nothing. `output` is the fence that
    shows what the block prints, if there is one. `before` is what the blocks before it printed that no fence
    of their own shows, the last one first. `is_meant` says that the lesson makes its claims for the version
    of pandas that it ran under; `versions` has its outcome under each of several for which it makes them.
    """

    ran: RanBlock
    cell: Cell
    how: str | None
    output: OutputBlock | None
    chance: Chance
    before: tuple[str, ...]
    is_meant: bool
    versions: Mapping[str, Outcome]

    @property
    def block(self) -> Block:
        """The block that was run."""
        return self.ran.block

    @property
    def uses_stand_in(self) -> bool:
        """Whether it asked a service: what stands in for one holds other data than the author saw."""
        return any(need.kind == "service" for need in self.ran.plan.needs)
