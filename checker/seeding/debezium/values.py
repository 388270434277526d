"""Converts values from a configuration or a script to values of columns."""

import json
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from math import isfinite
from typing import Any

from checker.seeding.debezium.table import Column

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_BITS = {"int16": 15, "int32": 31, "int64": 63}


def to_column(column: Column, value: Any) -> Any:
    """The value in the column's type: int, Decimal, text, date, datetime in UTC, bytes.

    Raises ValueError for a value that does not fit.
    """
    if value is None:
        return None
    if column.array:
        if not isinstance(value, list):
            raise ValueError(f"{value!r} is no list")
        return [_one_to_column(column, each) for each in value]
    return _one_to_column(column, value)


def _one_to_column(column: Column, value: Any) -> Any:
    try:
        found = _convert(column, value)
    except (TypeError, ValueError, ArithmeticError):
        raise ValueError(f"{value!r} is no {column.kind}") from None
    if column.length is not None and isinstance(found, str) and len(found) > column.length:
        raise ValueError(f"{value!r} has more than {column.length} characters")
    return found.ljust(column.length or 1) if column.padded else found


def _convert(column: Column, value: Any) -> Any:
    return _CONVERTERS[column.kind](column, value)


def _whole(column: Column, value: Any) -> int:
    number = int(value)
    bits = _BITS[column.kind]
    if number != value or not -(1 << bits) <= number < 1 << bits:
        raise ValueError
    return number


def _float(_column: Column, value: Any) -> float:
    number = float(value)
    if not isfinite(number):
        raise ValueError
    return number


def _date(_column: Column, value: Any) -> date:
    return value if type(value) is date else date.fromisoformat(value)


def _moment(_column: Column, value: Any) -> datetime:
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _exactly(value: Any, kind: type) -> Any:
    if not isinstance(value, kind):
        raise TypeError
    return value


def _decimal(column: Column, value: Any) -> Decimal:
    """The decimal value of a float as written: 0.1 is a tenth."""
    if isinstance(value, bool):
        raise TypeError
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        raise ValueError from None
    if not number.is_finite() or number.adjusted() > 1000:
        raise ValueError
    if column.kind == "variable-decimal":
        return number
    number = number.quantize(Decimal(1).scaleb(-column.scale))
    if column.digits is not None and number and number.adjusted() + 1 > column.digits - column.scale:
        raise ValueError
    return number


def zero(column: Column) -> Any:
    """What a connector reports for a non-null column of which it does not know the value."""
    if column.array:
        return []
    return _ZEROS[column.kind]


_ZEROS: dict[str, Any] = {
    **dict.fromkeys(("int16", "int32", "int64"), 0),
    **dict.fromkeys(("float32", "float64"), 0.0),
    "boolean": False,
    "string": "",
    **dict.fromkeys(("decimal", "variable-decimal"), Decimal(0)),
    "date": date(1970, 1, 1),
    "timestamp": EPOCH,
    "timestamptz": "1970-01-01T00:00:00Z",  # without a fraction, unlike a default
    "time": time(),
    "interval": timedelta(),
    **dict.fromkeys(("json", "xml", "uuid"), ""),
    "bytes": b"",
}

_CONVERTERS: dict[str, Callable[[Column, Any], Any]] = {
    **dict.fromkeys(("int16", "int32", "int64"), _whole),
    **dict.fromkeys(("float32", "float64"), _float),
    "boolean": lambda _, value: _exactly(value, bool),
    **dict.fromkeys(("string", "xml"), lambda _, value: _exactly(value, str)),
    **dict.fromkeys(("decimal", "variable-decimal"), _decimal),
    "date": _date,
    **dict.fromkeys(("timestamp", "timestamptz"), _moment),
    "time": lambda _, value: value if isinstance(value, time) else time.fromisoformat(value),
    "interval": lambda _, value: timedelta(seconds=float(value)),
    "json": lambda _, value: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False),
    "uuid": lambda _, value: str(uuid.UUID(_exactly(value, str))),
    "bytes": lambda _, value: _exactly(value, str).encode(),
}
