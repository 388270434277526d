"""Matches findings of two runs."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar


class Printed(Protocol):
    """An object with a fingerprint in a lesson."""

    @property
    def fingerprint(self) -> str:
        """The identity of rule and lines."""

    @property
    def path(self) -> str:
        """The path of the lesson."""


There = TypeVar("There", bound=Printed)


def unmatched(these: Sequence[There], known: Iterable[Printed]) -> list[There]:
    """Those of `these` that are not among `known`.

    A finding is first matched with one in the lesson of the same name. The rest may be in renamed lessons, so
    names are then ignored. Each known finding matches only one.
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
