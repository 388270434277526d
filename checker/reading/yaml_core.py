"""Types plain scalars and tags like js-yaml 4: YAML 1.2's core schema, with timestamps and merge keys.

Every pattern and word is from js-yaml's default schema (lib/type/*.js), not from YAML 1.1, which PyYAML
implements: `yes`, `on` and `12:30:00` are text, `012` is twelve, `0o17` is fifteen.
"""

import binascii
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from checker.patterns import regex

TAG_PREFIX = "tag:yaml.org,2002:"

# What a parser returns for text that is not of its type.
NO_MATCH: Final = object()

_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INTEGER = regex(
    r"[-+]?(?:0b(?P<binary>[01]+)|0o(?P<octal>[0-7]+)|0x(?P<hexadecimal>[0-9a-fA-F]+)|(?P<decimal>[0-9]+))"
)
_BASES = {"binary": 2, "octal": 8, "hexadecimal": 16, "decimal": 10}
_FLOAT = regex(r"[-+]?[0-9]+(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?|\.[0-9]+(?:[eE][-+]?[0-9]+)?")
_SPECIAL_FLOAT = regex(r"([-+]?)\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_DATE = regex(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_TIMESTAMP = regex(
    r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[Tt]|[ \t]+)([0-9]{1,2}):([0-9]{2}):([0-9]{2})"
    r"(?:\.([0-9]*))?(?:[ \t]*(?:Z|([-+])([0-9]{1,2})(?::([0-9]{2}))?))?"
)


def _null(text: str) -> Any:
    return None if text in _NULLS else NO_MATCH


def _boolean(text: str) -> Any:
    return _BOOLEANS.get(text, NO_MATCH)


def _integer(text: str) -> Any:
    match = _INTEGER.fullmatch(text)
    if not match:
        return NO_MATCH
    base = match.lastgroup or "decimal"
    try:
        number = int(match[base].lstrip("0") or "0", _BASES[base])
        # JavaScript's numbers end at 1.8e308, and larger ones are text.
        float(number)
    except (OverflowError, ValueError):  # int() itself refuses more than 4,300 decimal digits
        return NO_MATCH
    return -number if text.startswith("-") else number


def _float(text: str) -> Any:
    if _FLOAT.fullmatch(text):
        number = float(text)
        return number if abs(number) != float("inf") else NO_MATCH
    special = _SPECIAL_FLOAT.fullmatch(text)
    if not special:
        return NO_MATCH
    if special[1] is None:
        return float("nan")
    return float("-inf") if special[1] == "-" else float("inf")


def _timestamp(text: str) -> Any:
    """A date for `2024-05-01`, else a datetime in UTC (js-yaml reads a time without a zone as UTC)."""
    if match := _DATE.fullmatch(text):
        year, month, day = map(int, match.groups())
        moment = _moment(year, month, day, timedelta())
        return moment.date() if moment else text
    match = _TIMESTAMP.fullmatch(text)
    if not match:
        return NO_MATCH
    year, month, day, hour, minute, second = (int(group) for group in match.groups()[:6])
    fraction, sign, zone_hours, zone_minutes = match.groups()[6:]
    milliseconds = int((fraction or "").ljust(3, "0")[:3])
    time = timedelta(hours=hour, minutes=minute, seconds=second, milliseconds=milliseconds)
    zone = timedelta(hours=int(zone_hours or 0), minutes=int(zone_minutes or 0))
    return _moment(year, month, day, time + zone if sign == "-" else time - zone) or text


def _moment(year: int, month: int, day: int, time: timedelta) -> datetime | None:
    """JavaScript's Date.UTC: the 31st of April is the 1st of May. None outside the years 1 to 9999."""
    carried, month = divmod(month - 1, 12)
    year += carried + (1900 if year <= 99 else 0)
    try:
        return datetime(year, month + 1, 1, tzinfo=UTC) + timedelta(days=day - 1) + time
    except (OverflowError, ValueError):
        return None


def _binary(text: str) -> Any:
    try:
        return binascii.a2b_base64(re.sub(r"[\r\n]", "", text), strict_mode=True)
    except ValueError:  # includes binascii.Error; non-ASCII characters raise another subclass
        return NO_MATCH


# In js-yaml's order: the first that matches a plain scalar wins. Numbers and dates have few first characters.
_WORDS: tuple[Callable[[str], Any], ...] = (_null, _boolean)
_IMPLICIT = (*_WORDS, _integer, _float, _timestamp)
_BEGIN_NUMBERS = "-+.0123456789"

# What an explicit tag such as `!!int` makes of a scalar.
TAGGED_SCALARS: dict[str, Callable[[str], Any]] = {
    "str": str,
    "null": _null,
    "bool": _boolean,
    "int": _integer,
    "float": _float,
    "timestamp": _timestamp,
    "binary": _binary,
    "merge": lambda text: text if text == "<<" else NO_MATCH,
}


def resolve(text: str) -> Any:
    """The value of a plain (unquoted, untagged) scalar: None, bool, int, float, date, datetime or str."""
    for parse in _IMPLICIT if text[:1] in _BEGIN_NUMBERS else _WORDS:
        value = parse(text)
        if value is not NO_MATCH:
            return value
    return text


def key_text(value: Any) -> str:
    """JavaScript's `String(value)` for a mapping's key, which is always text there."""
    if isinstance(value, str):
        return value
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e21:
        return str(int(value))
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
