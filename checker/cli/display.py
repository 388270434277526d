"""What is shown of the progress, and the interface of displays; `bar` is the one for terminals."""

from typing import Protocol

from msgspec import Struct


class Shown(Struct, frozen=True):
    """A stage of which `done` of `total` steps are done, the last of them `label`.

    `share` is the share of the work that is done, from 0 to 1; `left` says how long the rest takes.
    """

    what: str
    label: str
    done: int
    total: int
    share: float
    left: str


class Display(Protocol):
    """Shows the progress."""

    def update(self, shown: Shown) -> None:
        """Show the current state."""

    def close(self) -> None:
        """Remove it from the screen."""
