"""Which interpreter snippets run in, and that a stranger's configuration cannot choose one."""

import sys
from pathlib import Path

import pytest

from checker.errors import ConfigError
from checker.running.choosing import Named, choose_interpreter
from checker.running.interpreter import Interpreter, own_interpreter


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A folder with a file, and a folder, where an interpreter is looked for; nothing may be started."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "evil").write_text("#!/bin/sh\ntouch started\n")
    (tmp_path / "evil").chmod(0o755)
    (tmp_path / "text").write_text("no program")
    return tmp_path


def test_the_checker_s_own_when_nobody_says_anything(course: Path) -> None:
    assert choose_interpreter(None, Named(None, None, str(course)), trusted=False) == own_interpreter()


def test_a_stranger_s_configuration_starts_nothing(course: Path) -> None:
    with pytest.raises(ConfigError, match=r"run\.python: '\./evil' would run outside the sandbox") as refused:
        choose_interpreter(None, Named("./evil", None, str(course)), trusted=False)
    assert "--trust-config" in refused.value.remedy
    assert not (course / "started").exists()


def test_nor_does_it_install_anything(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("checker.running.installing.environment_for", lambda *_: pytest.fail("installed"))
    with pytest.raises(ConfigError, match=r"run\.requirements: 'r\.txt' would run outside the sandbox"):
        choose_interpreter(None, Named(None, "r.txt", str(course)), trusted=False)


def test_requirements_are_installed_for_the_interpreter_that_is_named(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (course / "bin" / "python").symlink_to(sys.executable)
    (course / "r.txt").touch()
    asked: list[object] = []

    def made(named: Path, base: Interpreter, folder: Path) -> str:
        asked.append((named, base.executable, folder.name))
        return sys.executable

    monkeypatch.setattr("checker.running.installing.environment_for", made)
    chosen = choose_interpreter(None, Named("bin/python", "r.txt", str(course)), trusted=True)
    assert chosen == own_interpreter()
    assert asked == [(course / "r.txt", str(course / "bin" / "python"), "coursecheck")]


def test_requirements_that_are_not_there_are_named_with_their_key(course: Path) -> None:
    with pytest.raises(ConfigError, match=r"^run\.requirements: there is no 'gone\.txt'$"):
        choose_interpreter(None, Named(None, "gone.txt", str(course)), trusted=True)


@pytest.mark.parametrize("name", ["./bin", "./text", "./gone", "no-such-python", "a\0b"])
def test_what_is_no_program_is_said(course: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(course)
    with pytest.raises(ConfigError, match="--python"):
        choose_interpreter(name, Named(None, None, "/"), trusted=True)
    with pytest.raises(ConfigError, match=r"run\.python"):
        choose_interpreter(None, Named(name, None, str(course)), trusted=True)


def test_a_path_counts_from_where_it_was_written(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (course / "bin" / "python").symlink_to(sys.executable)
    chosen = choose_interpreter(None, Named("bin/python", None, str(course)), trusted=True)
    assert chosen.executable == str(course / "bin" / "python")
    monkeypatch.chdir(course / "bin")
    assert choose_interpreter("./python", Named("./evil", "evil.txt", str(course)), trusted=False) == chosen


def test_a_name_is_looked_for_as_a_shell_would(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (course / "bin" / "python-of-the-course").symlink_to(sys.executable)
    monkeypatch.setenv("PATH", str(course / "bin"))
    chosen = choose_interpreter("python-of-the-course", Named(None, None, "/"), trusted=False)
    assert chosen.executable == str(course / "bin" / "python-of-the-course")
