"""A table whose changes are reported."""

from typing import Any, Literal

from msgspec import Struct

Connector = Literal["postgresql", "mysql"]
Row = dict[str, Any]
Kind = Literal[
    "int16",
    "int32",
    "int64",
    "float32",
    "float64",
    "boolean",
    "string",
    "decimal",
    "variable-decimal",
    "date",
    "timestamp",
    "timestamptz",
    "time",
    "interval",
    "json",
    "xml",
    "uuid",
    "bytes",
]


class Column(Struct, frozen=True):
    """A column of a table.

    `digits` is the precision of a decimal or of a second's fraction, `scale` the decimal places, `length` the
    maximum length of a text; `padded` texts are filled up to it with blanks. `default` is the one in the
    schema of an event: a value of the column, or None; computed ones, such as the next number of a sequence
    or the time, are zero. `gaps` makes generated values null sometimes.
    """

    name: str
    kind: Kind
    nullable: bool = True
    key: bool = False
    default: Any = None
    digits: int | None = None
    scale: int = 0
    length: int | None = None
    padded: bool = False
    array: bool = False
    gaps: bool = False


class Table(Struct, frozen=True):
    """A table as a connector sees it; `schema` is empty in MySQL, where a database has none."""

    connector: Connector
    database: str
    schema: str
    name: str
    columns: tuple[Column, ...]

    def key(self) -> tuple[Column, ...]:
        """The columns of its primary key; empty without one."""
        return tuple(column for column in self.columns if column.key)
