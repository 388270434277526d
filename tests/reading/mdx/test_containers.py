"""Items that are read at once, as one line of words, and those in which something else stands."""

import pytest

from checker.reading.document import Document
from checker.reading.markdown import _MDX, parse_document
from checker.reading.mdx.blocks import MAX_DEPTH
from checker.reading.mdx.containers import _WORDS


def texts(text: str) -> list[str]:
    return [each.text for each in parse(text).passages]


def parse(text: str) -> Document:
    return parse_document(text, syntax="mdx")


@pytest.mark.parametrize(
    "first", sorted({first for rule in _MDX for first in rule.begins if first not in "[`"})
)
def test_what_may_begin_a_block_is_no_word(first: str) -> None:
    assert not _WORDS.match(f"{first} a")


@pytest.mark.parametrize("words", ["```", "~~~", "***", "* a", "- a", "__ __", "[^a]: b", "# a", "", "1. a"])
def test_a_block_in_an_item_is_no_word(words: str) -> None:
    assert not _WORDS.match(words)


@pytest.mark.parametrize(
    "words", ["a", "**a** b", "*a*", "__a__", "_a_", "`a`", "``a``", "[a](b)", "Я", "|", "\\#"]
)
def test_words_are_words(words: str) -> None:
    assert _WORDS.match(words)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("- a\nb\n", ["a\nb"]),
        ("- a\n  b\n", ["a\nb"]),
        ("- a\n\n  b\n", ["a", "b"]),
        ("- a\n\n\n  b\n\nc\n", ["a", "b", "c"]),
        ("- a\n  - b\n- c\n", ["a", "b", "c"]),
        ("- a\n2. b\n", ["a", "b"]),
        ("- a\n- b\n\n- c\n", ["a", "b", "c"]),
        ("- a\n* * *\n", ["a"]),
        ("- a\n---\n", ["a"]),
        ("- a|b\n  -|-\n- c\n", ["a|b", "c"]),
        ("> - a\n> - b\nc\n", ["a", "b\nc"]),
        ("- **a** b \n- c\n", ["**a** b", "c"]),
        ("- a", ["a"]),
        ("- a\n\n", ["a"]),
        ("[^1]: - a\n    - b\n\n    c\n", ["a", "b", "c"]),
    ],
)
def test_an_item_ends_where_its_words_end(text: str, found: list[str]) -> None:
    assert texts(text) == found


def test_a_fence_behind_an_item_stands_outside_of_it() -> None:
    first, second = parse("- a\n\n  ```\n  b\n  ```\n- c\n\n```\nd\n```\n").fences
    assert first.parents == ("list", "listItem")
    assert second.parents == ()


def test_words_that_stand_too_deep_are_refused_as_all_else() -> None:
    document = parse("- " * (MAX_DEPTH // 2) + "a\n")
    assert not document.passages
    assert [fault.rule for fault in document.faults] == ["mdx-syntax"]
