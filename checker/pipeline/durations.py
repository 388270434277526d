"""How long lessons took when they last ran, so that the slowest start first."""

import os
from collections.abc import Iterable, Mapping

import msgspec

from checker.cache import Cache, digest
from checker.model import Outcome

# For all courses that are checked from one folder; the oldest entries are dropped.
_MOST = 50_000


def lasted(outcomes: Iterable[Outcome]) -> float:
    """The seconds that a lesson's cells took in total."""
    return sum(each.seconds for each in outcomes)


class Durations:
    """Seconds by the path of a lesson, relative to the current folder.

    Values in `given` take precedence over remembered ones.
    """

    def __init__(self, cache: Cache, given: Mapping[str, float]) -> None:
        self._cache = cache
        self._key = digest(b"durations", os.fsencode(os.getcwd()))
        self._before = self._kept()
        self._noted: dict[str, float] = {}
        self.known: Mapping[str, float] = {**self._before, **given}

    def note(self, path: str, outcomes: Iterable[Outcome]) -> None:
        """Record how long a lesson took, unless its outcomes were looked up instead of run."""
        self._noted[path] = round(lasted(outcomes), 3)

    def flush(self) -> None:
        """Write what was recorded to the cache."""
        now = {
            **{path: each for path, each in self._before.items() if path not in self._noted},
            **self._noted,
        }
        if now != self._before:
            newest = dict(list(now.items())[-_MOST:])
            try:
                self._cache.put({self._key: msgspec.msgpack.encode(newest)})
            except UnicodeEncodeError:  # a path that is not valid text
                return

    def _kept(self) -> dict[str, float]:
        kept = self._cache.get([self._key]).get(self._key)
        if kept is None:
            return {}
        try:
            return msgspec.msgpack.decode(kept, type=dict[str, float])
        except msgspec.DecodeError:
            return {}
