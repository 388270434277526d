"""The word that was probably meant by one that nobody knows.

How much alike two words have to be is difflib's measure, from 0 to 1: twice the letters that they share, in
order, by the letters of both. Only a mistake pays for importing it.
"""

from collections.abc import Iterable
from functools import lru_cache

_ALIKE = 0.6


def nearest(word: str, known: Iterable[str], *, alike: float = _ALIKE) -> str:
    """The known word that is most like `word`, "" when none is as much alike as that."""
    from difflib import get_close_matches

    near = [each for each in known if _may_be_alike(word, each, alike)]
    return next(iter(get_close_matches(word, near, n=1, cutoff=alike)), "")


def _may_be_alike(word: str, known: str, alike: float) -> bool:
    """Whether enough letters of a known word are in the other at all, which difflib looks at one by one."""
    shared = len(known) - len(known.translate(_without(word)))
    return 2 * shared / (len(word) + len(known) or 1) >= alike


@lru_cache(maxsize=1)
def _without(letters: str) -> dict[int, int | None]:
    return str.maketrans("", "", letters)


def nearest_in_any_case(word: str, known: Iterable[str], *, alike: float = _ALIKE) -> str:
    """The same where capitals make no difference; of known words that are then one, the last."""
    by_folded = {each.casefold(): each for each in known}
    return by_folded.get(nearest(word.casefold(), by_folded, alike=alike), "")


def did_you_mean(near: str) -> str:
    """The end of a message, empty when nothing is near."""
    return f"; did you mean {near}?" if near else ""
