"""What single statements of a cell left, as text that was made inside the sandbox: frozen data only."""

from msgspec import Struct


class Shown(Struct, frozen=True, array_like=True):
    """A value as it can be compared and shown: `digest` stands for all of it, `text` is its beginning."""

    digest: str
    text: str


class Step(Struct, frozen=True, array_like=True):
    """What a top-level statement of a cell left: the values of the names that it speaks of.

    "" stands for what it printed, without the names of dtypes, and "*" for that as it is. "@" stands before
    names of tables that it does not speak of and may have written into all the same.
    """

    line: int
    values: dict[str, Shown]


class Told(Struct, frozen=True, array_like=True):
    """What one top-level statement of a cell came to, as text that was made inside the sandbox.

    `statement` counts from 0. `printed` is what it wrote to standard output, its echo included. `texts` are
    the ways in which its value is written, `dtypes` those in which the value's dtype is, `types` the names of
    its class and of those that it derives from; all are empty for what has no value, or none that is short.
    """

    statement: int
    printed: str
    texts: tuple[str, ...] = ()
    dtypes: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
