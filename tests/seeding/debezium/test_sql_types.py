"""Columns from SQL's types."""

from contextlib import suppress
from datetime import UTC, date, datetime
from decimal import Decimal
from time import process_time
from typing import Any

import pytest

from checker.seeding.debezium.sql_types import column_from_text
from checker.seeding.debezium.table import Column, Connector

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def column(text: str, connector: Connector = "postgresql") -> Column:
    return column_from_text("c", text, connector)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("int", {"kind": "int32"}),
        ("INTEGER NOT NULL", {"kind": "int32", "nullable": False}),
        ("serial primary key", {"kind": "int32", "nullable": False, "key": True, "default": 0}),
        ("bigserial", {"kind": "int64", "nullable": False, "default": 0}),
        ("smallint", {"kind": "int16"}),
        ("text null", {"kind": "string", "gaps": True}),
        ("text not null null", {"kind": "string", "nullable": False}),
        ("varchar(20) unique", {"kind": "string", "length": 20}),
        ("character varying ( 20 )", {"kind": "string", "length": 20}),
        ("varchar(9) default 'It is'", {"kind": "string", "length": 9, "default": "It is"}),
        ("double precision", {"kind": "float64"}),
        ("real default 1.5", {"kind": "float32", "default": 1.5}),
        ("numeric(10,2)", {"kind": "decimal", "digits": 10, "scale": 2}),
        ("numeric(8)", {"kind": "decimal", "digits": 8}),
        ("numeric", {"kind": "variable-decimal"}),
        (
            "decimal(6, 2) default 1.5",
            {"kind": "decimal", "digits": 6, "scale": 2, "default": Decimal("1.50")},
        ),
        ("boolean default TRUE", {"kind": "boolean", "default": True}),
        ("boolean default false", {"kind": "boolean", "default": False}),
        ("text default null", {"kind": "string"}),
        ("timestamp", {"kind": "timestamp"}),
        ("timestamp(3)", {"kind": "timestamp", "digits": 3}),
        ("timestamp without time zone", {"kind": "timestamp"}),
        ("timestamp(3) with time zone", {"kind": "timestamptz", "digits": 3}),
        ("timestamptz default now()", {"kind": "timestamptz", "default": EPOCH}),
        ("timestamp default CURRENT_TIMESTAMP", {"kind": "timestamp", "default": EPOCH}),
        ("date default '2025-01-06'", {"kind": "date", "default": date(2025, 1, 6)}),
        ("time", {"kind": "time"}),
        ("interval", {"kind": "interval"}),
        ("jsonb", {"kind": "json"}),
        ("uuid", {"kind": "uuid"}),
        ("bytea", {"kind": "bytes"}),
        ("text[]", {"kind": "string", "array": True}),
        ("int [] not null", {"kind": "int32", "array": True, "nullable": False}),
    ],
)
def test_postgresql(text: str, wanted: dict[str, Any]) -> None:
    assert column(text) == Column("c", **wanted)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("int auto_increment primary key", {"kind": "int32", "nullable": False, "key": True, "default": 0}),
        ("int unsigned", {"kind": "int64"}),
        ("tinyint(1)", {"kind": "int16", "digits": 1}),
        ("boolean default true", {"kind": "int16", "digits": 1, "default": 1}),
        ("decimal", {"kind": "decimal", "digits": 10}),
        ("datetime", {"kind": "timestamp"}),
        ("datetime(6)", {"kind": "timestamp", "digits": 6}),
        ("timestamp", {"kind": "timestamptz"}),
        ("longtext", {"kind": "string"}),
        ("blob", {"kind": "bytes"}),
    ],
)
def test_mysql(text: str, wanted: dict[str, Any]) -> None:
    assert column(text, "mysql") == Column("c", **wanted)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "'' is no type of a column"),
        ("(10)", "'(10)' is no type of a column"),
        ("blob", "'blob' is no type of postgresql that is known here"),
        ("int primary", "'int primary': what stands behind the type is not understood"),
        ("int references other", "'int references other': what stands behind the type is not understood"),
        ("int[] primary key", "'c' is a list, and a key of the table"),
        ("int default 'many'", "'many' is no int32"),
        ("varchar(2) default 'abc'", "'abc' has more than 2 characters"),
    ],
)
def test_what_is_not_understood(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=r".") as caught:
        column(text)
    assert str(caught.value) == message


@pytest.mark.parametrize("behind", [" not null" * 20_000, " " * 100_000, " default '" + "a" * 100_000])
def test_long_texts_take_no_time(behind: str) -> None:
    began = process_time()
    with suppress(ValueError):
        column("int" + behind)
    assert process_time() - began < 2
