"""Where a finding about a run stands."""

from checker.analysis.ran import RanBlock
from checker.reading.lesson import parse_lesson
from tests.builders import outcome, plan

LESSON = parse_lesson(
    "lesson.mdx", "# Tea\n\n```python\ndef pour():\n    return cup  \n```\n\n```python\npour()\n```"
)


def ran(index: int) -> RanBlock:
    raw = outcome("failed", index=index)
    return RanBlock(LESSON, LESSON.blocks[index], plan(index=index), raw, raw, {1: "WRONG"}, frozenset())


def text(start: int, end: int) -> str:
    return LESSON.text[start:end]


def test_a_line_is_marked_without_the_blanks_around_it() -> None:
    span = ran(1).line_span(5)
    assert text(span.start, span.end) == "return cup"


def test_a_column_begins_the_mark() -> None:
    span = ran(1).line_span(5, column=12)
    assert text(span.start, span.end) == "cup"


def test_a_line_outside_every_block_stands_for_the_fence() -> None:
    for line in (0, 1, 99):
        span = ran(1).line_span(line)
        assert text(span.start, span.end) == "```python"


def test_the_fence_of_a_block_at_the_end() -> None:
    last = parse_lesson("lesson.mdx", "```python")
    raw = outcome("crashed")
    span = RanBlock(last, last.blocks[0], plan(), raw, raw, {}, frozenset()).fence_span()
    assert (span.start, span.end) == (0, 9)


def test_which_lines_are_shown_wrong() -> None:
    assert ran(1).is_wrong(9)
    assert not ran(1).is_wrong(4)
