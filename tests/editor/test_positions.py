import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from checker.editor.positions import Positions
from checker.model import Lesson
from checker.reading.decoding import line_starts
from checker.reading.lesson import parse_lesson

ENCODINGS = ["utf-8", "utf-16", "utf-32"]
TEXTS = st.text(alphabet="ab\t😋é\u2028\x0c\r\n", max_size=40)


def test_plain_text_counts_alike_everywhere() -> None:
    for encoding in ENCODINGS:
        assert Positions("one\ntwo\n", encoding).offset(types.Position(1, 2)) == 6


@pytest.mark.parametrize("text", ["", "one", "one\n"])
def test_what_lies_outside_is_led_back(text: str) -> None:
    positions = Positions(text, "utf-16")
    assert positions.offset(types.Position(99, 99)) == len(text)


def test_a_byte_order_mark_that_the_editor_keeps_is_a_character_of_the_first_line() -> None:
    positions = Positions("\ufeff# Tea\nb\n", "utf-16")
    lesson = parse_lesson("a.mdx", "# Tea\nb\n")
    first, second = positions.range(lesson.span(2, 5)), positions.range(lesson.span(6, 7))
    assert (first.start.character, first.end.character) == (3, 6)
    assert (second.start.character, second.end.character) == (0, 1)
    assert positions.offset(first.start) == 2
    assert positions.offset(types.Position(0, 0)) == 0
    assert positions.offset(second.start) == 6


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(text=TEXTS, data=st.data())
def test_there_and_back(encoding: str, text: str, data: st.DataObject) -> None:
    """Lines end where the protocol says, which no line of Python's `splitlines` does."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    if text[start - 1 : start + 1] == "\r\n" or text[end - 1 : end + 1] == "\r\n":
        return  # no place between the two
    positions = Positions(text, encoding)
    lesson = Lesson("a.md", text, line_starts(text), None, (), (), (), ())
    found = positions.range(lesson.span(start, end))
    assert (positions.offset(found.start), positions.offset(found.end)) == (start, end)
