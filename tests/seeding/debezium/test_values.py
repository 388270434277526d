"""Values of columns, and how events tell them."""

import base64
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.seeding.debezium.sql_types import column_from_text
from checker.seeding.debezium.table import Connector
from checker.seeding.debezium.telling import Decimals, tell
from checker.seeding.debezium.values import to_column, zero


def told(sql: str, value: Any, connector: Connector = "postgresql", decimals: Decimals = "precise") -> Any:
    column = column_from_text("c", sql, connector)
    return tell(column, to_column(column, value), connector, decimals)


# From real connectors' messages, or their documentation's tables of types.
@pytest.mark.parametrize(
    ("sql", "value", "event"),
    [
        ("int", 5, 5),
        ("bigint", 1 << 62, 1 << 62),
        ("int", None, None),
        ("text", "a", "a"),
        ("double precision", 2, 2.0),
        ("boolean", True, True),
        ("numeric(10,2)", 999.99, "AYaf"),
        ("numeric(10,2)", "29.99", "C7c="),
        ("numeric(10,2)", 0, "AA=="),
        ("numeric(10,2)", 1.28, "AIA="),
        ("numeric(10,2)", -1.28, "gA=="),
        ("numeric(10,2)", Decimal("-0.01"), "/w=="),
        ("numeric", Decimal("12.345"), {"scale": 3, "value": "MDk="}),
        ("numeric", 1200, {"scale": 0, "value": "BLA="}),
        ("date", date(2025, 1, 6), 20094),
        ("date", "1969-12-31", -1),
        ("timestamp", "2025-01-06 09:00:00.123456", 1736154000123456),
        ("timestamp(3)", "2025-01-06 09:00:00.123", 1736154000123),
        ("timestamp", datetime(2025, 1, 6, 9), 1736154000000000),  # noqa: DTZ001 as TOML has it
        ("timestamptz", "2025-01-06T10:00:00+01:00", "2025-01-06T09:00:00.000000Z"),
        ("time", time(9, 30), 34200000000),
        ("time(3)", "09:30", 34200000),
        ("interval", 90, 90000000),
        ("jsonb", {"a": [1]}, '{"a": [1]}'),
        ("jsonb", '{"a":1}', '{"a":1}'),
        ("uuid", "6F9619FF-8B86-D011-B42D-00CF4FC964FF", "6f9619ff-8b86-d011-b42d-00cf4fc964ff"),
        ("bytea", "abc", "YWJj"),
        ("text[]", ["a", "b"], ["a", "b"]),
        ("numeric(4,1)[]", [1.5], ["Dw=="]),
    ],
)
def test_postgresql(sql: str, value: Any, event: Any) -> None:
    assert told(sql, value) == event


@pytest.mark.parametrize(
    ("sql", "value", "event"),
    [
        ("boolean", True, 1),
        ("datetime", "2025-01-06 09:00:00", 1736154000000),
        ("datetime(6)", "2025-01-06 09:00:00.123456", 1736154000123456),
        ("timestamp", "2025-01-06T09:00:00Z", "2025-01-06T09:00:00Z"),
        ("timestamp(3)", "2025-01-06T09:00:00.5Z", "2025-01-06T09:00:00.500Z"),
        ("time", "09:30", 34200000000),
    ],
)
def test_mysql(sql: str, value: Any, event: Any) -> None:
    assert told(sql, value, "mysql") == event


def test_decimals_otherwise() -> None:
    assert told("numeric(10,2)", 1.5, decimals="string") == "1.50"
    assert told("numeric(10,2)", 1.5, decimals="double") == 1.5


@given(st.decimals(-99_999_999, 99_999_999, places=2))
def test_the_bytes_of_a_decimal_are_its_unscaled_value(number: Decimal) -> None:
    content = base64.b64decode(told("numeric(10,2)", number))
    assert Decimal(int.from_bytes(content, "big", signed=True)).scaleb(-2) == number
    # As few bytes as can be: the first is not only the sign of the second.
    assert len(content) == 1 or int.from_bytes(content, "big", signed=True) != int.from_bytes(
        content[1:], "big", signed=True
    )


@pytest.mark.parametrize(
    ("sql", "value", "message"),
    [
        ("int", 1.5, "1.5 is no int32"),
        ("int", 1 << 31, "2147483648 is no int32"),
        ("int", "many", "'many' is no int32"),
        ("smallint", -40_000, "-40000 is no int16"),
        ("double precision", float("inf"), "inf is no float64"),
        ("text", 5, "5 is no string"),
        ("varchar(2)", "abc", "'abc' has more than 2 characters"),
        ("boolean", 1, "1 is no boolean"),
        ("numeric(4,2)", 100, "100 is no decimal"),
        ("numeric(4,2)", True, "True is no decimal"),
        ("numeric(4,2)", "x", "'x' is no decimal"),
        ("numeric", float("nan"), "nan is no variable-decimal"),
        ("numeric", "1e1000000000", "'1e1000000000' is no variable-decimal"),
        ("date", datetime(2025, 1, 6, tzinfo=UTC), "no date"),
        ("date", "2025-13-01", "'2025-13-01' is no date"),
        ("timestamp", 5, "5 is no timestamp"),
        ("uuid", "x", "'x' is no uuid"),
        ("uuid", True, "True is no uuid"),
        ("text[]", "a", "'a' is no list"),
        ("interval", "1 day", "'1 day' is no interval"),
    ],
)
def test_what_does_not_fit(sql: str, value: Any, message: str) -> None:
    with pytest.raises(ValueError, match=r".") as caught:
        told(sql, value)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("sql", "event"),
    [
        ("int", 0),
        ("text", ""),
        ("numeric(10,2)", "AA=="),
        ("timestamp", 0),
        ("timestamptz", "1970-01-01T00:00:00Z"),
        ("boolean", False),
        ("jsonb", ""),
        ("interval", 0),
        ("text[]", []),
    ],
)
def test_what_a_connector_tells_when_it_does_not_know(sql: str, event: Any) -> None:
    column = column_from_text("c", sql, "postgresql")
    assert tell(column, zero(column), "postgresql", "precise") == event


def test_a_length_of_time_is_in_microseconds() -> None:
    column = column_from_text("c", "interval", "postgresql")
    assert tell(column, timedelta(days=1), "postgresql", "precise") == 86_400_000_000
