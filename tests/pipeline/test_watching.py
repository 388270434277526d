"""Files that change are noticed, once they keep still, and others are not."""

import os
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from checker.pipeline import watching
from checker.pipeline.watching import Looks, changes, look
from tests.repositories import write

FILES: dict[str, str | bytes | None] = {
    "coursecheck.toml": "[run]\n",
    "lessons/a.mdx": "# A\n",
    "lessons/img/cup.png": "png",
    "fixtures/orders.csv": "1\n",
    "node_modules/x/index.js": "x",
    ".venv/pyvenv.cfg": "",
    "ignored.log": "x",
    ".gitignore": "*.log\n",
}


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write(tmp_path / "course", FILES)
    monkeypatch.chdir(tmp_path / "course")
    return tmp_path / "course"


def seen(*paths: str, config: str | None = None, without: tuple[str, ...] = ()) -> set[str]:
    return {os.path.relpath(path) for path in look(paths, config, without)}


EVERYTHING = {"coursecheck.toml", "lessons/a.mdx", "lessons/img/cup.png", "fixtures/orders.csv", ".gitignore"}


@pytest.mark.usefixtures("course")
@pytest.mark.parametrize(
    "path", [".", "lessons", "lessons/a.mdx", "lessons/*.mdx", "gone.mdx", "lessons/gone"]
)
def test_all_of_a_course_is_looked_at_whatever_is_named(path: str) -> None:
    assert seen(path) == EVERYTHING


def test_without_a_configuration_what_is_named(course: Path) -> None:
    write(course, {"coursecheck.toml": None})
    assert seen("lessons") == {"lessons/a.mdx", "lessons/img/cup.png"}
    assert seen("lessons/a.mdx", "fixtures") == {"lessons/a.mdx", "fixtures/orders.csv"}


def test_a_configuration_from_elsewhere(course: Path) -> None:
    write(course.parent, {"mine/mine.toml": "[run]\n", "other.txt": "x"})
    assert seen("fixtures", config="../mine/mine.toml") == {"../mine/mine.toml", "fixtures/orders.csv"}


def test_what_is_written_by_the_check_is_passed_over(course: Path) -> None:
    write(course, {"results.json": "{}"})
    assert seen(".", without=("results.json", str(course / "lessons/a.mdx"))) == EVERYTHING - {
        "lessons/a.mdx"
    }


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Looks]]:
    """What is seen, one look after the other; the waiting costs nothing."""
    monkeypatch.setattr(watching, "_PAUSE", 0.25)
    listed: list[Looks] = []
    yield listed
    assert not listed


def rounds(listed: list[Looks], count: int) -> tuple[list[Looks], list[float]]:
    pauses: list[float] = []
    found = changes(lambda: listed.pop(0), pauses.append)
    return [next(found) for _ in range(count)], pauses


A: Looks = {"a": (1, 1, 1)}
B: Looks = {"a": (1, 1, 2)}
C: Looks = {"a": (1, 2, 3)}


def test_nothing_changes(looks: list[Looks]) -> None:
    looks += [A, A, A, B, B]
    assert rounds(looks, 2) == ([A, B], [0.25, 0.25, 0.25])


def test_what_is_still_being_written_is_waited_for(looks: list[Looks]) -> None:
    looks += [A, B, C, C]
    assert rounds(looks, 2) == ([A, C], [0.25, 0.25])


def test_what_comes_back_as_it_was_is_looked_at_again(looks: list[Looks]) -> None:
    looks += [A, B, A, A, A, B, B]
    assert rounds(looks, 3)[0] == [A, A, B]


def test_where_looking_takes_long_it_is_done_less_often(
    looks: list[Looks], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter([0.0, 2.0, 2.0, 2.1])
    monkeypatch.setattr("checker.pipeline.watching.time", SimpleNamespace(monotonic=lambda: next(clock)))
    looks += [A, A, B, B]
    assert rounds(looks, 2)[1] == [40.0, 0.25]


@pytest.mark.usefixtures("course")
def test_a_file_that_vanishes_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "_files", lambda _paths, _config: iter(["lessons/a.mdx", "gone.mdx"]))
    assert seen(".") == {"lessons/a.mdx"}
