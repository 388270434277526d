"""Writes the values of columns in the JSON of an event."""

import base64
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Literal

from checker.seeding.debezium.table import Column, Connector
from checker.seeding.debezium.values import EPOCH

Decimals = Literal["precise", "string", "double"]

MICROSECOND = timedelta(microseconds=1)


def tell(column: Column, value: Any, connector: Connector, decimals: Decimals) -> Any:
    """The value in the JSON of an event."""
    if value is None:
        return None
    if column.array:
        return [_tell_one(column, each, connector, decimals) for each in value]
    return _tell_one(column, value, connector, decimals)


def _tell_one(column: Column, value: Any, connector: Connector, decimals: Decimals) -> Any:
    match column.kind:
        case "decimal" | "variable-decimal":
            return _tell_decimal(column, value, decimals)
        case "date":
            return (value - EPOCH.date()).days
        case "timestamp":
            microseconds = (value - EPOCH) // MICROSECOND
            return microseconds // 1000 if in_milliseconds(column, connector) else microseconds
        case "timestamptz" if isinstance(value, datetime):
            return _tell_instant(column, value, connector)
        case "time":
            microseconds = timedelta(
                hours=value.hour,
                minutes=value.minute,
                seconds=value.second,
                microseconds=value.microsecond,
            )
            return microseconds // (MICROSECOND * (1000 if in_milliseconds(column, connector) else 1))
        case "interval":
            return value // MICROSECOND
        case "bytes":
            return base64.b64encode(value).decode()
        case _:
            return value


def _tell_instant(column: Column, value: datetime, connector: Connector) -> str:
    """ISO 8601 in UTC, with as many digits of the second's fraction as the column has."""
    digits = (6 if connector == "postgresql" else 0) if column.digits is None else column.digits
    fraction = f".{value.microsecond:06}"[: digits + 1] if digits else ""
    return f"{value:%Y-%m-%dT%H:%M:%S}{fraction}Z"


def in_milliseconds(column: Column, connector: Connector) -> bool:
    """Whether a time is in milliseconds instead of microseconds, by `time.precision.mode=adaptive`.

    MySQL's times of day are always in microseconds: its mode is `adaptive_time_microseconds`.
    """
    if connector == "mysql":
        return column.kind == "timestamp" and (column.digits or 0) <= 3
    return column.digits is not None and column.digits <= 3


def _tell_decimal(column: Column, value: Decimal, decimals: Decimals) -> Any:
    if decimals == "string":
        return format(value, "f")
    if decimals == "double":
        return float(value)
    if column.kind == "decimal":
        return _unscaled(value, column.scale)
    exponent = value.as_tuple().exponent
    scale = max(0, -exponent) if isinstance(exponent, int) else 0
    return {"scale": scale, "value": _unscaled(value, scale)}


def _unscaled(value: Decimal, scale: int) -> str:
    """The bytes of Java's `BigDecimal.unscaledValue()`: two's complement, big endian."""
    number = int(value.scaleb(scale))
    length = (number + (number < 0)).bit_length() // 8 + 1
    return base64.b64encode(number.to_bytes(length, "big", signed=True)).decode()
