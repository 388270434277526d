import atexit
import errno
import os
import sys
import threading
from pathlib import Path

import pytest

import checker
from checker.cli.main import main
from checker.errors import CheckerError
from tests.cli.conftest import Command, FakePipeline


@pytest.mark.parametrize("arguments", [("-h",), ("--help",), ("check", "-h"), ("blocks", "--help")])
def test_help(arguments: tuple[str, ...], command: Command) -> None:
    ended = command(*arguments)
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.startswith("Usage: coursecheck")


def test_help_lists_the_commands_in_order(command: Command) -> None:
    listed = command("--help").out.partition("Commands:")[2].split("\n")
    commands = [line.split()[0] for line in listed if line.strip()]
    known = ["check", "blocks", "report", "merge", "explain", "init", "cache", "doctor", "lsp", "completion"]
    assert commands == known


def test_help_says_of_each_command_in_a_line_what_it_does(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert "..." not in command("--help").out.partition("Commands:")[2]


def test_without_a_command_there_is_help_and_status_2(command: Command) -> None:
    ended = command()
    assert ended.status == 2
    assert ended.out.startswith("Usage: coursecheck")


def test_version(command: Command) -> None:
    assert command("--version").out == f"coursecheck, version {checker.__version__}\n"


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("chek", "There is no command 'chek'. Did you mean check?"),
        ("nothing-like-it", "There is no command 'nothing-like-it'."),
        ("lessons", "There is no command 'lessons'. To check that path: coursecheck check lessons"),
    ],
)
def test_an_unknown_command(
    word: str, said: str, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "lessons").mkdir()
    monkeypatch.chdir(tmp_path)
    ended = command(word)
    assert (ended.status, ended.out) == (2, "")
    assert ended.err == f"coursecheck: error: {said}\n  `coursecheck --help` shows what there is.\n"


def test_a_users_mistake_is_told_with_its_remedy(command: Command, fake: FakePipeline) -> None:
    fake.failure = CheckerError("a\nb.toml: no such key\x1b[31m", "Did you mean `run`?\nSee the README.")
    ended = command("check")
    assert (ended.status, ended.out) == (2, "")
    assert ended.err == (
        r"coursecheck: error: a\nb.toml: no such key\x1b[31m" + "\n  Did you mean `run`?\n  See the README.\n"
    )


def test_a_defect_of_our_own_is_told_apart(command: Command, fake: FakePipeline) -> None:
    fake.failure = KeyError("a key")
    ended = command("check")
    assert (ended.status, ended.out) == (2, "")
    assert ended.err.startswith("coursecheck: error: internal error: KeyError: 'a key' (conftest.py:")
    assert "defect of coursecheck" in ended.err
    assert "Traceback" not in ended.err


def test_its_traceback_is_there_for_the_report(
    command: Command, fake: FakePipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COURSECHECK_TRACEBACK", "1")
    fake.failure = RuntimeError("\x1b[31m")
    ended = command("check")
    assert "Traceback (most recent call last):\n" in ended.err
    assert "\x1b" not in ended.err


def test_a_pipe_that_breaks_in_our_work_is_no_quiet_end(command: Command, fake: FakePipeline) -> None:
    fake.failure = BrokenPipeError(errno.EPIPE, "Broken pipe")
    assert "internal error: BrokenPipeError" in command("check").err


def test_ctrl_c(command: Command, fake: FakePipeline) -> None:
    fake.failure = KeyboardInterrupt()
    assert command("check") == (130, "", "")


class _LeftError(Exception):
    """Stands for the end of the process."""


@pytest.fixture
def leaving(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What happens as the process ends, which `coursecheck --version` does at once."""
    happened: list[str] = []

    def leave(status: int) -> None:
        happened.append(f"left with {status}")
        raise _LeftError

    monkeypatch.setattr(sys, "argv", ["coursecheck", "--version"])
    monkeypatch.setattr(atexit, "_run_exitfuncs", lambda: happened.append("cleaned up"))
    monkeypatch.setattr(os, "_exit", leave)
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    return happened


def test_the_process_ends_without_being_taken_apart(leaving: list[str]) -> None:
    with pytest.raises(_LeftError):
        main()
    assert leaving == ["cleaned up", "left with 0"]


def test_threads_that_are_at_work_are_waited_for(leaving: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: 2)
    with pytest.raises(SystemExit):
        main()
    assert leaving == []


def test_what_cannot_be_written_any_more_is_left_to_python(
    leaving: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(sys.stderr, "flush", refuse)
    with pytest.raises(SystemExit):
        main()
    assert leaving == ["cleaned up"]
