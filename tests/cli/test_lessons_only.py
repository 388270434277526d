"""`--lessons-only`: who names all that has changed names READMEs, too."""

from pathlib import Path

import pytest

from checker.pipeline import Options, check
from tests.quiet import QUIET
from tests.repositories import write

FILES: dict[str, str | bytes | None] = {
    "coursecheck.toml": '[course]\nlessons = ["lessons/**/*.mdx"]\n',
    ".gitignore": "drafts\n",
    ".github/a.mdx": "# A\n",
    "README.md": "# A\n",
    "notes.mdx": "# A\n",
    "lessons/a.mdx": "# A\n",
    "lessons/README.mdx": "# A\n",
    "lessons/b.md": "# A\n",
    "lessons/drafts/a.mdx": "# A\n",
}


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write(tmp_path / "course", FILES)
    monkeypatch.chdir(tmp_path / "course")
    return tmp_path / "course"


def checked(*paths: str) -> list[str]:
    options = Options(paths=paths, run=False, lessons_only=True)
    return [each.lesson.path for each in check(options, QUIET).lessons]


@pytest.mark.usefixtures("course")
def test_only_what_a_walk_would_find() -> None:
    assert checked(*FILES) == ["lessons/README.mdx", "lessons/a.mdx"]


@pytest.mark.usefixtures("course")
def test_folders_mean_what_they_meant() -> None:
    assert checked("lessons") == ["lessons/README.mdx", "lessons/a.mdx"]
    assert checked("README.md") == []


def test_without_a_configuration(course: Path) -> None:
    write(course, {"coursecheck.toml": None})
    names = [name for name in FILES if name != "coursecheck.toml"]
    assert checked(*names) == ["lessons/README.mdx", "lessons/a.mdx", "lessons/b.md", "notes.mdx"]


def test_from_a_folder_below(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(course / "lessons")
    assert checked("a.mdx", "../notes.mdx", str(course / "lessons" / "a.mdx")) == ["a.mdx"]


@pytest.mark.parametrize(
    ("paths", "lesson"),
    [
        (("lessons/link.mdx",), "lessons/a.mdx"),
        (("lessons/link.mdx", "lessons/a.mdx"), "lessons/a.mdx"),
        (("lessons/a.mdx", "lessons/link.mdx"), "lessons/a.mdx"),
        (("lessons/out.mdx",), "lessons/again.mdx"),
        (("lessons/again.mdx", "notes.mdx"), "lessons/again.mdx"),
        (("notes.mdx", "lessons/again.mdx", "lessons/out.mdx"), "lessons/again.mdx"),
        (("notes.mdx",), "lessons/again.mdx"),
    ],
)
def test_a_lesson_goes_by_one_name_whichever_are_named(
    course: Path, paths: tuple[str, ...], lesson: str
) -> None:
    for name, target in (("link.mdx", "a.mdx"), ("out.mdx", "../notes.mdx"), ("again.mdx", "../notes.mdx")):
        (course / "lessons" / name).symlink_to(target)
    # A walk finds a.mdx by its own name, and the first link to what the configuration leaves out.
    assert checked(*paths) == [lesson]
