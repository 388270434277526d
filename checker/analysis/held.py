"""A block that was run, with what its lesson says about its output and values."""

from collections.abc import Mapping

from msgspec import Struct

from checker.analysis.cell import Cell
from checker.analysis.chance import Chance
from checker.analysis.outputs import OutputBlock
from checker.analysis.ran import RanBlock
from checker.model import Block, Outcome


class HeldBlock(Struct, frozen=True):
    """What the rules about outputs and claims look at.

    `how` is the comparison that a directive asks for: exact, ellipsis, or None. `output` is the fence that
    shows what the block prints, if there is one. `before` is the output of earlier blocks that have no output
    fence of their own, the latest first. `is_meant` says that the lesson makes its claims for the version of
    pandas that it ran under; `versions` holds its outcome under each version for which it makes them.
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
        """Whether the block used a service, whose stand-in holds other data than the author saw."""
        return any(need.kind == "service" for need in self.ran.plan.needs)
