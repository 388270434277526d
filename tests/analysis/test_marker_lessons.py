"""Lessons of many shapes: which of their lines are shown wrong on purpose.

In `markers/lessons.txt` a lesson begins at `== `; the first character of each of its lines is `W` where the
line is shown wrong, and a blank everywhere else.
"""

from pathlib import Path

import pytest

from checker.analysis.markers import marked_lines
from checker.reading.lesson import parse_lesson

TEXT = (Path(__file__).parent / "markers" / "lessons.txt").read_text(encoding="utf-8")
LESSONS = [part.split("\n") for part in TEXT.removeprefix("== ").rstrip("\n").split("\n== ")]


@pytest.mark.parametrize("lines", [each[1:] for each in LESSONS], ids=[each[0] for each in LESSONS])
def test_the_lines_shown_wrong(lines: list[str]) -> None:
    lesson = parse_lesson("lesson.mdx", "\n".join(line[1:] for line in lines) + "\n")
    assert lesson.problems == ()
    wrong = [block.span.line + line for block in lesson.blocks for line in marked_lines(lesson, block).wrong]
    assert sorted(wrong) == [number for number, line in enumerate(lines, start=1) if line.startswith("W")]


def test_there_are_enough_of_them() -> None:
    assert len(LESSONS) >= 75
