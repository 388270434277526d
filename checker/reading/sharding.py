"""Divides a course's lessons into shards, in the same way on every machine."""

import os
import re
from collections.abc import Mapping
from hashlib import sha256

from msgspec import Struct

from checker.reading.discovery import Discovery

# The seconds that every lesson takes regardless of its size, and the seconds for each byte without
# measurements.
_LESSON_SECONDS = 0.02
_BYTE_SECONDS = 2e-5


class Shard(Struct, frozen=True):
    """Part `number` (from 1) of `total` parts."""

    number: int
    total: int


def parse_shard(text: str) -> Shard:
    """Parse `2/4`. Raises ValueError, which says what is wrong."""
    found = re.fullmatch(r"([0-9]{1,6})/([0-9]{1,6})", text)
    if found is None:
        raise ValueError(f"{text!r} is not I/N, such as 2/4")
    shard = Shard(int(found[1]), int(found[2]))
    if not 1 <= shard.number <= shard.total:
        raise ValueError(f"{text!r}: the shards of N are 1/N to N/N")
    return shard


class Division(Struct, frozen=True):
    """The paths of one shard's lessons; `digest` identifies this division of these lessons."""

    paths: frozenset[str]
    digest: str


def divide(found: Discovery, shard: Shard, seconds: Mapping[str, float]) -> Division:
    """The lessons of a shard; all shards take about as long.

    `seconds` are the known durations of lessons by path; others are estimated by size. With the same lessons
    and the same `seconds`, every shard computes the same division.
    """
    sizes = {path: _size(path) for path in found.files}
    pace = _pace(sizes, seconds)
    # Paths without a file, such as unreadable folders, belong to some shard as well.
    loose = {problem.span.path for problem in found.problems}.difference(sizes)
    costs = {path: _LESSON_SECONDS + seconds.get(path, size * pace) for path, size in sizes.items()}
    home = _fill({**costs, **dict.fromkeys(loose, 0.0)}, shard.total)
    mine = frozenset(path for path, number in home.items() if number == shard.number)
    return Division(mine, _digest(home))


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size
    except OSError:  # reported when it is read
        return 0


def _pace(sizes: Mapping[str, int], seconds: Mapping[str, float]) -> float:
    """The seconds for each byte."""
    timed = [path for path in sizes if path in seconds]
    size = sum(sizes[path] for path in timed)
    return sum(seconds[path] for path in timed) / size if size else _BYTE_SECONDS


def _fill(costs: Mapping[str, float], count: int) -> dict[str, int]:
    """The shard of each lesson: longest first, each into the shard with the least work."""
    loads = [0.0] * count
    home = {}
    for path in sorted(costs, key=lambda path: (-costs[path], path)):
        least = loads.index(min(loads))
        loads[least] += costs[path]
        home[path] = least + 1
    return home


def _digest(home: Mapping[str, int]) -> str:
    lines = "".join(f"{number} {path}\0" for path, number in sorted(home.items()))
    return sha256(lines.encode(errors="surrogateescape")).hexdigest()[:16]
