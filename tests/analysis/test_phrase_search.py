"""A phrase is only compiled for texts that may hold it, and found in all that do."""

import re
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.analysis import marker_phrases
from checker.analysis.marker_words import _BEGINNINGS
from checker.analysis.phrase_search import (
    _ALIKE,
    _LEAD,
    _lines,
    _opened,
    begins,
    holds,
    last,
    may_begin,
    pattern,
)

KINDS = {
    name: text
    for name, text in vars(marker_phrases).items()
    if name.isupper() and isinstance(text, str) and not name.startswith("_")
}
_PHRASES = "\n".join(KINDS.values())
# The words of all phrases, their ends cut off or not, and what stands between and around them.
_WORDS = sorted(
    {word for each in re.findall(r"[^\W\dA-ZА-Я_]+(?:'t)?", _PHRASES) for word in (each, each[:-1])}
)
_BESIDE = [
    "the",
    "This",
    "is",
    "code",
    "Это",
    "KeyError",
    "`ValueError`",
    "pandas",
    "2.1",
    "3",
    "->",
    "→",
    "ё",
]
_BETWEEN = [" ", " ", " ", "  ", "\n", "\u00a0", "", "-", ": ", ". ", ", ", "!", "3", "#"]
TEXTS = st.lists(
    st.tuples(
        st.sampled_from([*_WORDS, *_BESIDE]).flatmap(
            lambda word: st.sampled_from([word, word.upper(), word.title(), word.replace("s", "ſ")])
        ),
        st.sampled_from(_BETWEEN),
    ),
    max_size=6,
).map(lambda parts: "".join(word + sign for word, sign in parts))


@pytest.mark.parametrize("words", ["", "Some words", "Схема событий", "x = 1"])
def test_most_texts_hold_no_phrase(words: str) -> None:
    pattern.cache_clear()
    assert not begins(marker_phrases.LABELS_WRONG, words, led=True)
    assert not holds(marker_phrases.SAYS_WRONG, words)
    assert last(marker_phrases.SAYS_WRONG, words) == -1
    assert pattern.cache_info().currsize == 0


@pytest.mark.parametrize("words", ["", "Some words", "Чай готов", "x = 1", "It was a tea"])
def test_most_texts_begin_with_none_of_all_phrases(words: str) -> None:
    assert not may_begin(_BEGINNINGS, words)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_what_begins_with_a_phrase_of_one_list_may_begin_with_one_of_all(words: str) -> None:
    begun = any(begins(kind, words, led=led) for kind in KINDS.values() for led in (True, False))
    assert may_begin(tuple(KINDS.values()), words) or not begun


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
@settings(max_examples=50, deadline=None)
@given(words=TEXTS)
def test_phrases_are_found_as_by_all_of_them_at_once(kind: str, words: str) -> None:
    for led, after in ((False, ""), (True, ""), (True, "BRIEFLY")):
        places = [at for at in range(len(words) + 1) if not at or (led and _LEAD.fullmatch(words, 0, at))]
        expected = any(pattern(kind, after=after).match(words, at) for at in places)
        assert begins(kind, words, led=led, after=after) == expected
    found = [each.start() for each in pattern(kind).finditer(words)]
    assert holds(kind, words) == bool(found)
    assert last(kind, words) == max(found, default=-1)


@pytest.mark.parametrize("phrase", _lines(_PHRASES))
@settings(max_examples=3, deadline=None)
@given(data=st.data())
def test_what_a_phrase_matches_may_hold_it(phrase: str, data: st.DataObject) -> None:
    assert not pattern(phrase).fullmatch("")
    text = data.draw(st.from_regex(pattern(phrase)))
    folded = text.translate(_ALIKE).lower()
    assert any(opening in folded for opening, _ in _opened(phrase))
    assert holds(phrase, text)


def test_letters_that_are_alike_are_known() -> None:
    everything = map(chr, range(sys.maxunicode + 1))
    cased = "".join(each for each in everything if each.lower() != each or each.upper() != each)
    for letter in sorted(set("".join(_WORDS))):
        for alike in re.findall(letter, cased, re.IGNORECASE):
            assert letter in alike.translate(_ALIKE).lower(), (letter, alike)
