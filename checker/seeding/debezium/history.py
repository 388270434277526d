"""The history of a table: a snapshot reads it, then rows are created, updated and deleted."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any, Literal

from msgspec import Struct

from checker.seeding.debezium.samples import Sampler
from checker.seeding.debezium.table import Column, Row, Table

# Keys that were given may collide with generated ones.
_TRIES = 100_000


class Mix(Struct, frozen=True):
    """The number of initial rows, and of events of each kind."""

    rows: int
    r: int
    c: int
    u: int
    d: int


class Change(Struct, frozen=True):
    """A row was read, created, updated or deleted at a time; `before` and `after` are whole rows or None."""

    op: Literal["r", "c", "u", "d"]
    at: datetime
    before: Row | None
    after: Row | None


def tell_history(
    table: Table, given: Sequence[Mapping[str, Any]], mix: Mix, start: datetime, random: Random
) -> Iterator[Change]:
    """The changes of a table whose first rows, beginning with `given`, are read at `start`.

    Missing values of given rows are generated. Only existing rows are updated and deleted, and a key is used
    once. `mix.r` is at most `mix.rows`; rows must exist or be created before they are updated or deleted.
    Raises ValueError when there are no more values for a key.
    """
    return _History(table, start, random, mix.rows + mix.c).changes(given, mix)


class _History:
    def __init__(self, table: Table, start: datetime, random: Random, most: int) -> None:
        self._table = table
        self._at = start
        self._random = random
        self._sampler = Sampler(random, most)
        self._numbers = 0
        self._live: list[Row] = []
        self._keys = set[tuple[Any, ...]]()
        self._key_names = [column.name for column in table.key()]

    def changes(self, given: Sequence[Mapping[str, Any]], mix: Mix) -> Iterator[Change]:
        began = self._at
        self._keys.update(self._key(row) for row in given)
        for index in range(mix.rows):
            days, seconds = self._random.randint(1, 300), self._random.randint(0, 86_399)
            row = given[index] if index < len(given) else {}
            self._live.append(self._new(row, began - timedelta(days=days, seconds=seconds)))
        for row in self._live[: mix.r]:
            # A snapshot is read fast: nearly all of it at one moment.
            yield Change("r", self._at, None, row)
        left = {"c": mix.c, "u": mix.u, "d": mix.d}
        while any(left.values()):
            op = self._choose(left)
            left[op] -= 1
            # The clock advances by 0.2 to 30 seconds.
            self._at += timedelta(microseconds=self._random.randint(200_000, 30_000_000))
            yield self._change(op)

    def _choose(self, left: dict[str, int]) -> str:
        """One of the remaining events, chosen so that the rest can happen too."""
        live = len(self._live)
        can = {
            "c": True,
            "u": live > 0,
            "d": live > 1 or (live == 1 and (left["u"] == 0 or left["c"] > 0)),
        }
        ops = [op for op in "cud" if left[op] and can[op]]
        return self._random.choices(ops, [left[op] for op in ops])[0]

    def _change(self, op: str) -> Change:
        if op == "c":
            row = self._new({}, self._at)
            self._live.append(row)
            return Change("c", self._at, None, row)
        index = self._random.randrange(len(self._live))
        before = self._live[index]
        if op == "d":
            # Swap with the last one: removing from the middle would be linear.
            self._live[index] = self._live[-1]
            self._live.pop()
            return Change("d", self._at, before, None)
        after = self._updated(before)
        self._live[index] = after
        return Change("u", self._at, before, after)

    def _new(self, given: Mapping[str, Any], written: datetime) -> Row:
        for _ in range(_TRIES):
            self._numbers += 1
            row = {
                column.name: given[column.name]
                if column.name in given
                else self._sampler.value(column, self._numbers, written)
                for column in self._table.columns
            }
            key = self._key(row)
            if not key or key not in self._keys or all(name in given for name in self._key_names):
                self._keys.add(key)
                return row
        raise ValueError(f"the key {', '.join(self._key_names)} has no more values")

    def _key(self, row: Mapping[str, Any]) -> tuple[Any, ...]:
        return tuple(row.get(name) for name in self._key_names)

    def _updated(self, before: Row) -> Row:
        """The row with one or two other values, and a new time in a column named like an update time."""
        columns = [column for column in self._table.columns if not column.key]
        times = [column for column in columns if _is_time(column)]
        free = [column for column in columns if not _is_time(column)]
        after = dict(before)
        for column in self._random.sample(free, min(len(free), self._random.randint(1, 2))):
            after[column.name] = self._sampler.another(column, before[column.name], self._at)
        for column in times:
            if "update" in column.name.lower() or "modified" in column.name.lower():
                after[column.name] = self._at
        return after


def _is_time(column: Column) -> bool:
    return column.kind in {"timestamp", "timestamptz"}
