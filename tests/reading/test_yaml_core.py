"""Plain scalars against what js-yaml 4.3 makes of them; each row was checked with js-yaml itself."""

import math
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.reading.yaml_core import NO_MATCH, TAGGED_SCALARS, key_text, resolve

# What YAML 1.1, and with it PyYAML, takes for something else.
TEXT = [
    "yes", "no", "on", "off", "y", "n", "YES", "tRUE", "nULL",
    "12:30", "12:30:00", "190:20:30", "1_000", "0b12", "0o8", "0xg", "0b", "0x", "0o", "--1",
    "+", "-", ".", "..",
    "1.2.3", "1e", "e1", "-.5", "+.5", ".inf.", "+.nan", "1,000", "½", "١", "1 000",
    "2024-1-1", "2024-01-01T10", "2024-01-01 10:00", "24-01-01", "2024-01-011", "2024/01/01",
    "<<", "=", "Kafka", "C#", "v1.0", "9" * 400, "9" * 5000, "0x" + "f" * 300,
    "1e400", "-1e999",
]  # fmt: skip

VALUES: list[tuple[str, Any]] = [
    ("", None), ("~", None), ("null", None), ("Null", None), ("NULL", None),
    ("true", True), ("True", True), ("TRUE", True), ("false", False), ("False", False), ("FALSE", False),
    ("0", 0), ("-0", 0), ("7", 7), ("+12", 12), ("-12", -12), ("012", 12), ("0o17", 15), ("-0o17", -15),
    ("0x1F", 31), ("0b101", 5), ("08", 8), ("00", 0), ("12345678901234567890", 12345678901234567890),
    ("1.5", 1.5), ("1.", 1.0), (".5", 0.5), ("-1.5e3", -1500.0), ("1e3", 1000.0), ("1E-2", 0.01),
    (".inf", math.inf), ("+.Inf", math.inf), ("-.INF", -math.inf), ("0" * 5000 + "1", 1),
    ("2024-05-01", date(2024, 5, 1)),
    ("2024-02-31", date(2024, 3, 2)),
    ("2024-13-01", date(2025, 1, 1)),
    ("2024-00-00", date(2023, 11, 30)),
    ("0024-01-01", date(1924, 1, 1)),
    ("2024-05-01 10:20:30", datetime(2024, 5, 1, 10, 20, 30, tzinfo=UTC)),
    ("2024-5-1T1:20:30Z", datetime(2024, 5, 1, 1, 20, 30, tzinfo=UTC)),
    ("2024-05-01t10:20:30.123456 +02:30", datetime(2024, 5, 1, 7, 50, 30, 123000, tzinfo=UTC)),
    ("2024-05-01 10:20:30.5-1", datetime(2024, 5, 1, 11, 20, 30, 500000, tzinfo=UTC)),
    ("2024-05-01 10:20:30.", datetime(2024, 5, 1, 10, 20, 30, tzinfo=UTC)),
    # Python's calendar ends here; JavaScript's goes on.
    ("9999-12-99", "9999-12-99"),
    ("9999-12-31 99:00:00", "9999-12-31 99:00:00"),
]  # fmt: skip


@pytest.mark.parametrize("text", TEXT)
def test_stays_text(text: str) -> None:
    assert resolve(text) == text


@pytest.mark.parametrize(("text", "value"), VALUES)
def test_becomes_a_value(text: str, value: Any) -> None:
    assert resolve(text) == value
    assert type(resolve(text)) is type(value)


@pytest.mark.parametrize("text", [".nan", ".NaN", ".NAN"])
def test_not_a_number(text: str) -> None:
    assert math.isnan(resolve(text))


@pytest.mark.parametrize(
    ("tag", "text"),
    [("int", "x"), ("int", "1.5"), ("bool", "yes"), ("float", "x"), ("null", "x"), ("timestamp", "x"),
     ("binary", "a"), ("binary", "*"), ("binary", "é"), ("merge", "x")],
)  # fmt: skip
def test_a_tag_that_does_not_fit(tag: str, text: str) -> None:
    assert TAGGED_SCALARS[tag](text) is NO_MATCH


@pytest.mark.parametrize(
    ("tag", "text", "value"),
    [("str", "12", "12"), ("int", "012", 12), ("float", "3", 3.0), ("binary", "aGVs\nbG8=", b"hello"),
     ("merge", "<<", "<<"), ("null", "", None)],
)  # fmt: skip
def test_a_tag_that_fits(tag: str, text: str, value: Any) -> None:
    assert TAGGED_SCALARS[tag](text) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [("a", "a"), (None, "null"), (True, "true"), (False, "false"), (12, "12"), (1.0, "1"), (1.5, "1.5"),
     (date(2024, 5, 1), "2024-05-01")],
)  # fmt: skip
def test_keys_are_text_as_in_javascript(value: Any, text: str) -> None:
    assert key_text(value) == text


@given(st.text())
def test_anything_is_something(text: str) -> None:
    resolve(text)


@given(st.integers() | st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_are_read_back(number: float) -> None:
    assert resolve(repr(number)) == number
