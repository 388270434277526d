"""Edits applied to a text: what is not edited stays, and two edits of one place are refused."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.fixing.edits import OverlapError, apply_edits, overlap
from checker.model import Edit
from checker.reading.lesson import parse_lesson


def edit(text: str, start: int, end: int, new: str) -> Edit:
    return Edit(parse_lesson("a.mdx", text).span(start, end), new)


def test_no_edit_changes_nothing() -> None:
    assert apply_edits("a\r\nb", []) == "a\r\nb"


def test_edits_are_made_whatever_their_order() -> None:
    text = "one two three\r\n"
    edits = [edit(text, 8, 13, "3"), edit(text, 0, 3, "1"), edit(text, 4, 7, "")]
    assert apply_edits(text, edits) == "1  3\r\n"
    assert apply_edits(text, reversed(edits)) == "1  3\r\n"


def test_edits_that_touch_do_not_overlap() -> None:
    text = "abcd"
    edits = [edit(text, 0, 2, "x"), edit(text, 2, 2, "-"), edit(text, 2, 4, "y")]
    assert apply_edits(text, edits) == "x-y"


def test_the_same_edit_twice_is_one() -> None:
    text = "abcd"
    assert apply_edits(text, [edit(text, 1, 2, "x"), edit(text, 1, 2, "x")]) == "axcd"


def test_edits_at_both_ends_of_a_text() -> None:
    assert apply_edits("ab", [edit("ab", 0, 0, "<"), edit("ab", 2, 2, ">")]) == "<ab>"


@pytest.mark.parametrize(
    ("first", "second"),
    [((0, 3), (2, 4)), ((0, 4), (1, 2)), ((1, 2), (1, 2)), ((2, 2), (2, 2)), ((0, 3), (1, 1))],
)
def test_edits_that_overlap_are_refused(first: tuple[int, int], second: tuple[int, int]) -> None:
    edits = [edit("abcd", *first, "x"), edit("abcd", *second, "y")]
    assert overlap(*edits)
    with pytest.raises(OverlapError, match="two edits change the text at 1:"):
        apply_edits("abcd", edits)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 9), (2, 1)])
def test_an_edit_of_no_place_in_the_text_is_refused(start: int, end: int) -> None:
    span = parse_lesson("a.mdx", "ab").span(0, 0)
    wrong = Edit(type(span)(span.path, 1, 1, 1, 1, start, end), "")
    with pytest.raises(ValueError, match="lies outside"):
        apply_edits("ab", [wrong])


@given(text=st.text(), cuts=st.lists(st.integers(0, 30)))
def test_replacing_each_part_by_itself_changes_nothing(text: str, cuts: list[int]) -> None:
    at = sorted({0, len(text), *(cut for cut in cuts if cut <= len(text))})
    edits = [edit(text, start, end, text[start:end]) for start, end in pairwise(at)]
    assert apply_edits(text, edits) == text
