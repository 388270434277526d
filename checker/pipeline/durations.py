"""How long lessons took the last time, kept between runs: what takes longest is begun first."""

import os
from collections.abc import Iterable, Mapping

import msgspec

from checker.cache import Cache, digest
from checker.model import Outcome

# Of all courses that are checked from one folder; the oldest go first.
_MOST = 50_000


def lasted(outcomes: Iterable[Outcome]) -> float:
    """The seconds that a lesson's cells took."""
    return sum(each.seconds for each in outcomes)


class Durations:
    """Seconds by the paths of lessons, as they are seen from the current folder.

    Those that are `given` count more than what is remembered.
    """

    def __init__(self, cache: Cache, given: Mapping[str, float]) -> None:
        self._cache = cache
        self._key = digest(b"durations", os.fsencode(os.getcwd()))
        self._before = self._kept()
        self._noted: dict[str, float] = {}
        self.known: Mapping[str, float] = {**self._before, **given}

    def note(self, path: str, outcomes: Iterable[Outcome]) -> None:
        """What a lesson has just taken; nothing counts that was looked up in no time."""
        self._noted[path] = round(lasted(outcomes), 3)

    def flush(self) -> None:
        """Remember what was noted."""
        now = {
            **{path: each for path, each in self._before.items() if path not in self._noted},
            **self._noted,
        }
        if now != self._before:
            newest = dict(list(now.items())[-_MOST:])
            try:
                self._cache.put({self._key: msgspec.msgpack.encode(newest)})
            except UnicodeEncodeError:  # a path that is no text
                return

    def _kept(self) -> dict[str, float]:
        kept = self._cache.get([self._key]).get(self._key)
        if kept is None:
            return {}
        try:
            return msgspec.msgpack.decode(kept, type=dict[str, float])
        except msgspec.DecodeError:
            return {}
