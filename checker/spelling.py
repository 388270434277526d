"""The word that was probably meant by one that nobody knows.

How much alike two words have to be is difflib's measure, from 0 to 1: twice the letters that they share, in
order, by the letters of both. Only a mistake pays for importing it.
"""

from collections import Counter
from collections.abc import Iterable

_ALIKE = 0.6


def nearest(word: str, known: Iterable[str], *, alike: float = _ALIKE) -> str:
    """The known word that is most like `word`, "" when none is as much alike as that."""
    letters, length = Counter(word).items(), len(word)
    words = list(known)
    # Their lengths alone rule out half of the words.
    fitting = {each for each in set(map(len, words)) if _share(min(length, each), length, each) >= alike}
    near = [each for each in words if len(each) in fitting and _at_most(letters, length, each) >= alike]
    if not near:
        return ""
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, near, n=1, cutoff=alike)), "")


def _at_most(letters: Iterable[tuple[str, int]], length: int, other: str) -> float:
    """How much alike two words can be, whatever the order of their letters; to ask difflib takes longer."""
    shared = 0
    for letter, number in letters:
        shared += min(number, other.count(letter))
    return _share(shared, length, len(other))


def _share(shared: int, one: int, other: int) -> float:
    """How much alike words of these lengths are that share so many letters."""
    return 2.0 * shared / (one + other) if one + other else 1.0


def nearest_in_any_case(word: str, known: Iterable[str], *, alike: float = _ALIKE) -> str:
    """The same where capitals make no difference; of known words that are then one, the last."""
    by_folded = {each.casefold(): each for each in known}
    return by_folded.get(nearest(word.casefold(), by_folded, alike=alike), "")


def did_you_mean(near: str) -> str:
    """The end of a message, empty when nothing is near."""
    return f"; did you mean {near}?" if near else ""
