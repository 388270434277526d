"""Packs YAML and TOML data as MessagePack, including dates and times of day, which it lacks.

Data that changes by this would be another course's frontmatter, so callers compare the result.
"""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from msgspec import DecodeError
from msgspec.msgpack import Ext

# By the number of the extension; a `datetime` is also a `date`, so it comes first.
_KINDS: dict[int, type[date | time]] = {1: datetime, 2: date, 3: time}


def put_away(value: Any) -> Any:
    """A value with dates and times as extensions of MessagePack, also in lists and tables."""
    if isinstance(value, dict):
        return {key: put_away(each) for key, each in value.items()}
    if isinstance(value, list):
        return [put_away(each) for each in value]
    for number, kind in _KINDS.items():
        if type(value) is kind:
            return Ext(number, value.isoformat().encode())
    return value


def take_out(number: int, kept: memoryview) -> Any:
    """The value of an extension: the hook of MessagePack's decoder. Raises DecodeError for any other."""
    try:
        make: Callable[[str], Any] = _KINDS[number].fromisoformat
        return make(bytes(kept).decode())
    except (KeyError, ValueError):
        raise DecodeError(f"extension {number} is none of those that are put away") from None
