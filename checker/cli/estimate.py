"""Estimates the work done and the time left, from earlier durations and the current pace."""

from collections.abc import Mapping

# The seconds of every step besides its known duration, for reading and starting.
_LEAST = 0.05
_ENOUGH_SECONDS = 2.0
_ENOUGH_STEPS = 3


class Estimate:
    """The work of a stage of `total` steps; `seconds` are the known durations of steps by label.

    A step without a known duration counts as much as the average of the others.
    """

    def __init__(self, total: int, seconds: Mapping[str, float]) -> None:
        self._seconds = seconds
        self._unknown = _LEAST + (sum(seconds.values()) / len(seconds) if seconds else 0.0)
        self._all = sum(map(self._work, seconds)) + max(0, total - len(seconds)) * self._unknown
        self._done = 0.0
        self._steps = 0

    def advance(self, label: str) -> None:
        """A step is done."""
        self._steps += 1
        self._done += self._work(label)

    @property
    def share(self) -> float:
        """The share of the work that is done, from 0 to 1."""
        return min(1.0, self._done / self._all) if self._all else 1.0

    def left(self, elapsed: float) -> float | None:
        """The seconds left at the current pace; None as long as that is unknown."""
        if self._steps < _ENOUGH_STEPS or elapsed < _ENOUGH_SECONDS:
            return None
        return elapsed * (1 - self.share) / self.share

    def _work(self, label: str) -> float:
        known = self._seconds.get(label)
        return self._unknown if known is None else _LEAST + known


def in_words(left: float | None) -> str:
    """An estimate in words: to the second when it is short, to the minute when it is long."""
    if left is None:
        return ""
    if left < 10:
        return "some seconds left"
    if left < 100:
        return f"about {round(left, -1):.0f} s left"
    if left < 5400:
        return f"about {left / 60:.0f} min left"
    return f"about {left / 3600:.1f} h left"
