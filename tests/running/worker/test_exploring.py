"""The rest of a cell, tried in a fork of this process."""

import ast
import time

import pytest

from checker.running.worker.exploring import NOTHING, explore, rest_after
from checker.running.worker.wire import Message

TREE = ast.parse("a = 1\n@d\ndef f():\n    pass\nb = 2\nc = 3")


@pytest.mark.parametrize(("line", "left"), [(1, 3), (2, 2), (4, 2), (5, 1), (6, 0), (9, 0)])
def test_the_rest_after_a_line(line: int, left: int) -> None:
    assert len(rest_after(TREE, line)) == left


def tried(*sources: str, seconds: float = 10.0) -> Message:
    codes = [compile(each, "lesson", "exec") for each in sources]
    return explore(
        codes,
        lambda code: exec(code, {}),
        lambda error: type(error).__name__,
        list,
        ends=time.monotonic() + seconds,
    )


def test_every_exception_is_told() -> None:
    assert tried("x = 1", "1 / 0", "{}['k']") == {"errors": ["ZeroDivisionError", "KeyError"], "warnings": []}


@pytest.mark.parametrize("source", ["import os; os._exit(1)", "while True: pass"])
def test_what_does_not_come_back_is_nothing(source: str) -> None:
    assert tried(source) == NOTHING


def test_without_time_or_code_nothing_is_tried() -> None:
    assert tried("1 / 0", seconds=0.5) == NOTHING
    assert tried() == NOTHING
