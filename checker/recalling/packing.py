"""What YAML and TOML hold, as MessagePack and back as it was: that has no dates and times of day.

What comes back as something else would be another course's frontmatter, so whoever packs compares.
"""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from msgspec import DecodeError
from msgspec.msgpack import Ext

# By the number that stands for them; a `datetime` is a `date` as well.
_KINDS: dict[int, type[date | time]] = {1: datetime, 2: date, 3: time}


def put_away(value: Any) -> Any:
    """A value with dates and times as extensions of MessagePack, in lists and tables too."""
    if isinstance(value, dict):
        return {key: put_away(each) for key, each in value.items()}
    if isinstance(value, list):
        return [put_away(each) for each in value]
    for number, kind in _KINDS.items():
        if type(value) is kind:
            return Ext(number, value.isoformat().encode())
    return value


def take_out(number: int, kept: memoryview) -> Any:
    """What an extension stands for: the hook that MessagePack's decoder takes; DecodeError for any other."""
    try:
        make: Callable[[str], Any] = _KINDS[number].fromisoformat
        return make(bytes(kept).decode())
    except (KeyError, ValueError):
        raise DecodeError(f"extension {number} is none of those that are put away") from None
