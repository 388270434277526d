"""Events after the transformation ExtractNewRecordState: only the row, flat."""

from collections.abc import Iterable, Iterator

from checker.config.services_keys import UnwrapKeys
from checker.running.lab import Message
from checker.seeding.debezium.envelope import Event, key_writer, writer
from checker.seeding.debezium.schemas import JsonObject, row_schema
from checker.seeding.debezium.teller import Teller

# https://debezium.io/documentation/reference/stable/transformations/event-flattening.html


def unwrapped(
    teller: Teller, told: Iterable[Event], keys: UnwrapKeys, *, tombstones: bool
) -> Iterator[Message]:
    """The messages of events after the transformation; `keys.deletes` is its mode for deletes."""
    rewrites = keys.deletes.startswith("rewrite")
    # Tombstones of the connector are kept or dropped; delete-to-tombstone makes its own.
    closes = keys.deletes == "delete-to-tombstone" or (
        tombstones and keys.deletes in {"tombstone", "rewrite-with-tombstone"}
    )
    as_key = key_writer(teller)
    as_value = writer(_schema(teller, keys, rewrites=rewrites) if teller.with_schema else None)
    for event in told:
        key = as_key(event.key)
        deleted = event.payload["op"] == "d"
        if not deleted or rewrites:
            row = event.payload["before" if deleted else "after"]
            value = {**row, **_added(event.payload, keys)}
            if rewrites:
                value["__deleted"] = "true" if deleted else "false"
            yield Message(key, as_value(value), timestamp=event.sent)
        if deleted and closes and key is not None:
            yield Message(key, None, timestamp=event.sent)


def _added(payload: JsonObject, keys: UnwrapKeys) -> JsonObject:
    """The fields that are asked for; null for fields that the connector does not have."""
    found = {}
    for field in keys.add_fields:
        inside = payload if field in {"op", "ts_ms"} else payload["source"]
        found["__" + field.replace(".", "_")] = inside.get(field.removeprefix("source."))
    return found


def _schema(teller: Teller, keys: UnwrapKeys, *, rewrites: bool) -> JsonObject:
    table = teller.table
    schema = row_schema(
        table.columns, f"{teller.name}.Value", table.connector, teller.decimals, optional=False
    )
    extra = [
        {"type": "int64" if field.endswith(("ms", "lsn")) else "string", "optional": True, "field": name}
        for field in keys.add_fields
        for name in ["__" + field.replace(".", "_")]
    ]
    if rewrites:
        extra.append({"type": "string", "optional": True, "field": "__deleted"})
    schema["fields"] = [*schema["fields"], *extra]
    return schema
