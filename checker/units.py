"""Durations and sizes as people write them: `10s`, `500ms`, `2m`, `256MiB`."""

import re

from checker.patterns import regex

_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0}
_BYTES = {"B": 1, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30}

_QUANTITY = regex(r"([0-9]{1,9}(?:\.[0-9]{1,3})?) ?([A-Za-z]+)", re.ASCII)


def parse_duration(text: str) -> float:
    """Seconds, from a number with `ms`, `s` or `m`. Raises ValueError for anything else."""
    return _parse(text, _SECONDS, "a duration such as 500ms, 10s or 2m")


def parse_size(text: str) -> int:
    """Bytes, from a number with `B`, `KiB`, `MiB` or `GiB`. Raises ValueError for anything else."""
    return int(_parse(text, _BYTES, "a size such as 512KiB, 256MiB or 1GiB"))


def _parse(text: str, units: dict[str, float] | dict[str, int], wanted: str) -> float:
    match = _QUANTITY.fullmatch(text)
    if not match or match[2] not in units or float(match[1]) == 0:
        raise ValueError(f"{text!r} is not {wanted}")
    return float(match[1]) * units[match[2]]
