"""Which figures are kept; a small pyplot stands for matplotlib, which need not be installed."""

import sys
from base64 import b64decode
from collections.abc import Callable
from types import ModuleType
from typing import BinaryIO

import pytest

from checker.running.worker import figures
from checker.running.worker.figures import take_figures
from checker.running.worker.notebook import Notebook
from tests.running.worker.conftest import run

Draw = Callable[..., list[bytes]]


class Pyplot(ModuleType):
    """Figures as bytes; one that is None cannot be drawn."""

    def __init__(self, *drawn: bytes | None) -> None:
        super().__init__("matplotlib.pyplot")
        self.drawn = list(drawn)
        self._number = 0

    def get_fignums(self) -> list[int]:
        return list(range(len(self.drawn)))

    def figure(self, number: int) -> "Pyplot":
        self._number = number
        return self

    def savefig(self, file: BinaryIO, *, format: str) -> None:  # noqa: A002 as matplotlib has it
        assert format == "png"
        drawn = self.drawn[self._number]
        if drawn is None:
            raise ValueError
        file.write(drawn)

    def close(self, what: str) -> None:
        assert what == "all"
        self.drawn = []


@pytest.fixture
def draw(monkeypatch: pytest.MonkeyPatch) -> Draw:
    def drawn(*figures: bytes | None) -> list[bytes]:
        monkeypatch.setitem(sys.modules, "matplotlib.pyplot", Pyplot(*figures))
        return [b64decode(each) for each in take_figures()]

    return drawn


def test_without_matplotlib_there_is_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "matplotlib.pyplot", raising=False)
    assert take_figures() == []


def test_what_cannot_be_drawn_is_not_kept(draw: Draw) -> None:
    assert draw(None, b"2") == []
    assert draw(b"1", None) == [b"1"]


def test_too_many_and_too_large(draw: Draw, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(draw(*[b"1"] * 30)) == 20
    monkeypatch.setattr(figures, "_MOST_BYTES", 3)
    assert draw(b"12", b"34", b"5") == [b"12"]


def test_figures_come_once_and_in_order(draw: Draw) -> None:
    assert draw(b"1", b"2") == [b"1", b"2"]
    assert take_figures() == []


def test_a_cell_that_is_asked_sends_them(notebook: Notebook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.pyplot", Pyplot(b"1"))
    assert "figures" not in run(notebook, "x = 1")
    assert run(notebook, "1 / 0", figures=True)["figures"] == ["MQ=="]
    assert run(notebook, "x = 1", figures=True)["figures"] == []
