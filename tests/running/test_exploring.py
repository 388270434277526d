"""What the rest of a block gives that ended in an exception; pandas here is a module of that name."""

import pytest

from checker.model import Outcome
from checker.running.engine import Engine
from checker.running.job import Limits
from tests.running.cells import lesson, outcomes
from tests.sandboxes import needs_sandbox

pytestmark = needs_sandbox

PANDAS = "import sys, types\nsys.modules['pandas'] = types.ModuleType('pandas')\n"


def run(*sources: str, timeout: float = 5.0) -> list[Outcome]:
    with Engine(Limits()) as engine:
        return outcomes(engine, lesson(*sources, timeout=timeout))


def test_a_block_that_passes_has_no_rest() -> None:
    (outcome,) = run(PANDAS + "x = 1")
    assert (outcome.later.errors, outcome.later.warnings) == ((), ())


def test_without_pandas_nothing_is_tried() -> None:
    (outcome,) = run("1 / 0\n{}['k']")
    assert outcome.later.errors == ()


def test_errors_and_warnings_after_the_first() -> None:
    source = (
        "import warnings\ndef f():\n    return {}['k']\n1 / 0\nf()\nx = 1\n"
        "warnings.warn('old', FutureWarning)\n[][x]\nraise SystemExit"
    )
    (outcome,) = run(PANDAS + source)
    assert outcome.error
    assert outcome.error.type == "ZeroDivisionError"
    assert [(each.type, each.line) for each in outcome.later.errors] == [
        ("KeyError", 14),
        ("IndexError", 19),
        ("SystemExit", 20),
    ]
    assert [(each.message, each.line) for each in outcome.later.warnings] == [("old", 18)]


def test_nothing_of_it_is_seen_or_stays() -> None:
    first, second = run(
        PANDAS
        + "print('before')\n1 / 0\nprint('after')\nx = 1\nopen('f', 'w').close()\nimport os; os._exit(3)",
        "print('x' in globals())",
    )
    assert (first.kind, first.stdout, second.stdout) == ("failed", "before\n", "False\n")
    assert first.later.errors == ()


def test_it_takes_no_more_time_than_is_left() -> None:
    endless = PANDAS + "1 / 0\nwhile True: pass"
    (outcome,) = run(endless)
    assert outcome.kind == "failed"
    (outcome,) = run(PANDAS + "import time; time.sleep(0.5)\n1 / 0\n[][1]", timeout=1.5)
    assert (outcome.kind, outcome.later.errors) == ("failed", ())


def test_what_awaits_is_left_out() -> None:
    (outcome,) = run(PANDAS + "1 / 0\nimport asyncio\nawait asyncio.sleep(0)\n[][1]")
    assert [each.type for each in outcome.later.errors] == ["IndexError"]


@pytest.mark.parametrize("end", ["raise KeyboardInterrupt", "raise SystemExit(3)", "def f(:"])
def test_only_after_exceptions(end: str) -> None:
    (outcome,) = run(f"{PANDAS}{end}\n[][1]")
    assert outcome.later.errors == ()


def test_watched_lines() -> None:
    with Engine(Limits()) as engine:
        source = (
            "def f(x):\n    y = x\n    return y\nfor each in [1]:\n    f(each)\nif False:\n    f(2)\nf(3)"
        )
        (outcome,) = outcomes(engine, lesson(source, watch=(11, 12, 14, 16, 17)))
    assert (outcome.completed, outcome.stdout) == ((11, 12, 14), "3\n")
