import errno
import os
from pathlib import Path
from typing import Any

import pytest

from checker.model import Problem
from checker.reading.ignoring import MAX_BYTES, load_ignores, load_ignores_above, parse_pattern

# A line of .gitignore, a path, and whether it is a folder.
NOT_FITTING = [
    ("*.mdx", "a.md", False),
    ("/a.mdx", "b/a.mdx", False),
    ("a/b", "x/a/b", False),
    ("build/", "build", False),
    ("a/**", "a", True),
    ("a/*", "a/b/c", False),
    ("*.mdx ", "a.mdx ", False),
    (r"\#a", "#b", False),
    ("[!a]", "a", False),
    ("[^a]", "a", False),
    (r"\*", "a", False),
    ("a?b", "a/b", False),
    ("foo", "foobar", False),
]
FITTING = [
    ("*.mdx", "a.mdx", False),
    ("*.mdx", "b/c/a.mdx", False),
    ("*", "a", True),
    ("/a.mdx", "a.mdx", False),
    ("a/b", "a/b", False),
    ("build/", "build", True),
    ("build/", "a/build", True),
    ("**/build", "a/b/build", True),
    ("a/**", "a/b", False),
    ("a/**/b", "a/b", False),
    ("a/**/b", "a/x/y/b", False),
    ("a.mdx   ", "a.mdx", False),
    ("a.mdx\\ ", "a.mdx ", False),
    (r"\#a", "#a", False),
    (r"\!a", "!a", False),
    ("[^a]", "b", False),
    (r"\*", "*", False),
    (r"\[a", "[a", False),
    ("урок*", "урок.mdx", False),
]


@pytest.mark.parametrize(("line", "path", "is_folder"), NOT_FITTING)
def test_a_pattern_is_not_about(line: str, path: str, is_folder: bool) -> None:
    pattern = parse_pattern(line)
    assert pattern
    assert not pattern.fits(path, is_folder=is_folder)


@pytest.mark.parametrize(("line", "path", "is_folder"), FITTING)
def test_a_pattern_is_about(line: str, path: str, is_folder: bool) -> None:
    pattern = parse_pattern(line)
    assert pattern
    assert pattern.fits(path, is_folder=is_folder)


@pytest.mark.parametrize("line", ["", "   ", "# comment", "/", "!", "!/"])
def test_lines_without_a_pattern(line: str) -> None:
    assert parse_pattern(line) is None


def test_an_exclamation_mark_brings_back() -> None:
    pattern = parse_pattern("!a")
    assert pattern
    assert not pattern.hides


def ignores(folder: Path, problems: list[Problem] | None = None) -> Any:
    return load_ignores(str(folder), None, [] if problems is None else problems)


def test_a_folder_without_the_file_ignores_nothing(tmp_path: Path) -> None:
    assert ignores(tmp_path) is None


def test_the_last_line_decides(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("*.mdx\r\n!a.mdx\r\n!b.mdx\r\nb.mdx\r\n")
    found = ignores(tmp_path)
    hidden = [
        name
        for name in ("a.mdx", "b.mdx", "c.mdx", "d.md")
        if found.hide(f"{tmp_path}/{name}", is_folder=False)
    ]
    assert hidden == ["b.mdx", "c.mdx"]


def test_the_deeper_file_decides(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / ".gitignore").write_text("*.mdx\n")
    (tmp_path / "deep" / ".gitignore").write_text("!a.mdx\n")
    problems: list[Problem] = []
    found = load_ignores(f"{tmp_path}/deep", ignores(tmp_path), problems)
    assert found
    assert not found.hide(f"{tmp_path}/deep/a.mdx", is_folder=False)
    assert found.hide(f"{tmp_path}/deep/b.mdx", is_folder=False)


def test_the_files_above_count_up_to_the_root(tmp_path: Path) -> None:
    (tmp_path / "a" / "b" / "c").mkdir(parents=True)
    (tmp_path / ".gitignore").write_text("*.mdx\n")
    (tmp_path / "a" / ".gitignore").write_text("*.md\n")
    found = load_ignores_above(f"{tmp_path}/a/b/c", f"{tmp_path}/a", [])
    assert found
    assert found.hide(f"{tmp_path}/a/b/c/x.md", is_folder=False)
    assert not found.hide(f"{tmp_path}/a/b/c/x.mdx", is_folder=False)
    assert load_ignores_above(f"{tmp_path}/a", f"{tmp_path}/a", []) is None


def test_who_names_an_ignored_folder_wants_what_is_in_it(tmp_path: Path) -> None:
    (tmp_path / "build" / "lessons").mkdir(parents=True)
    (tmp_path / ".gitignore").write_text("build/\n*.mdx\n")
    assert load_ignores_above(f"{tmp_path}/build/lessons", str(tmp_path), []) is None


def test_a_byte_order_mark_and_bytes_that_are_no_text(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_bytes(b"\xef\xbb\xbfa.mdx\n\xff.mdx\n")
    found = ignores(tmp_path)
    assert found.hide(f"{tmp_path}/a.mdx", is_folder=False)
    assert found.hide(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.mdx"), is_folder=False)


@pytest.mark.parametrize("kind", ["fifo", "folder"])
def test_what_is_no_file_ignores_nothing(tmp_path: Path, kind: str) -> None:
    if kind == "fifo":
        os.mkfifo(tmp_path / ".gitignore")
    else:
        (tmp_path / ".gitignore").mkdir()
    assert ignores(tmp_path) is None


def test_a_link_is_not_followed_but_told(tmp_path: Path) -> None:
    (tmp_path / "lines").write_text("*\n")
    (tmp_path / ".gitignore").symlink_to("lines")
    problems: list[Problem] = []
    assert ignores(tmp_path, problems) is None
    assert [each.rule for each in problems] == ["unreadable-file"]


def test_a_file_that_is_too_large_is_not_used_but_told(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("*\n" * MAX_BYTES)
    problems: list[Problem] = []
    assert ignores(tmp_path, problems) is None
    assert os.strerror(errno.EFBIG) in problems[0].message
    assert "what it ignores is checked, too" in problems[0].message
