"""Fixing a course from end to end, with the one rule whose fix needs no library."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from checker.fixing import course as fixing
from checker.fixing.course import Fixed, fix
from checker.model import LessonResult
from checker.pipeline import Options
from tests.fixing.world import Defect, World
from tests.quiet import QUIET
from tests.sandboxes import needs_sandbox

UNUSED = '{/* check: ignore=python-syntax because="why" */}\n'
BLOCK = "```python\ncups = 3\n```\n"


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.mdx").write_text(f"# Tea\n\n{UNUSED if name != 'b' else ''}{BLOCK}")
    return tmp_path


def run(*, write: bool = True, execute: bool = False) -> Fixed:
    return fix(Options(run=execute), QUIET, unsafe=False, write=write)


def names(lessons: Sequence[LessonResult]) -> list[tuple[str, str]]:
    return [(each.lesson.path, finding.name) for each in lessons for finding in each.findings]


def test_the_lessons_are_written_and_what_is_left_is_told(course: Path) -> None:
    fixed = run()
    assert [each.path for each in fixed.rewritten] == ["a.mdx", "c.mdx"]
    assert {each.read_text() for each in course.iterdir()} == {f"# Tea\n\n{BLOCK}"}
    assert [each.refused for each in fixed.result.fixes] == ["", ""]
    assert not [name for _, name in names(fixed.result.lessons) if name == "unused-ignore"]
    assert [each.lesson.path for each in fixed.result.lessons] == ["a.mdx", "b.mdx", "c.mdx"]


def test_a_second_time_changes_nothing(course: Path) -> None:
    run()
    before = {each: each.stat().st_ino for each in course.iterdir()}
    assert (run().fixes, {each: each.stat().st_ino for each in course.iterdir()}) == ((), before)


def test_to_look_writes_nothing(course: Path) -> None:
    fixed = run(write=False)
    assert UNUSED in (course / "a.mdx").read_text()
    assert [(each.path, each.old, each.new) for each in fixed.rewritten] == [
        (name, f"# Tea\n\n{UNUSED}{BLOCK}", f"# Tea\n\n{BLOCK}") for name in ("a.mdx", "c.mdx")
    ]
    assert (len(fixed.fixes), fixed.result.fixes) == (2, ())
    assert ("a.mdx", "unused-ignore") in names(fixed.result.lessons)


def test_a_lesson_that_cannot_be_written_keeps_its_findings(course: Path) -> None:
    (course / "a.mdx").chmod(0o444)
    fixed = run()
    assert [each.refused.partition(":")[0] for each in fixed.result.fixes] == ["the file is read-only", ""]
    assert names(fixed.result.lessons).count(("a.mdx", "unused-ignore")) == 1


@needs_sandbox
@pytest.mark.usefixtures("course")
def test_what_changed_is_run_again() -> None:
    fixed = run(execute=True)
    assert [[each.kind for each in lesson.outcomes] for lesson in fixed.result.lessons] == [["passed"]] * 3


def test_lessons_are_tried_together() -> None:
    """As many times as the longest of them needs, not as all of them need."""
    world = World(Defect("one", "two"), Defect("two", "three", rule="another"))
    texts = {path: f"```python\n{word}\n```\n" for path, word in (("a", "one"), ("b", "two"), ("c", "x"))}
    asked = []

    def attempt(wanted: dict[str, str]) -> list[LessonResult]:
        asked.append(sorted(wanted))
        return [world.look(text, path) for path, text in wanted.items()]

    before = {path: world.look(text, path) for path, text in texts.items()}
    mended = fixing._mend_all(before, attempt, unsafe=False)  # type: ignore[arg-type]
    assert {each.result.lesson.text for each in mended.values()} == {"```python\nthree\n```\n"}
    assert asked == [["a", "b"], ["a"]]
