"""One thing that a cell needs."""

from typing import NamedTuple

from checker.model import Need


class Want(NamedTuple):
    """A need, and the words that end "it needs …".

    `never` is true for what no environment has: a notebook's shell, a program beside Python.
    """

    need: Need
    words: str
    never: bool = False
