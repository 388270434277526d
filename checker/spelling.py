"""Finds the known word that was probably meant by an unknown one.

Similarity is difflib's measure, from 0 to 1: twice the number of letters that two words share, in order,
divided by the number of letters of both. difflib is imported only for a mistake.
"""

from collections import Counter
from collections.abc import Iterable

_ALIKE = 0.6


def nearest(word: str, known: Iterable[str], *, alike: float = _ALIKE) -> str:
    """The known word most similar to `word`, "" when none reaches the similarity `alike`."""
    letters, length = Counter(word).items(), len(word)
    words = list(known)
    # The lengths alone rule out half of the words.
    fitting = {each for each in set(map(len, words)) if _share(min(length, each), length, each) >= alike}
    near = [each for each in words if len(each) in fitting and _at_most(letters, length, each) >= alike]
    if not near:
        return ""
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, near, n=1, cutoff=alike)), "")


def _at_most(letters: Iterable[tuple[str, int]], length: int, other: str) -> float:
    """An upper bound of two words' similarity, faster than difflib because it ignores the letters' order."""
    shared = 0
    for letter, number in letters:
        shared += min(number, other.count(letter))
    return _share(shared, length, len(other))


def _share(shared: int, one: int, other: int) -> float:
    """The similarity of words with these lengths that share this many letters."""
    return 2.0 * shared / (one + other) if one + other else 1.0


def nearest_in_any_case(word: str, known: Iterable[str], *, alike: float = _ALIKE) -> str:
    """The same, ignoring case; of known words that differ only in case, the last."""
    by_folded = {each.casefold(): each for each in known}
    return by_folded.get(nearest(word.casefold(), by_folded, alike=alike), "")


def did_you_mean(near: str) -> str:
    """The end of a message, empty when nothing is near."""
    return f"; did you mean {near}?" if near else ""
