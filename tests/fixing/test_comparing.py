"""When a mended lesson is as good as it was."""

import pytest

from checker.fixing.comparing import why_not
from checker.model import LessonResult, Outcome
from tests.fixing.world import Defect, World, fails, text_of

CODE = text_of("one()", "two()")


def ended(*outcomes: Outcome) -> LessonResult:
    result = World().look(CODE)
    placed = tuple(
        Outcome(index, each.kind, each.reason, error=each.error) for index, each in enumerate(outcomes)
    )
    return LessonResult(result.lesson, result.plans, placed, ())


PASSED = Outcome(0, "passed")
EXPECTED = Outcome(0, "expected-failure")
SKIPPED = Outcome(0, "skipped", "needs `x`")
TIMED_OUT = Outcome(0, "timed-out")
CRASHED = Outcome(0, "crashed")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (PASSED, PASSED),
        (fails(4), PASSED),
        (fails(4), fails(4)),
        (fails(4), fails(5, "another, further down")),
        (SKIPPED, PASSED),
        (SKIPPED, fails(4)),
        (TIMED_OUT, PASSED),
        (EXPECTED, EXPECTED),
        (CRASHED, CRASHED),
        (Outcome(0, "failed", "raised nothing"), Outcome(0, "failed", "raised nothing")),
    ],
)
def test_as_good_as_it_was(old: Outcome, new: Outcome) -> None:
    assert why_not(ended(PASSED, old), ended(PASSED, new), ()) == ""


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (PASSED, fails(4), "passed, and with it failed with KeyError: no"),
        (PASSED, TIMED_OUT, "passed, and with it timed out"),
        (PASSED, SKIPPED, "passed, and with it skipped"),
        (EXPECTED, PASSED, "expected failure, and with it passed"),
        (fails(4), fails(4, "", "TypeError"), "failed with KeyError: no, and with it failed with TypeError"),
        (fails(4), CRASHED, "failed with KeyError: no, and with it crashed"),
    ],
)
def test_worse_than_it_was(old: Outcome, new: Outcome, words: str) -> None:
    reason = why_not(ended(PASSED, old), ended(PASSED, new), ())
    assert reason == f"the block at line 7 {words}"


@pytest.mark.parametrize(
    "text", [text_of("one()"), text_of("one()", "two()", "three()"), CODE.replace("python", "py")]
)
def test_another_lesson(text: str) -> None:
    assert why_not(World().look(CODE), World().look(text), ()) == "it would change the lesson's blocks"


def test_a_new_defect() -> None:
    world = World(Defect("two()", "", rule="undefined-name"))
    before, after = world.look(CODE.replace("two", "one")), world.look(CODE)
    assert why_not(before, after, ()) == "it would cause undefined-name at line 8: m"
    assert why_not(after, after, ()) == ""
