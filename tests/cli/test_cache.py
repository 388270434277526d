"""`coursecheck cache`, and what a second check remembers."""

from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.sandboxes import needs_sandbox


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def test_an_empty_cache(command: Command) -> None:
    assert command("cache", "stats").out.startswith("0 results, 0.")
    ended = command("cache", "clear")
    assert (ended.status, ended.out[:21]) == (0, "forgotten: 0 results,")


def test_another_word(command: Command) -> None:
    ended = command("cache", "burn")
    assert ended.status == 2
    assert "'burn' is not one of 'stats', 'clear'" in ended.err


def test_no_word(command: Command) -> None:
    ended = command("cache")
    assert ended.status == 2
    assert "Missing argument '{stats|clear}'. Choose from: stats, clear\n" in ended.err


@needs_sandbox
def test_what_was_run_is_remembered_until_it_is_cleared(command: Command, tmp_path: Path) -> None:
    lesson = tmp_path / "lesson.mdx"
    lesson.write_text("```python\nimport time\ntime.time_ns()\n```\n")

    def printed(*options: str) -> str:
        document = command("check", str(lesson), "--output-format", "json", *options).out
        return document.partition('"stdout": "')[2].partition("\\")[0]

    first = printed()
    assert first.isdigit()
    assert printed() == first
    assert printed("--no-cache") != first
    assert printed() == first
    assert not command("cache", "stats").out.startswith("0 ")
    command("cache", "clear")
    assert printed() != first
