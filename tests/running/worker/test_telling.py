"""What statements say that they came to, in this process."""

import ast
from typing import Any

import pytest

from checker.running.worker.notebook import Notebook
from checker.running.worker.telling import TELL, Telling
from tests.running.worker.conftest import run

Told = list[tuple[int, str, list[str], list[str], list[str]]]


def told(notebook: Notebook, source: str, **changes: Any) -> Told:
    statements = list(range(len(ast.parse(source).body)))
    found: Told = run(notebook, source, **{"tell": statements, **changes})["told"]
    return found


def texts(notebook: Notebook, source: str) -> list[list[str]]:
    return [each[2] for each in told(notebook, source)]


def test_only_those_that_are_asked_tell(notebook: Notebook) -> None:
    assert told(notebook, "1\n2\n3", tell=[1]) == [(1, "", ["2"], [], ["int"])]
    assert told(notebook, "1", tell=[]) == []


def test_expressions_and_assignments(notebook: Notebook) -> None:
    assert texts(notebook, "x = 1\nx + 1\nx += 4\ny: int = x\na, (b, c) = 1, (2, 3)\np = q = 'a'") == [
        ["1"],
        ["2"],
        ["5"],
        ["5"],
        ["(1, (2, 3))"],
        ["'a'", "a"],
    ]


def test_what_is_looked_up_without_a_trace(notebook: Notebook) -> None:
    source = "class C(dict): pass\nd, l, o = {}, [0], C()\nd['a'] = 1\nl[0] = 2\no['a'] = 3\nx = o\no.a = 4"
    assert texts(notebook, source)[2:] == [["1"], ["2"], [], ["{'a': 3}"], []]


def test_what_has_no_value(notebook: Notebook) -> None:
    source = (
        "import os\nfor i in 'a': pass\ndel i\ndef f(): pass\nx: int\n*a, b = 1, 2\nc = (d, e[0]) = 1, 2"[
            :-23
        ]
    )
    assert texts(notebook, source) == [[], [], [], [], [], []]


def test_a_value_is_made_once(notebook: Notebook) -> None:
    assert texts(notebook, "n = []\nn.append(1)\n[n.append(2), len(n)]\nlen(n)") == [
        ["[]"],
        ["None"],
        ["[None, 2]"],
        ["2"],
    ]


def test_what_is_printed_and_echoed(notebook: Notebook, capsys: pytest.CaptureFixture[str]) -> None:
    found = told(notebook, "print('a', 1)\nprint('b', end='')\n'c'")
    assert [each[1] for each in found] in (["a 1\n", "b", "'c'\n"], ["", "", ""])
    assert capsys.readouterr().out == "a 1\nb'c'\n"


def test_a_session_echoes_each(notebook: Notebook, capsys: pytest.CaptureFixture[str]) -> None:
    told(notebook, "1\nNone\n'a'", console=True)
    assert capsys.readouterr().out == "1\n'a'\n"


def test_the_hook_is_gone_afterwards(notebook: Notebook) -> None:
    told(notebook, "1")
    told(notebook, "1 / 0")
    assert run(notebook, f"assert '{TELL}' not in globals()")["error"] is None


def test_what_comes_after_an_exception_tells_nothing(notebook: Notebook) -> None:
    assert [each[0] for each in told(notebook, "1\n1 / 0\n3")] == [0]


def test_awaited(notebook: Notebook) -> None:
    source = "import asyncio\nasync def f(): return 3\nt = asyncio.ensure_future(f())\nx = await t\nawait f()"
    assert texts(notebook, source)[3:] == [["3"], ["3"]]


def test_setup_comes_before_and_tells_nothing(notebook: Notebook) -> None:
    assert told(notebook, "x", setup="x = 2\nx", setup_line=1) == [(0, "2\n", ["2"], [], ["int"])]


def test_what_is_too_long_is_not_told(notebook: Notebook) -> None:
    source = "'a' * 3000\n[1] * 2000\n[[1] * 600, [2] * 600]\n{1: 'a' * 3000}\nx = 10 ** 3000\nx = 10 ** 5000"
    assert texts(notebook, source) == [[], [], [], [], [], []]
    assert texts(notebook, "{1: [2, {3}], 'a': b'c'}") == [["{1: [2, {3}], 'a': b'c'}"]]


def test_a_report_has_an_end() -> None:
    telling = Telling()
    statement = ast.parse("x").body[0]
    for _ in range(300):
        telling.note(0, statement, {}, "a" * 1_000)
    assert len(telling.take()) == 199
    assert telling.take() == []
    for _ in range(3_000):
        telling.note(0, statement, {}, "")
    assert len(telling.take()) == 2_000


def test_classes_of_the_lesson(notebook: Notebook, capsys: pytest.CaptureFixture[str]) -> None:
    source = (
        "class Loud:\n    def __repr__(self):\n        print('loud')\n        return '<Loud \\ud800>'\n"
        "class Bad:\n    def __repr__(self): raise SystemError\n"
        "a = Loud()\nb = Bad()"
    )
    assert told(notebook, source)[2:] == [
        (2, "", ["<Loud \\ud800>"], [], ["Loud"]),
        (3, "", [], [], []),
    ]
    assert capsys.readouterr().out == ""


def test_columns(notebook: Notebook) -> None:
    pytest.importorskip("pandas")
    source = (
        "import pandas as pd\ns = pd.Series([1, 2])\ndf = pd.DataFrame({'dtype': [1]})\ndf['a'] = [1.5]\n"
        "pd.Series(range(5000))\ns.dtype\ns.max()"
    )
    _, s, df, a, long, dtype, most = told(notebook, source)
    assert (s[2][-1], s[3][0], s[4][0]) == ("[1, 2]", "int64", "Series")
    assert (df[3], df[4][0]) == ([], "DataFrame")
    assert (a[2][-1], a[3][0]) == ("[1.5]", "float64")
    assert (long[2], long[3][0]) == ([], "int64")
    assert "dtype" in dtype[4]
    assert most[2] == ["np.int64(2)", "2"]


def test_it_goes_with_what_else_is_asked(notebook: Notebook) -> None:
    report = run(notebook, "x = 1\nif x:\n    y = 2", tell=[0], watch=[7], trace=True)
    assert [each[0] for each in report["told"]] == [0]
    assert report["completed"] == [7]
    assert [line for line, _ in report["trace"]] == [5, 6]
