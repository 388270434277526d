"""Findings of one run and those of another: which are the same."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar


class Printed(Protocol):
    """What has a fingerprint and stands in a lesson."""

    @property
    def fingerprint(self) -> str:
        """The rule and the lines."""

    @property
    def path(self) -> str:
        """The lesson."""


There = TypeVar("There", bound=Printed)


def unmatched(these: Sequence[There], known: Iterable[Printed]) -> list[There]:
    """Those of `these` that are not among `known`.

    A finding is first matched with the one in a lesson of its own name. What is left may have come from a
    lesson that was renamed, so names do not count then. Each known finding stands for one.
    """
    by_place: Counter[tuple[str, str]] = Counter()
    anywhere: Counter[str] = Counter()
    for each in known:
        by_place[each.path, each.fingerprint] += 1
        anywhere[each.fingerprint] += 1
    elsewhere = []
    for each in these:
        if by_place[each.path, each.fingerprint]:
            by_place[each.path, each.fingerprint] -= 1
            anywhere[each.fingerprint] -= 1
        else:
            elsewhere.append(each)
    new = []
    for each in elsewhere:
        if anywhere[each.fingerprint]:
            anywhere[each.fingerprint] -= 1
        else:
            new.append(each)
    return new
