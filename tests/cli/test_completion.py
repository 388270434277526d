"""What shells are told: scripts that they load, and answers to what they then ask."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from checker.cli.main import VARIABLE, main
from tests.cli.conftest import Command
from tests.cli.test_processes import environment

SHELLS = {"bash": ["bash", "-n"], "zsh": ["zsh", "-n"], "fish": ["fish", "--no-execute"]}


def answers(words: str, folder: Path) -> list[str]:
    """What bash would be offered for the last of these words, each with its kind."""
    asked = {"COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    ended = subprocess.run(
        [sys.executable, "-m", "checker"],
        cwd=folder,
        env={**environment(), **asked, "_COURSECHECK_COMPLETE": "bash_complete"},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert ended.stderr == ""
    return ended.stdout.split()


def test_a_shell_that_is_not_there_is_refused(command: Command) -> None:
    ended = command("completion", "tcsh")
    assert (ended.status, ended.out) == (2, "")
    assert "bash" in ended.err


@pytest.mark.parametrize("shell", list(SHELLS))
def test_the_script_is_one(shell: str, command: Command, tmp_path: Path) -> None:
    ended = command("completion", shell)
    assert (ended.status, ended.err) == (0, "")
    assert "_COURSECHECK_COMPLETE" in ended.out
    if shutil.which(shell):
        (tmp_path / "script").write_text(ended.out)
        subprocess.run([*SHELLS[shell], str(tmp_path / "script")], check=True, timeout=60)


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("coursecheck chec", ["plain,check"]),
        ("coursecheck nothing", []),
        ("coursecheck check --changed", ["plain,--changed-since"]),
        ("coursecheck check --output-format sar", ["plain,sarif"]),
        ("coursecheck check lessons/", ["file,lessons/"]),
        ("coursecheck check --config course", ["file,course"]),
        ("coursecheck explain chained", ["plain,chained-assignment"]),
        ("coursecheck check --select broken-link,chained", ["plain,broken-link,chained-assignment"]),
        ("coursecheck completion z", ["plain,zsh"]),
    ],
)
def test_how_a_line_may_go_on(words: str, offered: list[str], tmp_path: Path) -> None:
    assert answers(words, tmp_path) == offered


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
def test_bash_offers_it(command: Command, tmp_path: Path) -> None:
    (tmp_path / "coursecheck").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m checker "$@"\n')
    (tmp_path / "coursecheck").chmod(0o755)
    script = command("completion", "bash").out
    words = "COMP_WORDS=(coursecheck doc); COMP_CWORD=1"
    ask = f'{script}\n{words}\n_coursecheck_completion coursecheck doc\necho "${{COMPREPLY[@]}}"\n'
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    shown = subprocess.run(
        ["bash", "-c", ask],
        env={**environment(), "PATH": path},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert shown.stdout.split() == ["doctor"]


def test_the_command_answers_before_it_does_anything(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(VARIABLE, "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "coursecheck explain broken-l,unused-i")
    monkeypatch.setenv("COMP_CWORD", "2")
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 0
    assert capsys.readouterr().out.split() == ["plain,broken-l,unused-ignore"]
