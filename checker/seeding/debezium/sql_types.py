"""Makes columns from SQL types, as text such as `numeric(10,2) not null` or in parsed form."""

import re
from datetime import time
from decimal import Decimal, InvalidOperation
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from checker.patterns import regex
from checker.seeding.debezium.table import Column, Connector, Kind
from checker.seeding.debezium.values import EPOCH, to_column, zero

# https://debezium.io/documentation/reference/stable/connectors/postgresql.html#postgresql-data-types
_POSTGRESQL: dict[str, Kind] = {
    **dict.fromkeys(("smallint", "int2", "smallserial", "serial2"), "int16"),
    **dict.fromkeys(("integer", "int", "int4", "serial", "serial4"), "int32"),
    **dict.fromkeys(("bigint", "int8", "bigserial", "serial8", "oid"), "int64"),
    **dict.fromkeys(("real", "float4"), "float32"),
    **dict.fromkeys(("double precision", "float8", "float"), "float64"),
    **dict.fromkeys(("boolean", "bool"), "boolean"),
    **dict.fromkeys(("text", "varchar", "character varying", "char", "character", "bpchar"), "string"),
    **dict.fromkeys(("citext", "inet", "cidr", "macaddr", "name"), "string"),
    "xml": "xml",
    **dict.fromkeys(("numeric", "decimal", "dec"), "decimal"),
    "date": "date",
    **dict.fromkeys(("timestamp", "timestamp without time zone"), "timestamp"),
    **dict.fromkeys(("timestamptz", "timestamp with time zone"), "timestamptz"),
    **dict.fromkeys(("time", "time without time zone"), "time"),
    "interval": "interval",
    **dict.fromkeys(("json", "jsonb"), "json"),
    "uuid": "uuid",
    "bytea": "bytes",
}
# https://debezium.io/documentation/reference/stable/connectors/mysql.html#mysql-data-types
# A BOOLEAN of MySQL is a TINYINT(1), and is told as such.
_MYSQL: dict[str, Kind] = {
    **dict.fromkeys(("tinyint", "smallint", "boolean", "bool"), "int16"),
    **dict.fromkeys(("int", "integer", "mediumint", "smallint unsigned", "year"), "int32"),
    **dict.fromkeys(("bigint", "bigint unsigned", "int unsigned", "serial"), "int64"),
    "float": "float32",
    **dict.fromkeys(("double", "double precision", "real"), "float64"),
    **dict.fromkeys(
        ("char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set"), "string"
    ),
    **dict.fromkeys(("decimal", "dec", "numeric", "fixed"), "decimal"),
    "date": "date",
    "datetime": "timestamp",
    "timestamp": "timestamptz",
    "time": "time",
    "json": "json",
    **dict.fromkeys(("binary", "varbinary", "blob", "tinyblob", "mediumblob", "longblob"), "bytes"),
}
_TYPES = {"postgresql": _POSTGRESQL, "mysql": _MYSQL}
# A default that the database computes: the time, the next number of a sequence.
COMPUTED = object()

_WORKED_OUT: dict[str, Any] = {
    "date": EPOCH.date(),
    "time": time(),
    **dict.fromkeys(("timestamp", "timestamptz"), EPOCH),
    "uuid": "00000000-0000-0000-0000-000000000000",
}
_COUNTED = regex(r"(?:small|big)?serial\d?")
_WRITTEN = regex(
    r"""
    (?P<type>[a-z][a-z0-9_]*(?:\ (?:precision|varying|unsigned|with\ time\ zone|without\ time\ zone))?)
    \ ?(?:\((?P<size>[^()]*)\))?(?P<zone>\ (?:with|without)\ time\ zone)?(?P<array>\ ?\[\])?
    (?P<options>(?:\ .*)?)
    """,
    re.VERBOSE,
)
_OPTION = regex(
    r"""
    \ (?:(?P<key>primary\ key)|(?P<required>not\ null)|(?P<counted>auto_increment)|(?P<gaps>null)
       |unique|unsigned|default\ (?P<default>'[^']*'|\([^()]*\)|\S+))
    """,
    re.VERBOSE | re.IGNORECASE,
)


class Declared(Struct, frozen=True):
    """What a CREATE TABLE says about a column; `sizes` are in brackets after the type."""

    sql_type: str
    sizes: tuple[int, ...] = ()
    key: bool = False
    required: bool = False
    counted: bool = False
    default: Any = None
    array: bool = False


def column_from_text(name: str, text: str, connector: Connector) -> Column:
    """The column that `text` describes, as in a CREATE TABLE; `null` asks for missing values.

    Raises ValueError for text that is not understood.
    """
    plain = " ".join(text.split())
    found = _WRITTEN.fullmatch(plain.lower())
    if found is None:
        raise ValueError(f"{text!r} is no type of a column")
    options = plain[found.start("options") :]
    said = list(_OPTION.finditer(options))
    if sum(len(each[0]) for each in said) != len(options):
        raise ValueError(f"{text!r}: what stands behind the type is not understood")
    default = next((each["default"] for each in said if each["default"]), None)
    declared = Declared(
        found["type"] + (found["zone"] or ""),
        tuple(int(size) for size in re.findall(r"\d+", found["size"] or "")),
        key=any(each["key"] for each in said),
        required=any(each["required"] for each in said),
        counted=any(each["counted"] for each in said),
        default=None if default is None else _literal(default),
        array=bool(found["array"]),
    )
    column = make_column(name, declared, connector)
    return replace(column, gaps=column.nullable and any(each["gaps"] for each in said))


def make_column(name: str, declared: Declared, connector: Connector) -> Column:
    """The declared column. Raises ValueError for an unknown type, or a list as key."""
    kind = _TYPES[connector].get(declared.sql_type)
    if kind is None:
        raise ValueError(f"{declared.sql_type!r} is no type of {connector} that is known here")
    if declared.key and declared.array:
        raise ValueError(f"{name!r} is a list, and a key of the table")
    counted = declared.counted or (connector == "postgresql" and bool(_COUNTED.fullmatch(declared.sql_type)))
    size, scale = (*declared.sizes, None, None)[:2]
    if declared.sql_type in {"boolean", "bool"} and kind == "int16":
        size = 1
    if kind == "decimal" and size is None:
        # In PostgreSQL each value then has its own scale; in MySQL it is DECIMAL(10, 0).
        kind, size = ("variable-decimal", None) if connector == "postgresql" else (kind, 10)
    padded = connector == "postgresql" and declared.sql_type in {"char", "character", "bpchar"}
    column = Column(
        name,
        kind,
        nullable=not (declared.required or declared.key or counted),
        key=declared.key,
        digits=size if kind != "string" else None,
        scale=scale or 0,
        length=(1 if padded and size is None else size) if kind == "string" else None,
        padded=padded,
        array=declared.array,
    )
    return replace(column, default=_default(column, declared.default, counted=counted))


def _default(column: Column, default: Any, *, counted: bool) -> Any:
    """The default in the schema: none for some types; zero or none for computed ones."""
    if column.array or column.kind in {"bytes", "variable-decimal"}:
        return None
    if default is COMPUTED:
        return _WORKED_OUT.get(column.kind)
    return zero(column) if counted and default is None else to_column(replace(column, padded=False), default)


def _literal(text: str) -> Any:
    """A default as SQL writes it."""
    if text.startswith("'"):
        return text[1:-1]
    word = text.lower()
    if word in {"true", "false"}:
        return word == "true"
    if word == "null":
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return COMPUTED
