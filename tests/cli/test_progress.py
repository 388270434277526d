import time
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from io import StringIO

import pytest

from checker.cli.progress import TerminalProgress


class Screen(StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(time, "monotonic", made)
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("TERM", "xterm")
    return made


@contextmanager
def shown_on(screen: StringIO) -> Iterator[TerminalProgress]:
    """A progress that is shown there."""
    with redirect_stderr(screen), TerminalProgress("never") as progress:
        yield progress


def work(clock: Clock, screen: StringIO, seconds: float, label: str = "lesson.mdx") -> str:
    """What is shown while ten steps take so long together."""
    with shown_on(screen) as progress:
        progress.begin("Reading", 10, {})
        for _ in range(10):
            clock.now += seconds / 10
            progress.advance(label)
        progress.end()
    return screen.getvalue()


def test_quick_work_shows_nothing(clock: Clock) -> None:
    assert work(clock, Screen(), 0.9) == ""


def test_without_a_terminal_there_is_nothing(clock: Clock) -> None:
    assert work(clock, StringIO(), 60) == ""


def test_long_work_shows_how_far_it_is(clock: Clock) -> None:
    shown = work(clock, Screen(), 60, "en/a.mdx")
    assert "Reading" in shown
    assert "3/10" in shown
    assert "en/a.mdx" in shown


def test_the_next_stage_shows_at_once(clock: Clock) -> None:
    screen = Screen()
    with shown_on(screen) as progress:
        progress.begin("Reading", 1, {})
        clock.now += 5
        progress.advance("a.mdx")
        progress.end()
        progress.begin("Running", 7, {})
        clock.now += 0.5
        progress.advance("a.mdx")
    assert "1/7" in screen.getvalue()


def test_the_bar_is_not_drawn_more_often_than_one_can_see(clock: Clock) -> None:
    screen = Screen()
    with shown_on(screen) as progress:
        progress.begin("Reading", 1000, {})
        clock.now += 2
        for _ in range(1000):
            clock.now += 0.0001
            progress.advance("a.mdx")
    # Once in that tenth of a second, and once more while it is taken off the screen.
    assert 1 <= screen.getvalue().count("Reading") <= 3


def test_a_hostile_name_is_shown_as_text(clock: Clock) -> None:
    shown = work(clock, Screen(), 60, "[red]\x1b[31m\n\u202e.mdx")
    assert r"[red]\x1b[31m\n\u202e.mdx" in shown


def test_a_failure_takes_the_bar_off_the_screen(clock: Clock) -> None:
    screen = Screen()
    with pytest.raises(ValueError, match="broken"):
        _fail(clock, screen)
    assert screen.getvalue().endswith("\x1b[2K")


def _fail(clock: Clock, screen: StringIO) -> None:
    with shown_on(screen) as progress:
        progress.begin("Reading", 10, {})
        clock.now += 5
        progress.advance("a.mdx")
        raise ValueError("broken")
