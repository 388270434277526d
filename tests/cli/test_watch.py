"""`check --watch` as somebody at a terminal meets it."""

import json
import os
import pty
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest

from checker.errors import ConfigError
from checker.pipeline.watching import Looks
from tests.cli.conftest import Command, FakePipeline
from tests.cli.test_processes import environment
from tests.sandboxes import needs_sandbox

GOOD = "# Tea\n\n```python\nprint(1)\n```\n"
BROKEN = "# Tea\n\n<br>\n\n```python\nprint(1)\n```\n"


class Watching:
    """A watch that is running: what it says, round by round."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def round(self) -> str:
        """All that is said until it waits again."""
        assert self.process.stdout is not None
        said = ""
        while "Ctrl-C ends it" not in said:
            line = self.process.stdout.readline()
            assert line, said
            said += line
        return said

    def end(self) -> int:
        self.process.send_signal(signal.SIGINT)
        assert self.process.stdout is not None
        assert self.process.stdout.read() == ""
        return self.process.wait(timeout=60)


@contextmanager
def watching(folder: Path, *arguments: str) -> Iterator[Watching]:
    command = [sys.executable, "-m", "checker", "check", "--watch", "--output-format", "concise", *arguments]
    process = subprocess.Popen(
        command, cwd=folder, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        yield Watching(process)
    finally:
        process.kill()
        process.wait()
        stdout: IO[str] | None = process.stdout
        assert stdout is not None
        stdout.close()


def test_every_change_is_checked_until_ctrl_c(tmp_path: Path) -> None:
    (tmp_path / "a.mdx").write_text(GOOD)
    with watching(tmp_path, "--no-run", "--output", "json=results.json") as watch:
        assert "no findings" in watch.round()
        (tmp_path / "a.mdx").write_text(BROKEN)
        assert "a.mdx:3:1: error[mdx-syntax]" in watch.round()
        # A mistake in the configuration is said, and can be mended.
        (tmp_path / "coursecheck.toml").write_text("[rules]\nignre = []\n")
        assert "error: coursecheck.toml" in watch.round()
        (tmp_path / "coursecheck.toml").write_text('[rules]\nignore = ["mdx-syntax"]\n')
        assert "no findings" in watch.round()
        (tmp_path / "a.mdx").rename(tmp_path / "b.mdx")
        assert "1 lesson" in watch.round()
        assert watch.end() == 0


def seconds(folder: Path) -> float:
    """How long the block took that is ended for taking too long."""
    blocks = json.loads((folder / "results.json").read_text())["blocks"]
    (found,) = [each["seconds"] for each in blocks if each["outcome"] == "timed-out"]
    return float(found)


@needs_sandbox
def test_what_has_not_changed_is_not_run_again(tmp_path: Path) -> None:
    endless = "# Tea\n\n```python check:timeout=1s\nimport time\ntime.sleep(60)\n```\n"
    (tmp_path / "a.mdx").write_text(endless)
    (tmp_path / "b.mdx").write_text(GOOD)
    with watching(tmp_path, "--no-cache", "--output", "json=results.json") as watch:
        assert "1 timed out" in watch.round()
        first = seconds(tmp_path)
        (tmp_path / "b.mdx").write_text(GOOD.replace("print(1)", "1 / 0"))
        said = watch.round()
        assert "1 timed out" in said
        assert "ZeroDivisionError" in said
        # To the millisecond: it is what the first round measured.
        assert seconds(tmp_path) == first
        assert watch.end() == 0


def test_a_terminal_is_cleared(tmp_path: Path) -> None:
    (tmp_path / "a.mdx").write_text(GOOD)
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "checker", "check", "--watch", "--no-run"]
    process = subprocess.Popen(
        command, cwd=tmp_path, env={**environment(), "TERM": "xterm"}, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    said = b""
    while b"Ctrl-C ends it" not in said:
        said += os.read(ours, 4096)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=60) == 0
    os.close(ours)
    assert said.startswith(b"\x1b[2J")


@pytest.mark.parametrize("option", ["--fix", "--diff"])
def test_it_only_looks(option: str, command: Command) -> None:
    ended = command("check", "--watch", option)
    assert ended.status == 2
    assert "--watch only looks" in ended.err


Rounds = Callable[..., None]


@pytest.fixture
def rounds(monkeypatch: pytest.MonkeyPatch) -> Rounds:
    """Let so many changes happen before somebody presses Ctrl-C, each announced by a call."""

    def let(*before: Callable[[], None]) -> None:
        def changes(see: Callable[[], Looks]) -> Iterator[Looks]:
            for happen in before:
                happen()
                yield see()
            raise KeyboardInterrupt

        monkeypatch.setattr("checker.cli.watch.changes", changes)

    return let


def test_every_round_has_the_same_engines_and_remembers(
    rounds: Rounds, command: Command, fake: FakePipeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    rounds(lambda: None, lambda: None)
    ended = command("check", "--watch", "--no-cache", "--output", "json=results.json")
    assert ended.status == 0
    assert ended.out.count("1 lesson, 4 blocks") == 2
    # The results are not among what is watched.
    assert ended.err.count("watching 0 files; Ctrl-C ends it") == 2
    assert len(set(fake.warm)) == 1
    assert fake.warm[0] is not None
    assert len({each.cache for each in fake.asked}) == 1
    assert fake.asked[0].cache is not None


def test_a_round_that_fails_is_said_and_the_next_one_comes(
    rounds: Rounds, command: Command, fake: FakePipeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    def fail() -> None:
        fake.failure = ConfigError("x.toml: no", "Mend it.")

    def mend() -> None:
        fake.failure = None

    rounds(fail, mend)
    ended = command("check", "--watch")
    assert ended.status == 0
    assert "error: x.toml: no\n  Mend it.\n" in ended.err
    assert ended.out.count("1 lesson, 4 blocks") == 1


def test_a_defect_ends_it(rounds: Rounds, command: Command, fake: FakePipeline) -> None:
    fake.failure = ValueError("a defect")
    rounds(lambda: None, lambda: None)
    ended = command("check", "--watch")
    assert ended.status == 2
    assert "internal error: ValueError: a defect" in ended.err
