from typing import get_args

import pytest

from checker.model import BlockPlan, Class, LessonResult, Outcome, OutcomeKind
from checker.reporting.build import build
from checker.reporting.document import FindingCounts, Results
from checker.reporting.words import (
    OUTCOMES,
    SKIPPED,
    counted,
    how_it_ran,
    what_ran,
    what_was_found,
    what_was_read,
)
from tests.reporting.courses import lesson, result


def results(*blocks: tuple[Class, OutcomeKind], tier: str | None = "namespaces") -> Results:
    where = lesson("a.mdx", "```python\nx\n```\n" * len(blocks))
    plans = tuple(BlockPlan(i, kind, True, "") for i, (kind, _) in enumerate(blocks))
    outcomes = tuple(Outcome(i, kind, "because") for i, (_, kind) in enumerate(blocks))
    return build(result(LessonResult(where, plans, outcomes, ()), tier=tier))


def test_every_class_and_outcome_has_its_words() -> None:
    assert set(SKIPPED) == set(get_args(Class))
    assert {*OUTCOMES, "skipped", "not-run"} == set(get_args(OutcomeKind))


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 blocks"), (1, "1 block"), (2, "2 blocks"), (1472, "1,472 blocks")]
)
def test_counted(number: int, words: str) -> None:
    assert counted(number, "block") == words


def test_nothing_read() -> None:
    assert what_was_read(build(result()).summary) == "0 lessons, 0 blocks, 0 of them Python"
    assert list(what_ran(build(result()))) == []


def test_outcomes_stand_in_a_fixed_order() -> None:
    shown = results(
        ("counterexample", "expected-failure"),
        ("endless", "interrupted"),
        ("runnable", "crashed"),
        ("runnable", "limit"),
        ("runnable", "timed-out"),
        ("runnable", "failed"),
        ("runnable", "passed"),
    )
    assert list(what_ran(shown)) == [
        (
            "7 run: 1 passed, 1 failed, 1 timed out, 1 over a limit, 1 crashed, 1 failed as expected, "
            "1 interrupted as planned"
        )
    ]


def test_skipped_blocks_are_grouped_by_reason_most_first() -> None:
    shown = results(
        ("fragment", "skipped"),
        ("needs-service", "skipped"),
        ("needs-service", "skipped"),
        ("runnable", "skipped"),
    )
    assert list(what_ran(shown)) == ["4 skipped: needs a service 2, fragment 1, needs what did not run 1"]


@pytest.mark.parametrize(
    ("tier", "words"),
    [("namespaces", "1 not run: the session had ended"), (None, "1 not run: not asked to run")],
)
def test_not_run(tier: str | None, words: str) -> None:
    assert list(what_ran(results(("runnable", "not-run"), tier=tier))) == [words]


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        (FindingCounts(0, 0, 0, 0), "no findings"),
        (FindingCounts(1, 0, 0, 0), "1 error"),
        (FindingCounts(3, 1, 2, 0), "3 errors, 1 warning, 2 info"),
        (FindingCounts(0, 2, 0, 4), "2 warnings; 4 shown wrong on purpose"),
        (FindingCounts(0, 0, 0, 2), "no findings; 2 shown wrong on purpose"),
    ],
)
def test_what_was_found(counts: FindingCounts, words: str) -> None:
    assert what_was_found(counts) == words


@pytest.mark.parametrize(("tier", "words"), [(None, "1.2 s"), ("namespaces", "tier namespaces, 1.2 s")])
def test_how_it_ran(tier: str | None, words: str) -> None:
    assert how_it_ran(build(result(tier=tier))) == words
