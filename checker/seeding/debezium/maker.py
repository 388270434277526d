"""Generates a topic's messages from its keys in the configuration."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from random import Random
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from checker.config.services_keys import DebeziumKeys
from checker.errors import ConfigError
from checker.running.lab import Message
from checker.seeding.debezium.envelope import events, messages
from checker.seeding.debezium.guessing import guess_columns
from checker.seeding.debezium.history import Mix, tell_history
from checker.seeding.debezium.sql_types import column_from_text
from checker.seeding.debezium.table import Column, Row, Table
from checker.seeding.debezium.teller import Teller
from checker.seeding.debezium.unwrapping import unwrapped
from checker.seeding.debezium.values import to_column
from checker.seeding.instants import milliseconds
from checker.seeding.scripts import ScriptTable

# Debezium's version, unless the configuration names one.
_VERSION = "3.2"

# Generated values are held in memory, and a configuration may come from a stranger.
_VALUES_MAX = 2_000_000
# Event times span weeks, and some keys centuries.
_LAST_YEAR = 2999


class Surroundings(Struct, frozen=True):
    """The course's database, the tables of its scripts by schema and name, and Debezium's version."""

    database: str
    tables: Mapping[str, ScriptTable]
    version: str | None = None


def make_messages(
    keys: DebeziumKeys, topic: str, surroundings: Surroundings, where: str
) -> Iterator[Message]:
    """The messages of a topic, the same in every run.

    Raises ConfigError, beginning with `where` and naming the key, when they cannot be generated.
    """
    described_as = surroundings.tables.get(keys.table if "." in keys.table else f"public.{keys.table}")
    table = _table(keys, surroundings.database, described_as, where)
    given = _rows(keys, table, described_as, where)
    mix = _mix(keys, table, len(given), where)
    if (mix.rows + mix.c + mix.u) * len(table.columns) > _VALUES_MAX:
        raise ConfigError(f"{where}: more than {_VALUES_MAX:,} values", "Give it fewer rows or columns.")
    start = _start(keys, where)
    teller = Teller(
        table,
        topic,
        keys.prefix or topic.partition(".")[0],
        _full_version(surroundings.version or _VERSION),
        keys.replica_identity == "full",
        keys.schema,
        keys.decimals,
        keys.snapshot,
    )
    random = Random(f"{topic} {keys.seed}")  # noqa: S311 it shall be repeatable
    changes = tell_history(table, given, mix, start, random)
    # The events' log positions and times have their own generator, so that rows do not depend on them.
    told = events(teller, changes, mix.r, Random(f"{topic} {keys.seed} log"))  # noqa: S311
    try:
        if keys.unwrap is not None:
            yield from unwrapped(teller, told, keys.unwrap, tombstones=keys.tombstones)
        else:
            yield from messages(teller, told, tombstones=keys.tombstones)
    except ValueError as error:
        raise ConfigError(f"{where}: {error}", "Give it fewer rows.") from None


def _full_version(version: str) -> str:
    """The full version of a release: 3.2.0.Final for 3.2."""
    return version if version.count(".") > 1 else f"{version}.0.Final"


def _table(keys: DebeziumKeys, database: str, described: ScriptTable | None, where: str) -> Table:
    above, _, name = keys.table.rpartition(".")
    if described is not None and not keys.columns and keys.connector == "postgresql":
        columns = described.columns
    else:
        texts = keys.columns or guess_columns(name)
        columns = tuple(_column(column, text, keys, where) for column, text in texts.items())
    columns = _with_key(columns)
    if keys.connector == "mysql":
        return Table("mysql", keys.database or above or database, "", name, columns)
    return Table("postgresql", keys.database or database, above or "public", name, columns)


def _column(name: str, text: str, keys: DebeziumKeys, where: str) -> Column:
    try:
        return column_from_text(name, text, keys.connector)
    except ValueError as error:
        remedy = "Such as numeric(10,2) not null."
        raise ConfigError(f"{where}.columns.{name}: {error}", remedy) from None


def _with_key(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """The columns; a column named `id` is the key when no key is declared."""
    if any(column.key for column in columns):
        return columns
    return tuple(
        replace(column, key=True, nullable=False)
        if column.name.lower() == "id" and not column.array
        else column
        for column in columns
    )


def _rows(keys: DebeziumKeys, table: Table, described: ScriptTable | None, where: str) -> list[Row]:
    """The given rows: those of the configuration, or those that the script inserts."""
    if isinstance(keys.rows, int):
        rows = list(described.rows) if described is not None and not keys.columns else []
        return rows[: keys.rows]
    columns = {column.name: column for column in table.columns}
    found: list[Row] = []
    seen = set[tuple[Any, ...]]()
    for index, row in enumerate(keys.rows):
        at = f"{where}.rows[{index}]"
        if unknown := next((name for name in row if name not in columns), None):
            raise ConfigError(f"{at}.{unknown}: there is no such column", f"Columns: {', '.join(columns)}.")
        found.append({name: _value(columns[name], value, f"{at}.{name}") for name, value in row.items()})
        key = tuple(found[-1].get(column.name) for column in table.key())
        if None not in key and key:
            if key in seen:
                raise ConfigError(f"{at}: a row with this key is there already", "Give it another key.")
            seen.add(key)
    return found


def _value(column: Column, value: Any, where: str) -> Any:
    try:
        found = to_column(column, value)
    except ValueError as error:
        raise ConfigError(f"{where}: {error}") from None
    return found


def _mix(keys: DebeziumKeys, table: Table, given: int, where: str) -> Mix:
    """The number of initial rows, and of events of each kind."""
    rows = keys.rows if isinstance(keys.rows, int) else given
    # PostgreSQL refuses to update or delete rows that it could not identify to the connector.
    fixed = table.connector == "postgresql" and not table.key() and keys.replica_identity == "default"
    if keys.mix is None:
        part = -(-rows // 4)
        return Mix(rows, rows, part, 0, 0) if fixed else Mix(rows, rows, part, 2 * part, part)
    if fixed and (keys.mix.u or keys.mix.d):
        remedy = 'Say which column is its "primary key", or set replica-identity = "full".'
        raise ConfigError(f"{where}.mix: rows of a table without a key are not updated or deleted", remedy)
    mix = Mix(rows, rows if keys.mix.r is None else keys.mix.r, keys.mix.c, keys.mix.u, keys.mix.d)
    if mix.r > rows:
        raise ConfigError(
            f"{where}.mix.r: {mix.r} rows are read where there are {rows}", f"Give it rows = {mix.r}."
        )
    if mix.d > rows + mix.c:
        raise ConfigError(
            f"{where}.mix.d: {mix.d} rows are deleted where there are {rows + mix.c}", "Delete fewer."
        )
    if mix.u and not rows + mix.c:
        raise ConfigError(f"{where}.mix.u: there is no row to update", "Give it rows.")
    return mix


def _start(keys: DebeziumKeys, where: str) -> datetime:
    try:
        start = datetime.fromtimestamp(milliseconds(keys.start) / 1000, UTC)
    except ValueError as error:
        raise ConfigError(f"{where}.start: {error}", "Such as 2025-01-06T09:00:00Z.") from None
    if start.year > _LAST_YEAR:
        raise ConfigError(f"{where}.start: {start.year} is too far away", f"Not after {_LAST_YEAR}.")
    return start
