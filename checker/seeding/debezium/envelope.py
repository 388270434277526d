"""Turns changes into what a connector sends: keys, values, tombstones."""

from collections.abc import Callable, Iterable, Iterator
from random import Random
from typing import Any

from msgspec import Struct
from msgspec.json import encode

from checker.running.lab import Message
from checker.seeding.debezium.history import Change
from checker.seeding.debezium.schemas import JsonObject, envelope_schema, row_schema
from checker.seeding.debezium.source import first_position, source_block
from checker.seeding.debezium.table import Column, Row
from checker.seeding.debezium.teller import Teller
from checker.seeding.debezium.telling import MICROSECOND, tell
from checker.seeding.debezium.values import EPOCH, zero


class Event(Struct, frozen=True):
    """What is sent for a change: the payloads of key and value, and the time in milliseconds since 1970."""

    key: JsonObject | None
    payload: JsonObject
    sent: int


def events(teller: Teller, changes: Iterable[Change], read: int, random: Random) -> Iterator[Event]:
    """The events of the changes, the first `read` of which are a snapshot's, with ascending times."""
    position = first_position(teller.table.connector, random)
    sent = 0
    for index, change in enumerate(changes):
        position = position.after(change.op, random)
        happened = (change.at - EPOCH) // MICROSECOND
        # A connector lags by some hundred milliseconds, and never overtakes itself.
        sent = max(sent + random.randint(80, 900), happened + random.randint(100_000, 600_000))
        marker = _marker(change.op, index, read, teller.snapshot)
        source = source_block(teller, marker, happened, position)
        yield _event(teller, change, source, sent, sent * 1000 + random.randint(0, 999))


def _marker(op: str, index: int, read: int, snapshot: str) -> str:
    """`source.snapshot`, which distinguishes the first and the last row of a snapshot."""
    if op != "r":
        return "false"
    if snapshot == "incremental":
        return "incremental"
    if index == read - 1:
        return "last"
    return "first" if index == 0 else "true"


def _event(teller: Teller, change: Change, source: JsonObject, sent: int, nanoseconds: int) -> Event:
    row = change.after or change.before or {}
    key = {column.name: _told(teller, column, row[column.name]) for column in teller.table.key()}
    row_states = {
        "before": _before(teller, change),
        "after": None if change.after is None else _row(teller, change.after),
        "source": source,
    }
    if teller.has_microseconds():
        times = {"ts_ms": sent // 1000, "ts_us": sent, "ts_ns": nanoseconds}
        payload = {**row_states, "transaction": None, "op": change.op, **times}
    else:
        payload = {**row_states, "op": change.op, "ts_ms": sent // 1000, "transaction": None}
    return Event(key or None, payload, sent // 1000)


def _before(teller: Teller, change: Change) -> JsonObject | None:
    """What the log holds of the row before the change.

    With REPLICA IDENTITY DEFAULT, PostgreSQL writes only the key, and nothing for an update that does not
    change the key. The connector then has no value for the other columns: null or, where a column must not be
    null, its default or zero.
    """
    if change.before is None:
        return None
    if teller.full_before or teller.table.connector == "mysql":
        return _row(teller, change.before)
    if change.op == "u":
        return None
    keys = {column.name for column in teller.table.key()}
    before = change.before
    return _row(
        teller,
        {
            column.name: before[column.name] if column.name in keys else _unknown(column)
            for column in teller.table.columns
        },
    )


def _unknown(column: Column) -> Any:
    if column.nullable:
        return None
    return zero(column) if column.default is None else column.default


def _row(teller: Teller, row: Row) -> JsonObject:
    return {column.name: _told(teller, column, row[column.name]) for column in teller.table.columns}


def _told(teller: Teller, column: Column, value: Any) -> Any:
    # Kafka Connect's JSON converter writes a null as the default of its field (replace.null.with.default).
    shown = column.default if value is None else value
    return tell(column, shown, teller.table.connector, teller.decimals)


def messages(teller: Teller, told: Iterable[Event], *, tombstones: bool) -> Iterator[Message]:
    """The messages of events: a value, and after a delete a tombstone with the same key."""
    as_key, as_value = (
        key_writer(teller),
        writer(envelope_schema(teller) if teller.with_schema else None),
    )
    for event in told:
        key = as_key(event.key)
        yield Message(key, as_value(event.payload), timestamp=event.sent)
        # A row without a key cannot be compacted, so there is no tombstone for it.
        if tombstones and event.payload["op"] == "d" and key is not None:
            yield Message(key, None, timestamp=event.sent)


def key_writer(teller: Teller) -> Callable[[JsonObject | None], bytes | None]:
    """A function that writes the keys of events."""
    table, connector = teller.table, teller.table.connector
    schema = row_schema(table.key(), f"{teller.name}.Key", connector, teller.decimals, optional=False)
    write = writer(schema if teller.with_schema else None)
    return lambda key: None if key is None else write(key)


def writer(schema: JsonObject | None) -> Callable[[JsonObject], bytes]:
    """A function that writes payloads, preceded by their schema when there is one."""
    before = b"" if schema is None else b'{"schema":' + encode(schema) + b',"payload":'
    behind = b"" if schema is None else b"}"
    return lambda payload: before + encode(payload) + behind
