import os
import sys
from pathlib import Path

import pytest

from checker.running.sandbox.view import View, interpreter_view, view_of


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(os.path.realpath(tmp_path))


def test_what_does_not_exist_is_not_shown(root: Path) -> None:
    assert view_of([str(root / "nowhere" / "bin")]) == View((), ())


def test_links_that_go_in_circles_are_not_shown(root: Path) -> None:
    (root / "a").symlink_to("b")
    (root / "b").symlink_to("a")
    assert view_of([str(root / "a" / "bin")]).paths == ()


def test_a_link_that_leads_nowhere_shows_no_folder(root: Path) -> None:
    (root / "a").symlink_to("gone")
    assert view_of([str(root / "a")]).paths == ()


def test_folders_within_shown_folders_are_not_shown_again(root: Path) -> None:
    (root / "lib" / "python").mkdir(parents=True)
    (root / "library").mkdir()
    wanted = [str(root / "lib" / "python"), str(root / "lib"), str(root / "library")]
    assert view_of(wanted) == View((str(root / "lib"), str(root / "library")), ())


def test_a_folder_is_shown_where_it_really_is_and_by_the_links_to_it(root: Path) -> None:
    (root / "versions" / "3.11.9" / "bin").mkdir(parents=True)
    (root / "versions" / "3.11").symlink_to("3.11.9")
    (root / "home").symlink_to(root / "versions")
    assert view_of([str(root / "home" / "3.11" / "bin")]) == View(
        (str(root / "versions" / "3.11.9" / "bin"),),
        ((str(root / "home"), str(root / "versions")), (str(root / "versions" / "3.11"), "3.11.9")),
    )


def test_links_within_shown_folders_are_there_already(root: Path) -> None:
    (root / "bin").mkdir()
    (root / "bin" / "python3.11").touch()
    (root / "bin" / "python").symlink_to("python3.11")
    assert view_of([str(root / "bin"), str(root / "bin" / "python")]) == View((str(root / "bin"),), ())


def test_of_a_prefix_only_the_interpreter_s_parts_are_shown(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`python -m venv .` in a project: its lessons and its secrets stay out."""
    for each in ("bin", "lib/python3.11/site-packages", ".git", "lessons"):
        (root / each).mkdir(parents=True)
    for each in ("pyvenv.cfg", "secret.txt"):
        (root / each).touch()
    for name in ("prefix", "exec_prefix", "base_prefix", "base_exec_prefix"):
        monkeypatch.setattr(sys, name, str(root))
    monkeypatch.setattr(sys, "executable", str(root / "bin" / "python"))
    shown = [each for each in interpreter_view([]).paths if each.startswith(str(root))]
    assert shown == [str(root / each) for each in ("bin", "lib", "pyvenv.cfg")]


def test_folders_of_packages_are_shown(root: Path) -> None:
    assert str(root) in interpreter_view([str(root)]).paths


def test_neither_home_nor_the_root_is_shown() -> None:
    assert not {"/", os.path.expanduser("~"), "/home", "/root", "/etc"} & set(interpreter_view([]).paths)
