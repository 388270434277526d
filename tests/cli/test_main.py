import errno
from pathlib import Path

import pytest

import checker
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
