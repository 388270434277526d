"""What each statement of a block leaves, from outside."""

import pytest

from checker.model import Outcome
from checker.running.engine import Engine
from checker.running.job import Limits
from checker.running.jobs import mentions, traced
from tests.running.cells import lesson, outcomes
from tests.sandboxes import needs_sandbox

pytestmark = needs_sandbox


def run(*sources: str) -> list[Outcome]:
    with Engine(Limits()) as engine:
        return outcomes(engine, traced(lesson(*sources)))


def steps(outcome: Outcome) -> list[tuple[int, dict[str, str]]]:
    return [(step.line, {name: value.text for name, value in step.values.items()}) for step in outcome.trace]


def test_nothing_is_traced_unasked() -> None:
    with Engine(Limits()) as engine:
        (outcome,) = outcomes(engine, lesson("x = 1"))
    assert outcome.trace == ()


def test_statements_and_their_names() -> None:
    (outcome,) = run("x = 1\ny = [x]\ny.append(2)\ndef f(): return y\nz = object()\nfor i in y: x += i")
    assert steps(outcome) == [
        (10, {"x": "1"}),
        (11, {"y": "list 1", "x": "1"}),
        (12, {"y": "list 1 2"}),
        (13, {"y": "list 1 2"}),
        (14, {}),
        (15, {"i": "2", "y": "list 1 2", "x": "4"}),
    ]


def test_what_is_printed() -> None:
    (outcome,) = run("print('dtype:  object', 1)\nx = 2\nprint()\nx")
    assert outcome.stdout == "dtype:  object 1\n\n2\n"
    assert [list(each.values) for each in outcome.trace] == [["", "*"], ["x"], ["", "*"], ["x", "", "*"]]
    assert outcome.trace[0].values["*"].text == "'dtype: object 1'"
    assert outcome.trace[0].values[""].text == "': 1'"


def test_the_statement_that_raises_is_the_last() -> None:
    first, second = run("x = 1\n1 / 0\nx = 2", "x")
    assert [step.line for step in first.trace] == [10]
    assert (first.kind, second.stdout) == ("failed", "1\n")


def test_what_awaits() -> None:
    (outcome,) = run("import asyncio\nawait asyncio.sleep(0)\nx = 1")
    assert (outcome.kind, len(outcome.trace)) == ("passed", 3)


def test_speaking_of_a_package() -> None:
    assert mentions(lesson("import pandas"), "pandas")
    assert not mentions(lesson("x = 1"), "pandas")


def test_tables_that_a_statement_may_write_into() -> None:
    pytest.importorskip("pandas")
    source = "import pandas as pd\ndf = pd.DataFrame({'a': [1]})\na = df['a']\na[0] = 5\nb = 1\nprint(b)"
    (outcome,) = run(source)
    assert [sorted(each.values) for each in outcome.trace] == [
        [],
        ["df"],
        ["a", "df"],
        ["@df", "a"],
        ["b"],
        ["", "*", "@a", "@df", "b"],
    ]
