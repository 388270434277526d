"""One thing that a cell needs."""

from msgspec import Struct

from checker.model import Need


class Want(Struct, frozen=True):
    """A need, and the words that end "it needs …".

    `never` is true for what no environment has: a notebook's shell, a program beside Python.
    """

    need: Need
    words: str
    never: bool = False
