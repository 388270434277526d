"""What statements leave, in this process."""

import ast
import io
import sys

import pytest

from checker.running.worker.listening import listen
from checker.running.worker.tracing import Trace


class Stream(io.StringIO):
    """A stream that takes attributes, as the interpreter's own does."""


def traced(source: str, monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, dict[str, str]]]:
    monkeypatch.setattr(sys, "stdout", Stream())
    tree = ast.parse(source)
    names: dict[str, object] = {}
    trace = Trace()
    for each in tree.body:
        printed = listen()
        exec(compile(ast.Module([each], []), "lesson", "exec"), names)
        trace.note(each, names, "".join(printed))
    steps = [(line, {name: text for name, (_, text) in left.items()}) for line, left in trace.take()]
    assert trace.take() == []
    return steps


def test_names_and_what_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    found = traced("x = 1\nprint('dtype: object', x)\ny = object()", monkeypatch)
    assert found == [
        (1, {"x": "1"}),
        (2, {"x": "1", "": "': 1'", "*": "'dtype: object 1'"}),
        (3, {}),
    ]


def test_not_more_than_enough_is_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(traced("x = 1\n" * 400, monkeypatch)) == 300


def test_tables_under_other_names(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pandas")
    source = "import pandas as pd\na = pd.Series([1])\nb = a\nb[0] = 2\nc = object()\nd = [1]\nd[0] = 2"
    found = dict(traced(source, monkeypatch))
    assert (sorted(found[3]), sorted(found[4]), sorted(found[7])) == (
        ["a", "b"],
        ["@a", "b"],
        ["@a", "@b", "d"],
    )


def test_each_statement_has_what_it_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    found = traced("print(1)\nprint(2)\nprint(3)", monkeypatch)
    assert [left["*"] for _, left in found] == ["'1'", "'2'", "'3'"]
    assert isinstance(sys.stdout, Stream)
    assert sys.stdout.getvalue() == "1\n2\n3\n"
