"""What is run a second time, and which differences between two runs are told."""

from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from checker.model import Outcome, OutcomeKind
from checker.running.engine import Engine
from checker.running.job import LessonJob, Limits, SessionJob
from checker.running.rerun import compare, second_run
from tests.builders import error, outcome
from tests.running.cells import kinds, lesson, session
from tests.sandboxes import needs_sandbox

TWO = LessonJob("l.mdx", (session("a", "b"), session("c", "d", name="two")))


def ends(*words: str) -> list[Outcome]:
    """Outcomes out of words: `passed`, `crashed`, …, or the type of the exception that made it fail."""
    known = {"passed", "crashed", "limit", "timed-out", "not-run", "interrupted"}
    return [
        outcome(word, index=n) if word in known else outcome("failed", index=n, raised=error(word))  # type: ignore[arg-type]
        for n, word in enumerate(words)
    ]


def differing(first: Sequence[str], again: Sequence[str], job: LessonJob = TWO) -> list[int]:
    compared = compare(job, ends(*first), ends(*again))
    assert [replace(each, again=None) for each in compared] == ends(*first)
    return [n for n, each in enumerate(compared) if each.again]


@pytest.mark.parametrize("kind", ["passed", "timed-out", "not-run", "interrupted"])
def test_what_did_not_fail_is_not_run_again(kind: OutcomeKind) -> None:
    assert second_run(TWO, ends(kind, "passed", "passed", kind)) is None


def test_what_should_fail_is_not_run_again() -> None:
    job = lesson("1/0", may_fail=True)
    assert second_run(job, ends("ZeroDivisionError")) is None


@pytest.mark.parametrize("end", ["KeyError", "crashed", "limit"])
def test_a_lesson_is_run_again_up_to_its_last_failure(end: str) -> None:
    first, second = TWO.sessions
    assert second_run(TWO, ends(end, "passed", "passed", "passed")) == LessonJob(
        "l.mdx", (SessionJob("", first.cells[:1]),)
    )
    assert second_run(TWO, ends("passed", end, "passed", "passed")) == LessonJob("l.mdx", (first,))
    assert second_run(TWO, ends("passed", end, end, "passed")) == LessonJob(
        "l.mdx", (first, SessionJob("two", second.cells[:1]))
    )


SAME = [
    (["KeyError", "passed", "passed", "passed"], ["KeyError"]),
    (["passed", "crashed", "passed", "passed"], ["passed", "crashed"]),
    (["crashed", "not-run", "KeyError", "passed"], ["crashed", "not-run", "KeyError"]),
]


@pytest.mark.parametrize(("first", "again"), SAME)
def test_the_same_end_is_no_news(first: list[str], again: list[str]) -> None:
    assert differing(first, again) == []


def test_another_message_is_the_same_end() -> None:
    one = [outcome("failed", raised=error("KeyError", "<object at 0x1>"))]
    other = [outcome("failed", raised=error("KeyError", "<object at 0x2>"))]
    assert compare(lesson("a"), one, other)[0].again is None


DIFFERENT = [
    (["KeyError", "passed", "passed", "passed"], ["passed"], [0]),
    (["KeyError", "passed", "passed", "passed"], ["ValueError"], [0]),
    (["passed", "KeyError", "passed", "passed"], ["KeyError", "KeyError"], [0]),
    (["KeyError", "NameError", "passed", "passed"], ["passed", "passed"], [0]),
    (["passed", "passed", "KeyError", "passed"], ["ValueError", "NameError", "KeyError"], [0]),
    (["crashed", "not-run", "passed", "KeyError"], ["passed", "passed", "passed", "KeyError"], [0]),
    (["NameError", "passed", "passed", "passed"], ["passed"], [0]),
    (["KeyError", "ValueError", "passed", "passed"], ["passed", "passed"], [0, 1]),
    (["KeyError", "passed", "NameError", "passed"], ["passed", "passed", "passed"], [0, 2]),
]


@pytest.mark.parametrize(("first", "again", "blocks"), DIFFERENT)
def test_another_end_is_told_where_it_begins(first: list[str], again: list[str], blocks: list[int]) -> None:
    assert differing(first, again) == blocks


def test_another_line_is_another_end() -> None:
    one, other = ([outcome("failed", raised=error("KeyError", line=line))] for line in (11, 12))
    assert compare(lesson("a"), one, other)[0].again == other[0]


@needs_sandbox
def test_a_second_run_is_a_fresh_one() -> None:
    name = "import uuid\nraise type('E' + uuid.uuid4().hex, (Exception,), {})"
    with Engine(Limits(), workers=1) as engine:
        jobs = [
            lesson("import os\nopen('here', 'x')\n1/0", path="same.mdx"),
            lesson("x = 1", name, path="other.mdx"),
        ]
        results = {job.path: outcomes for job, outcomes in engine.run(jobs)}
    assert [(each.kind, each.again) for each in results["same.mdx"]] == [("failed", None)]
    assert kinds(results["other.mdx"]) == ["passed", "failed"]
    first, second = results["other.mdx"]
    assert first.again is None
    assert second.again is not None
    assert second.again.reason != second.reason
