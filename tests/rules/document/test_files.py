"""The rules of which no page can show a bad lesson: no mark can stand in it."""

import os
from pathlib import Path

import pytest

from checker.analysis.lesson import analyze
from checker.config import Config
from checker.reading.lesson import parse_lesson, read_lesson
from checker.rules.document import fence_closed_early, file_too_large, unreadable_file
from tests.rules.courses import places

NESTED = '# Blocks\n\n{outer}markdown\n```python\nprint("hello")\n```\n{outer}\n'


def test_a_longer_fence_may_hold_a_shorter_one() -> None:
    lesson = parse_lesson("01.mdx", NESTED.format(outer="````"))
    assert list(fence_closed_early.check(analyze(lesson), Config())) == []


def test_a_fence_of_the_same_length_ends_the_outer_one() -> None:
    lesson = parse_lesson("01.mdx", NESTED.format(outer="```"))
    assert places(fence_closed_early.check(analyze(lesson), Config())) == ["01.mdx:6:1-6:4"]


def test_an_ordinary_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "01.mdx"
    path.write_text("# Tables\n")
    analysis = analyze(read_lesson(str(path)))
    assert list(file_too_large.check(analysis, Config())) == []
    assert list(unreadable_file.check(analysis, Config())) == []


def test_a_file_that_no_lesson_can_be(tmp_path: Path) -> None:
    path = tmp_path / "01.mdx"
    path.touch()
    os.truncate(path, 1 << 30)
    reports = file_too_large.check(analyze(read_lesson(str(path))), Config())
    assert places(reports) == [f"{path}:1:1-1:1"]


@pytest.mark.parametrize("target", ["gone.mdx", "01.mdx", "/etc/hostname"])
def test_a_link_that_leads_to_no_lesson(tmp_path: Path, target: str) -> None:
    path = tmp_path / "01.mdx"
    path.symlink_to(target)
    reports = unreadable_file.check(analyze(read_lesson(str(path))), Config())
    assert places(reports) == [f"{path}:1:1-1:1"]
