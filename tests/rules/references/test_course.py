"""The lessons that there are, however few of them are checked."""

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from checker.config import Config
from checker.config.keys import CourseKeys
from checker.reading.lesson import parse_lesson
from checker.rules.references.course import find_course
from checker.rules.references.project import seen_from

FILES = ("01-a/01-x.mdx", "01-a/02-y.md", "02-b/01-z.mdx", "02-b/data.csv", "intro.mdx", "02-b/deep/01-w.mdx")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course below `content`, and the current folder above it."""
    for name in FILES:
        path = tmp_path / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("# Lesson\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def known(paths: Sequence[str], config: Config | None = None) -> tuple[str, tuple[str, ...]]:
    found = find_course(tuple(parse_lesson(path, "") for path in paths), config or Config())
    return found.root, found.known


def test_one_file_has_its_neighbours(site: Path) -> None:
    root, names = known(["content/01-a/01-x.mdx"])
    assert root == f"{site.as_posix()}/content"
    assert names == ("01-a/01-x.mdx", "01-a/02-y.md", "02-b/01-z.mdx", "intro.mdx")


def test_a_file_above_has_its_own_neighbours(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(site / "content" / "02-b" / "deep")
    root, names = known(["../../01-a/01-x.mdx"])
    assert root == f"{site.as_posix()}/content"
    assert names == ("01-a/01-x.mdx", "01-a/02-y.md", "02-b/01-z.mdx", "intro.mdx")


def test_several_files_share_a_root(site: Path) -> None:
    root, names = known(["content/02-b/deep/01-w.mdx", "content/01-a/01-x.mdx"])
    assert root == f"{site.as_posix()}/content"
    assert "02-b/deep/01-w.mdx" in names
    assert "01-a/02-y.md" in names


def test_what_is_checked_is_known_whatever_its_name(site: Path) -> None:
    assert "01-a/notes.txt" in known([str(site / "content" / "01-a" / "notes.txt")])[1]


def test_links_to_folders_are_not_followed(site: Path) -> None:
    (site / "content" / "03-c").symlink_to("01-a")
    assert not [name for name in known(["content/01-a/01-x.mdx"])[1] if name.startswith("03-c")]


def test_a_folder_that_cannot_be_listed_is_passed_over(site: Path) -> None:
    assert known(["gone/far/away.mdx"]) == (f"{site.as_posix()}/gone", ("far/away.mdx",))


def test_without_lessons_there_is_an_empty_course(site: Path) -> None:
    assert known([]) == (site.as_posix(), ())


def test_the_configuration_says_what_belongs_to_the_course(site: Path) -> None:
    keys = CourseKeys(lessons=("content/01-a/*.mdx", "content/**/01-w.mdx"))
    config = Config(path="coursecheck.toml", folder=str(site), course=keys)
    root, names = known(["content/intro.mdx"], config)
    assert root == site.as_posix()
    assert names == ("content/01-a/01-x.mdx", "content/02-b/deep/01-w.mdx", "content/intro.mdx")


@pytest.mark.parametrize("folder", ["/a/b", "/a", "/"])
@pytest.mark.parametrize("path", ["/a/b/c", "/a/bc", "/a/b/../c", "/a/b/./c/.d", "/a/b//c", "/a", "/x/y"])
def test_a_path_is_seen_from_a_folder_as_by_relpath(folder: str, path: str) -> None:
    assert seen_from(folder, path) == os.path.relpath(path, folder)
