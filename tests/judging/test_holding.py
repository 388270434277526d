"""What blocks are held against, and what follows for other findings."""

import pytest

from checker.analysis.lesson import analyze
from checker.judging.judge import judge
from checker.judging.merging import without_stale
from checker.model import Outcome
from checker.model.traces import Told
from checker.reading.lesson import parse_lesson
from tests.builders import error, finding, plan

TRACEBACK = "Traceback (most recent call last):\n  ...\nKeyError: 'tea'"
RAISES = f"```python\n{{}}['tea']\n```\n\n```output\n{TRACEBACK}\n```\n"
RAISED = Outcome(0, "failed", error=error("KeyError", "'tea'", line=2))


def judged(text: str, *outcomes: Outcome, labels: tuple[str, ...] = ()) -> tuple[list[str], list[str]]:
    """The kinds of the outcomes and the names of the findings."""
    lesson = parse_lesson("lesson.mdx", text)
    plans = [plan(index=each.index, runs=each.lang == "python") for each in lesson.blocks]
    found, findings = judge(analyze(lesson), plans, outcomes, (), labels=labels)
    return [each.kind for each in found if each.block in {one.block for one in outcomes}], [
        each.name for each in findings
    ]


def test_a_block_that_raises_what_its_output_shows_failed_as_expected() -> None:
    assert judged(RAISES, RAISED) == (["expected-failure"], [])


def test_a_block_that_raises_what_the_words_below_it_say_failed_as_expected() -> None:
    text = "```python\n{}['tea']\n```\n\nThis raises a `KeyError`.\n"
    assert judged(text, RAISED) == (["expected-failure"], [])
    assert judged(text.replace("Key", "Type"), RAISED) == (["failed"], ["snippet-failed"])


def test_a_block_that_raises_what_the_comment_below_says_failed_as_expected() -> None:
    text = "```python\n{}['tea']\n# CupError: no tea\n```\n"
    raised = Outcome(0, "failed", error=error("shop.CupError", "no tea", line=2))
    assert judged(text, raised) == (["expected-failure"], [])
    assert judged(text, RAISED) == (["failed"], ["snippet-failed"])


def test_another_exception_is_a_failure() -> None:
    other = Outcome(0, "failed", error=error("TypeError", "no", line=2))
    assert judged(RAISES, other) == (["failed"], ["snippet-failed"])
    alone = RAISES.replace(TRACEBACK, "KeyError: 'mate'")
    assert judged(alone, RAISED) == (["failed"], ["snippet-failed"])


def test_the_last_line_of_a_traceback_is_enough_when_it_says_the_same() -> None:
    alone = RAISES.replace(TRACEBACK, "KeyError: 'tea'")
    assert judged(alone, RAISED) == (["expected-failure"], [])


@pytest.mark.parametrize(
    ("shown", "kind"),
    [("KeyError: 'tea'", "expected-failure"), ("KeyError: 'mate'", "failed"), ("3", "failed")],
)
def test_a_session_shows_what_it_raises_without_a_traceback(shown: str, kind: str) -> None:
    text = f"```python\n>>> 1\n1\n>>> {{}}['tea']\n{shown}\n```\n"
    raised = Outcome(0, "failed", error=error("KeyError", "'tea'", line=4))
    assert judged(text, raised)[0] == [kind]


def test_an_error_outside_of_a_session_is_shown_by_none() -> None:
    text = "```python\n>>> pour()\nKeyError: 'tea'\n```\n"
    assert judged(text, Outcome(0, "failed", error=error("KeyError", "'tea'", line=90)))[0] == ["failed"]


def test_the_course_s_own_labels() -> None:
    text = "```python\nprint(1)\n```\n\nKonsole:\n\n```\n2\n```\n"
    ran = Outcome(0, "passed", stdout="1\n")
    assert judged(text, ran) == (["passed"], [])
    assert judged(text, ran, labels=("Konsole",)) == (["passed"], ["output-mismatch"])


def test_what_was_dropped_may_be_what_is_shown() -> None:
    text = "```python\nprint(1)\n```\n\n```output\n2\n```\n"
    assert judged(text, Outcome(0, "passed", stdout="1\n… dropped 2,000 bytes")) == (["passed"], [])


def test_what_is_too_long_is_said() -> None:
    text = "```python\nprint(1)\n```\n\n{}```{}\n2\n```\n"
    long = Outcome(0, "passed", stdout="1" * 100_001)
    assert judged(text.format("", "output"), long) == (["passed"], ["output-mismatch"])
    assert judged(text.format("", "text"), long) == (["passed"], [])


def test_a_session_that_is_too_long_is_not_compared() -> None:
    text = "```pycon\n>>> a\n2\n```\n"
    lesson = parse_lesson("lesson.mdx", text)
    ran = Outcome(0, "passed", told=(Told(0, "1" * 100_001),))
    assert judge(analyze(lesson), [plan()], [ran], ())[1] == ()


def test_exactly_in_a_session() -> None:
    text = "{/* check: output=exact */}\n```pycon\n>>> a\n2  3\n>>> b\n4\n```\n"
    lesson = parse_lesson("lesson.mdx", text)
    ran = Outcome(0, "passed", told=(Told(0, "2 3\n"), Told(1, "4\n")))
    found = judge(analyze(lesson), [plan()], [ran], ())[1]
    assert [(each.name, each.severity, each.span.line) for each in found] == [("output-mismatch", "error", 4)]


def test_a_promise_says_more_than_that_a_block_ran_clean() -> None:
    stale = finding("stale-counterexample", severity="info")
    certain = finding("stale-counterexample", severity="error")
    other = finding("stale-counterexample", severity="info", index=1)
    promise = finding("claim-mismatch", severity="warning")
    assert without_stale([stale, certain, other], [promise]) == (certain, other)
    assert without_stale([stale], []) == (stale,)


def test_a_claim_that_nothing_raised_leaves_no_stale_counterexample() -> None:
    text = "```python\nint('3')  # -> ValueError\n```\n"
    lesson = parse_lesson("lesson.mdx", text)
    ran = Outcome(0, "passed", told=(Told(0, "", ("3",), (), ("int",)),))
    found = judge(analyze(lesson), [plan("counterexample")], [ran], ())[1]
    assert [each.name for each in found] == ["claim-mismatch"]


def test_what_differs_between_versions() -> None:
    text = "```python\na.dtype  # dtype: object\nb  # -> ValueError\n```\n"
    lesson = parse_lesson("lesson.mdx", text)

    def ran(dtype: str, *more: Told) -> Outcome:
        return Outcome(0, "passed", told=(Told(0, "", ("x",), (dtype,), ()), *more))

    old, new = ran("object"), ran("str", Told(1, "", ("3",), (), ()))
    versions = {"2.3": [old], "3.1": [new]}
    found = judge(analyze(lesson), [plan()], [new], (), pandas="3.1.0", versions=versions)[1]
    assert [each.message.partition("; ")[2] for each in found] == [
        "it holds under pandas 2.3, not under 3.1",
        "",
    ]
    assert found[1].message.endswith("(under pandas 3.1)")
    (kept,) = judge(analyze(lesson), [plan()], [old], (), pandas="2.3.3", versions={"3.1": [ran("str")]})[1]
    assert (kept.severity, kept.fix) == ("info", None)
