"""What is to be seen of the progress, and what shows it: `bar` in a terminal."""

from typing import Protocol

from msgspec import Struct


class Shown(Struct, frozen=True):
    """A stage of which `done` of `total` steps are done, the last of them `label`.

    `share` is how much of the work that was, from 0 to 1, and `left` says how long the rest takes.
    """

    what: str
    label: str
    done: int
    total: int
    share: float
    left: str


class Display(Protocol):
    """What shows the progress."""

    def update(self, shown: Shown) -> None:
        """Show how far the stage is."""

    def close(self) -> None:
        """Take it off the screen."""
