"""What is put away comes back as it was."""

import gc
import os
import tempfile
from pathlib import Path
from typing import Any

import pytest

from checker.model import Lesson
from checker.pipeline import Options, check, finishing, spilling
from checker.pipeline.spilling import Lessons, SpilledLesson, SpillFile
from checker.reading.lesson import parse_lesson
from checker.recalling import recall as recalling
from checker.reporting.build import build
from tests.quiet import QUIET

TEXT = (
    '---\ntitle: Чай\n---\n\n# Tea {/* check: ignore=odd-time because="why" */}\n\nSome words.\n\n'
    "import A from './a'\n\n```python\nprint(1)\n```\n\n- one\n\n  ```json\n  {}\n  ```\n"
)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nearly nothing is kept at hand."""
    monkeypatch.setattr(spilling, "AT_HAND", 1)
    monkeypatch.setattr(finishing, "_UNDERSTOOD", 1)
    monkeypatch.setattr(recalling, "_MOST_KNOWN", 1)


def lessons(count: int) -> list[Lesson]:
    return [parse_lesson(f"{number}.mdx", f"{TEXT}\n{number}\n") for number in range(count)]


def test_what_is_at_hand_is_the_same_thing_and_nothing_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(tempfile, "TemporaryFile")
    spill_file: SpillFile[list[int]] = SpillFile(list[int], 2)
    thing = [1]
    spill_file.put("a", thing)
    spill_file.put("b", [2])
    assert spill_file.get("a") is thing
    assert ("a" in spill_file, "c" in spill_file) == (True, False)


def test_what_is_put_away_comes_back() -> None:
    spill_file: SpillFile[list[int]] = SpillFile(list[int], 1)
    for number in range(5):
        spill_file.put(str(number), [number] * 1000)
    assert [spill_file.get(str(number)) for number in range(5)] == [[number] * 1000 for number in range(5)]
    assert all(str(number) in spill_file for number in range(5))


def test_the_newest_thing_of_a_name_counts() -> None:
    spill_file: SpillFile[list[int]] = SpillFile(list[int], 0)
    for number in range(3):
        spill_file.put("a", [number])
        assert spill_file.get("a") == [number]


@pytest.mark.parametrize("thing", ["\ud800", object(), 1 << 80])
def test_what_cannot_be_put_away_stays(thing: object) -> None:
    spill_file: SpillFile[object] = SpillFile(object, 0)
    spill_file.put("a", thing)
    assert spill_file.get("a") is thing
    assert "a" in spill_file
    spill_file.put("a", "another")
    assert spill_file.get("a") == "another"


def test_without_room_on_the_disk_things_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "pwrite", full)
    spill_file: SpillFile[list[int]] = SpillFile(list[int], 0)
    spill_file.put("a", [1])
    assert spill_file.get("a") == [1]


def test_what_is_unknown_is_an_error() -> None:
    with pytest.raises(KeyError):
        SpillFile(int).get("a")


@pytest.mark.usefixtures("small")
def test_a_lesson_on_the_shelf_is_the_lesson() -> None:
    whole = lessons(4)
    kept = Lessons()
    for each in reversed(whole):
        kept.add(each)
    assert len(kept) == 4
    assert [type(each) for each in kept.sorted()] == [Lesson, SpilledLesson, SpilledLesson, SpilledLesson]
    for before, after in zip(whole, kept.sorted(), strict=True):
        for name in Lesson.__struct_fields__:
            here, there = getattr(before, name), getattr(after, name)
            assert list(there) == list(here) if name in ("line_starts", "prose") else there == here, name
        assert after.span(3, 80) == before.span(3, 80)
        assert after.code_span(after.blocks[0], 1, 0, 1, 5) == before.code_span(before.blocks[0], 1, 0, 1, 5)


@pytest.mark.usefixtures("small")
def test_a_shelved_lesson_is_not_shelved_again() -> None:
    first, again = Lessons(), Lessons()
    for each in lessons(3):
        first.add(each)
    for each in first.sorted():
        again.add(each)
    assert again.of("0.mdx") is first.of("0.mdx")


def _course(folder: Path) -> None:
    for number in range(6):
        (folder / f"{number:02}.mdx").write_text(
            f"---\ntitle: Tea {number}\n---\n\n# Tea {number}\n\n[there](./{number + 1:02}.mdx)\n\n"
            f"```python\nx = {number}\n```\n\n```python\nprint(missing_{number})\n```\n"
        )


@pytest.mark.parametrize("cache", [None, "cache"])
def test_a_course_on_the_shelf_is_reported_as_one_at_hand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, cache: str | None
) -> None:
    monkeypatch.chdir(tmp_path)
    _course(tmp_path)

    def found() -> Any:
        results = build(check(Options(run=False, cache=cache), QUIET))
        return results.findings, results.blocks, results.lessons

    at_hand = found()
    assert at_hand[0]
    request.getfixturevalue("small")
    assert found() == at_hand
    assert found() == at_hand


def test_what_was_understood_of_lessons_is_garbage_that_is_collected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Trees that refer to each other would stay until Python looks for them, which it hardly ever does."""
    monkeypatch.chdir(tmp_path)
    _course(tmp_path)
    collected: list[int] = []
    monkeypatch.setattr(finishing, "_UNDERSTOOD", 1)
    monkeypatch.setattr(finishing, "_COLLECTED", 2)
    monkeypatch.setattr(gc, "collect", lambda: collected.append(1))
    check(Options(run=False), QUIET)
    assert len(collected) == 2  # five of six lessons were let go of
    check(Options(run=False, cache="cache"), QUIET)
    collected.clear()
    check(Options(run=False, cache="cache"), QUIET)
    assert collected == []  # of what is recalled there is none
