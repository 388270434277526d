"""The `schema` part of keys and values, as Kafka Connect's JSON converter writes it."""

from typing import Any

from checker.seeding.debezium.table import Column, Connector
from checker.seeding.debezium.teller import Teller
from checker.seeding.debezium.telling import Decimals, in_milliseconds, tell

JsonObject = dict[str, Any]

_MARKERS = "true,first,first_in_data_collection,last_in_data_collection,last,false,incremental"
# Other markers are sent all the same: the list was never validated.
_MARKERS_BEFORE_2_6 = "true,last,false,incremental"
# Name, type and optionality of the source block's fields.
_SOURCE: dict[str, tuple[tuple[str, str, bool], ...]] = {
    "postgresql": (
        ("schema", "string", False),
        ("table", "string", False),
        ("txId", "int64", True),
        ("lsn", "int64", True),
        ("xmin", "int64", True),
    ),
    "mysql": (
        ("table", "string", True),
        ("server_id", "int64", False),
        ("gtid", "string", True),
        ("file", "string", False),
        ("pos", "int64", False),
        ("row", "int32", False),
        ("thread", "int64", True),
        ("query", "string", True),
    ),
}
_TRANSACTION = (
    ("id", "string", False),
    ("total_order", "int64", False),
    ("data_collection_order", "int64", False),
)
_SEMANTIC = {
    "date": ("int32", "io.debezium.time.Date"),
    "interval": ("int64", "io.debezium.time.MicroDuration"),
    "json": ("string", "io.debezium.data.Json"),
    "timestamptz": ("string", "io.debezium.time.ZonedTimestamp"),
    "xml": ("string", "io.debezium.data.Xml"),
    "uuid": ("string", "io.debezium.data.Uuid"),
}


def row_schema(
    columns: tuple[Column, ...], name: str, connector: Connector, decimals: Decimals, *, optional: bool
) -> JsonObject:
    """The schema of a row, or of a key; `name` is its full name, such as `shop.public.orders.Value`."""
    fields = [column_schema(column, connector, decimals) for column in columns]
    return {"type": "struct", "fields": fields, "optional": optional, "name": name}


def column_schema(column: Column, connector: Connector, decimals: Decimals) -> JsonObject:
    """The schema of one column's values."""
    schema = _value_schema(column, connector, decimals)
    if column.array:
        schema = {"type": "array", "items": _optional(schema, optional=True)}
    default = tell(column, column.default, connector, decimals)
    shown = {} if default is None else {"default": default}
    return {**_optional(schema, optional=column.nullable), **shown, "field": column.name}


def _optional(schema: JsonObject, *, optional: bool) -> JsonObject:
    """The schema with `optional` where Kafka Connect puts it: after the parts of the type."""
    first: JsonObject = {name: schema[name] for name in ("type", "fields", "items") if name in schema}
    return {**first, "optional": optional, **schema}


def _value_schema(column: Column, connector: Connector, decimals: Decimals) -> JsonObject:
    kind = column.kind
    if kind in {"timestamp", "time"}:
        milliseconds = in_milliseconds(column, connector)
        name = ("" if milliseconds else "Micro") + ("Timestamp" if kind == "timestamp" else "Time")
        width = "int32" if milliseconds and kind == "time" else "int64"
        return {"type": width, "name": f"io.debezium.time.{name}", "version": 1}
    if kind in {"decimal", "variable-decimal"}:
        return _decimal_schema(column, decimals)
    if kind in _SEMANTIC:
        literal, name = _SEMANTIC[kind]
        return {"type": literal, "name": name, "version": 1}
    return {"type": {"float32": "float", "float64": "double"}.get(kind, kind)}


def _decimal_schema(column: Column, decimals: Decimals) -> JsonObject:
    if decimals != "precise":
        return {"type": "string" if decimals == "string" else "double"}
    if column.kind == "variable-decimal":
        fields = [_field("scale", "int32", optional=False), _field("value", "bytes", optional=False)]
        name = "io.debezium.data.VariableScaleDecimal"
        doc = "Variable scaled decimal"
        return {"type": "struct", "fields": fields, "name": name, "version": 1, "doc": doc}
    parameters = {"scale": str(column.scale), "connect.decimal.precision": str(column.digits)}
    return {
        "type": "bytes",
        "name": "org.apache.kafka.connect.data.Decimal",
        "version": 1,
        "parameters": parameters,
    }


def envelope_schema(teller: Teller) -> JsonObject:
    """The schema of an event."""
    table, name = teller.table, teller.name
    row = row_schema(table.columns, f"{name}.Value", table.connector, teller.decimals, optional=True)
    transaction = [_field(*each[:2], optional=each[2]) for each in _TRANSACTION]
    told = {**_struct(transaction, "event.block", optional=True), "version": 1, "field": "transaction"}
    op, time = _field("op", "string", optional=False), _field("ts_ms", "int64", optional=True)
    fields = [{**row, "field": "before"}, {**row, "field": "after"}, _source_schema(teller)]
    if teller.has_microseconds():
        more = [_field(each, "int64", optional=True) for each in ("ts_us", "ts_ns")]
        schema = _struct([*fields, told, op, time, *more], f"{name}.Envelope", optional=False)
        return {**schema, "version": 2}
    return {**_struct([*fields, op, time, told], f"{name}.Envelope", optional=False), "version": 1}


def _source_schema(teller: Teller) -> JsonObject:
    modern = teller.has_microseconds()
    fields = [_field(each, "string", optional=False) for each in ("version", "connector", "name")]
    snapshot = {
        "type": "string",
        "optional": True,
        "name": "io.debezium.data.Enum",
        "version": 1,
        "parameters": {"allowed": _MARKERS if modern else _MARKERS_BEFORE_2_6},
        "default": "false",
        "field": "snapshot",
    }
    fields += [_field("ts_ms", "int64", optional=False), snapshot, _field("db", "string", optional=False)]
    fields += [_field("sequence", "string", optional=True)]
    fields += [_field(each, "int64", optional=True) for each in ("ts_us", "ts_ns") if modern]
    connector = teller.table.connector
    fields += [_field(*each[:2], optional=each[2]) for each in _SOURCE[connector]]
    schema = _struct(fields, f"io.debezium.connector.{connector}.Source", optional=False)
    return {**schema, **({"version": 1} if modern else {}), "field": "source"}


def _field(name: str, kind: str, *, optional: bool) -> JsonObject:
    return {"type": kind, "optional": optional, "field": name}


def _struct(fields: list[JsonObject], name: str, *, optional: bool) -> JsonObject:
    return {"type": "struct", "fields": fields, "optional": optional, "name": name}
