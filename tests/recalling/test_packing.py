"""Dates come back from MessagePack as dates, and everything else as it was."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

import pytest
from msgspec import DecodeError, msgpack

from checker.recalling.packing import put_away, take_out

MOMENT = datetime(2026, 11, 25, 10, 20, 30, 400, tzinfo=UTC)


def back(value: Any) -> Any:
    return msgpack.decode(msgpack.encode(put_away(value)), ext_hook=take_out)


@pytest.mark.parametrize(
    "value", [None, "2026-11-25", 1, 1.0, True, [], {}, {"a": ["1", {"b": None}]}, ["12:30:00"]]
)
def test_what_is_no_date_stays(value: Any) -> None:
    assert put_away(value) == value
    assert repr(back(value)) == repr(value)


@pytest.mark.parametrize(
    "value",
    [
        date(2026, 11, 25),
        MOMENT,
        MOMENT.replace(tzinfo=None),
        MOMENT.astimezone(timezone(timedelta(hours=-3, minutes=-30))),
        time(12, 30),
        {"a": [date(1, 1, 1), {"b": MOMENT}], "c": "2026-11-25"},
    ],
)
def test_dates_come_back(value: Any) -> None:
    assert repr(back(value)) == repr(value).replace("datetime.UTC", "datetime.timezone.utc")


@pytest.mark.parametrize(("number", "kept"), [(2, b"tea"), (2, b"\xff"), (9, b"2026-11-25"), (-1, b"")])
def test_other_extensions_are_refused(number: int, kept: bytes) -> None:
    with pytest.raises(DecodeError):
        msgpack.decode(msgpack.encode(msgpack.Ext(number, kept)), ext_hook=take_out)
