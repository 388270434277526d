"""How a report for people is to look."""

from msgspec import Struct

WIDTH = 100  # of source excerpts where there is no terminal to measure


class Look(Struct, frozen=True):
    """With colours or without, the room in terminal cells, and whether all output of blocks is wanted.

    `wrap` breaks long lines at words, for a terminal; what programs read has no line ends of ours.
    """

    color: bool = False
    width: int = WIDTH
    show_output: bool = False
    wrap: bool = False
