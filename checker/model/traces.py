"""What single statements of a cell left, as text that was made inside the sandbox. Data only."""

from msgspec import Struct


class Shown(Struct, frozen=True, array_like=True):
    """A value that can be compared and shown: `digest` stands for all of it, `text` is its beginning."""

    digest: str
    text: str


class Step(Struct, frozen=True, array_like=True):
    """What a top-level statement of a cell left: the values of the names that it mentions.

    The key "" stands for what it printed, without the names of dtypes, and "*" for the same unchanged. "@"
    precedes names of tables that it does not mention but may have changed.
    """

    line: int
    values: dict[str, Shown]


class Told(Struct, frozen=True, array_like=True):
    """The result of one top-level statement of a cell, as text that was made inside the sandbox.

    `statement` counts from 0. `printed` is what it wrote to standard output, including its echo. `texts` are
    the ways to write its value, `dtypes` the ways to write the value's dtype, `types` the names of its class
    and base classes; all are empty when there is no value, or none that is short.
    """

    statement: int
    printed: str
    texts: tuple[str, ...] = ()
    dtypes: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
