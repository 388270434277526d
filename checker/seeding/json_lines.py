"""Messages from JSON lines: one object a line, in the order in which they were sent.

    {"key": {"id": 1}, "value": {"op": "c"}, "headers": {"id": "7f3a"}, "timestamp": 1736154000000}

All members are optional. `key` and `value` are text, which is sent as it is, or any other JSON, which is
sent as JSON without blanks; null is no key, and as a value a tombstone. `key-base64` and `value-base64` hold
bytes. `headers` is an object, or a list of pairs where a name comes twice; a header is text, null or
`{"base64": …}`. `timestamp` is milliseconds since 1970 or ISO 8601, `partition` counts from 0. Blank lines
say nothing.
"""

import base64
import binascii
import json
from collections.abc import Iterator
from math import isfinite
from typing import Any, NoReturn

from checker.errors import ConfigError
from checker.patterns import regex
from checker.running.lab import Message
from checker.seeding.instants import milliseconds

# What a broker takes by default: message.max.bytes.
MESSAGE_BYTES_MAX = 1_048_588
MESSAGES_MAX = 100_000

_BLANK = regex(r"[ \t\r]*")
_MEMBERS = ("key", "key-base64", "value", "value-base64", "headers", "timestamp", "partition")
_FORM = 'Each line is an object such as {"key": "42", "value": {"id": 42}}.'

_Members = dict[str, tuple[Any, int]]


class _MisfitError(ValueError):
    """The error in a line, and the number of characters before it."""

    def __init__(self, what: str, at: int, remedy: str = _FORM) -> None:
        super().__init__(what)
        self.at = at
        self.remedy = remedy


def read_messages(text: str, shown: str, partitions: int) -> tuple[Message, ...]:
    """The messages of a file that is `shown` under this name, for a topic with this many partitions.

    Raises ConfigError with line and column for an invalid line.
    """
    found: list[Message] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip(" \t\r"):
            continue
        if len(found) == MESSAGES_MAX:
            raise ConfigError(
                f"{shown}:{number}: more than {MESSAGES_MAX:,} messages", "Give the topic fewer."
            )
        try:
            found.append(_message(dict(_members(line)), partitions))
        except _MisfitError as misfit:
            raise ConfigError(f"{shown}:{number}:{misfit.at + 1}: {misfit}", misfit.remedy) from None
    return tuple(found)


def _members(line: str) -> Iterator[tuple[str, tuple[Any, int]]]:
    """The members of a line's object, each value with its position for error messages."""
    at = _skip(line, 0, "{", "expected an object")
    seen = set[str]()
    if line[at : at + 1] == "}":
        at += 1
    else:
        while True:
            start = at
            if line[at : at + 1] != '"':
                raise _MisfitError("not JSON: expected the name of a member", at)
            name, at = _decode(line, at)
            if name not in _MEMBERS:
                raise _MisfitError(f"there is no member {name!r}", start, f"Members: {', '.join(_MEMBERS)}.")
            if name in seen:
                raise _MisfitError(f"{name!r} is there twice", start, "Keep one of them.")
            seen.add(name)
            at = _skip(line, at, ":", "not JSON: expected `:`")
            value, end = _decode(line, at)
            yield name, (value, at)
            at = _BLANK.match(line, end).end()  # type: ignore[union-attr]
            if line[at : at + 1] == "}":
                at += 1
                break
            at = _skip(line, at, ",", "not JSON: expected `,` or `}`")
    rest = _BLANK.match(line, at)
    if rest is not None and rest.end() != len(line):
        raise _MisfitError(
            "something stands behind the object", rest.end(), "Put each message on its own line."
        )


def _skip(line: str, at: int, mark: str, otherwise: str) -> int:
    """The position after a mark and the blanks around it."""
    blank = _BLANK.match(line, at)
    assert blank is not None
    if line[blank.end() : blank.end() + 1] != mark:
        raise _MisfitError(otherwise, blank.end())
    behind = _BLANK.match(line, blank.end() + 1)
    assert behind is not None
    return behind.end()


def _decode(line: str, at: int) -> tuple[Any, int]:
    try:
        return _DECODER.raw_decode(line, at)
    except json.JSONDecodeError as error:
        raise _MisfitError(f"not JSON: {error.msg}", error.pos) from None
    except RecursionError:
        raise _MisfitError("nested too deep", at, "No consumer would read that.") from None
    except ValueError as error:
        raise _MisfitError(str(error), at, "Send it as text if it is meant.") from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"{twice!r} is there twice in one object")
    return found


def _float(text: str) -> float:
    number = float(text)
    if not isfinite(number):
        raise ValueError(f"{text} is larger than any number that JSON's readers know")
    return number


def _int(text: str) -> int:
    if len(text) > 4000:  # int() refuses more than 4300 digits with an unhelpful message
        raise ValueError(f"a number of {len(text)} digits")
    return int(text)


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is not JSON")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_unique, parse_float=_float, parse_int=_int, parse_constant=_no_number
)


def _message(members: _Members, partitions: int) -> Message:
    message = Message(
        _payload(members, "key"),
        _payload(members, "value"),
        tuple(_headers(*members.get("headers", ({}, 0)))),
        _timestamp(*members.get("timestamp", (None, 0))),
        _partition(*members.get("partition", (None, 0)), partitions),
    )
    size = sum(len(part or b"") for part in (message.key, message.value))
    if size > MESSAGE_BYTES_MAX:
        raise _MisfitError(f"a message of {size:,} bytes; a broker takes {MESSAGE_BYTES_MAX:,}", 0)
    return message


def _payload(members: _Members, name: str) -> bytes | None:
    encoded = f"{name}-base64"
    if encoded in members:
        value, at = members[encoded]
        if name in members:
            raise _MisfitError(f"both {name!r} and {encoded!r} are there", at, "Keep one of them.")
        return _from_base64(value, at)
    value, at = members.get(name, (None, 0))
    return None if value is None else _encode(value, at)


def _encode(value: Any, at: int) -> bytes:
    """Text unchanged, any other JSON without blanks."""
    text = value if isinstance(value, str) else json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise _MisfitError("half of a surrogate pair, which UTF-8 does not have", at) from None


def _from_base64(value: Any, at: int) -> bytes:
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, TypeError, ValueError):
        raise _MisfitError("not base64", at, "Bytes are written as base64, such as AAEC/w==.") from None


def _headers(value: Any, at: int) -> Iterator[tuple[str, bytes | None]]:
    pairs = list(value.items()) if isinstance(value, dict) else value
    if not isinstance(pairs, list):
        raise _MisfitError("headers are an object, or a list of pairs", at)
    for pair in pairs:
        match pair:
            case (str(name), None):
                yield name, None
            case (str(name), str(text)):
                yield name, _encode(text, at)
            case (str(name), {"base64": encoded, **others}) if not others:
                yield name, _from_base64(encoded, at)
            case _:
                remedy = 'A header is text, null or {"base64": "…"}.'
                raise _MisfitError("there is a header that is none", at, remedy)


def _timestamp(value: Any, at: int) -> int | None:
    if value is None:
        return None
    try:
        return milliseconds(value)
    except ValueError as error:
        raise _MisfitError(
            f"timestamp: {error}", at, "Such as 1736154000000 or 2025-01-06T09:00:00Z."
        ) from None


def _partition(value: Any, at: int, partitions: int) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < partitions:
        raise _MisfitError(f"partition {value!r} of {partitions}", at, "Partitions count from 0.")
    return value
