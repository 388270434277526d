"""Moments as people write them, as milliseconds since 1970."""

from datetime import UTC, datetime
from typing import Any

# 9999-12-31T23:59:59.999Z, the last that Python's datetime can show.
_LAST = 253_402_300_799_999


def milliseconds(value: Any) -> int:
    """Milliseconds since 1970, for such a number or ISO 8601; without an offset it is UTC.

    Raises ValueError for anything else, and outside of the years 1970 to 9999.
    """
    if isinstance(value, str):
        moment = _moment(value)
        value = round(moment.timestamp() * 1000)
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError(f"{value!r} is no moment")  # noqa: TRY004 it may come from JSON
    if not 0 <= value <= _LAST:
        raise ValueError(f"{value} is not between 1970 and 9999")
    return value


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is no moment") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
