"""Whether librdkafka accepts a value for a property, by the rules of its `rd_kafka_conf_set`."""

import re

from checker.patterns import regex
from checker.rules.kafka.table import Property

_TRUE_OR_FALSE = frozenset({"true", "t", "1", "false", "f", "0"})
# It reads the numeric beginning of a text and ignores the rest: `6s` is 6.
_BEGINS_AS_NUMBER = regex(r"\s*([+-]?(?:0x[0-9a-f]+|0[0-7]+|\d+))", re.IGNORECASE)
_BEGINS_AS_FLOAT = regex(r"\s*([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?)", re.IGNORECASE)
_OCTAL = regex("0[0-7]+")
_WORDS_FOR_NUMBERS = {"request.required.acks": frozenset({"all"}), "acks": frozenset({"all"})}
_UNITS = regex(r"\s*[+-]?\d+\s*(?:ms|s|m|min|h|sec|seconds|k|kb|mb|[kmg]i?b)\s*", re.IGNORECASE)
_INT_MAX = (1 << 31) - 1
_LONG_MAX = (1 << 63) - 1
_LONGEST = 40


def refusal(known: Property, value: object) -> str:
    """Why a client cannot be created with this value, as words that follow its name; "" when it can."""
    if isinstance(value, bytes | complex | frozenset | tuple):
        return ""
    text = str(value)
    match known.kind:
        case "boolean":
            return "" if text.lower() in _TRUE_OR_FALSE else "accepts true or false"
        case "integer" | "float":
            return _number(known, text)
        case "enum value" | "CSV flags":
            return _listed(known, text)
        case "string" if known.values:
            return _listed(known, text)
    return ""


def slip(known: Property, value: object) -> str:
    """How librdkafka silently misreads a value; "" when it reads the value as written."""
    if known.kind == "integer" and isinstance(value, str) and _UNITS.fullmatch(value):
        number = _BEGINS_AS_NUMBER.match(value)
        assert number is not None
        return f"reads only the number {number[1]}"
    return ""


def _number(known: Property, text: str) -> str:
    if text.lower() in _WORDS_FOR_NUMBERS.get(known.name, ()):
        return ""
    form = _BEGINS_AS_FLOAT if known.kind == "float" else _BEGINS_AS_NUMBER
    found = form.match(text[:_LONGEST])
    if found is None:
        return "accepts a number"
    number = float(found[1]) if known.kind == "float" else _read(found[1])
    if known.low is None or known.high is None or known.low <= number <= known.high:
        return ""
    return f"accepts {known.low} to {known.high}"


def _read(text: str) -> int:
    """The number as C reads it: `0x10` is 16, `010` is 8, and larger numbers are cut to 32 bits."""
    digits = text.lstrip("+-").lower()
    number = int(digits, 16 if digits.startswith("0x") else 8 if _OCTAL.fullmatch(digits) else 10)
    number = min(number, _LONG_MAX)
    number = -number if text.startswith("-") else number
    return (number + _INT_MAX + 1) % (2 * _INT_MAX + 2) - _INT_MAX - 1


def _listed(known: Property, text: str) -> str:
    several = known.kind == "CSV flags"
    if text == "None":
        return "" if several else "accepts no empty value"
    parts = [each.strip() for each in text.split(",")] if several else [text]
    taken = {each.lower() for each in known.values}
    if all(each.lower() in taken or (several and not each) for each in parts):
        return ""
    return f"accepts {_listing(known.values)}"


def _listing(values: tuple[str, ...]) -> str:
    shown = [f"`{each}`" for each in values]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} or {shown[-1]}"
