from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import xmlschema

from checker.model import BlockPlan, CourseResult, LessonResult, Outcome, OutcomeKind
from tests.reporting.courses import at, finding, lesson, mixed, mixed_outcomes, ran, result, unrun
from tests.reporting.hostile import hostile_course
from tests.reporting.rendering import draw

PUBLISHED = Path(__file__).parent / "published"


@cache
def schemas() -> list[xmlschema.XMLSchema]:
    return [xmlschema.XMLSchema(PUBLISHED / name) for name in ("junit-ant.xsd", "junit-10.xsd")]


def suites(course: CourseResult) -> list[ET.Element]:
    text = draw("junit", course)
    for schema in schemas():
        schema.validate(text)
    return list(ET.fromstring(text))


def verdicts(suite: ET.Element) -> list[tuple[str, str]]:
    return [(case.attrib["name"], case[0].tag if len(case) else "passed") for case in suite.iter("testcase")]


def test_an_empty_course() -> None:
    assert suites(result()) == []


def test_a_clean_lesson_without_blocks_is_a_test_that_passed() -> None:
    (suite,) = suites(result(unrun(lesson("a.mdx", "# Words\n"))))
    assert verdicts(suite) == [("the page", "passed")]


def test_blocks_are_tests() -> None:
    where = mixed()
    found = finding(at(where, "raise"), "no", name="snippet-failed", block=2)
    (suite,) = suites(result(ran(where, mixed_outcomes(), found), tier="namespaces"))
    assert verdicts(suite) == [
        ("block 1 at line 3", "passed"),
        ("block 3 at line 12", "failure"),
        ("the page", "passed"),
    ]
    assert {name: suite.attrib[name] for name in ("tests", "failures", "errors", "skipped", "time")} == {
        "tests": "3",
        "failures": "1",
        "errors": "0",
        "skipped": "0",
        "time": "0.750",
    }
    assert suite.attrib["timestamp"] == "2026-11-25T22:00:00"
    failure = suite.find(".//failure")
    assert failure is not None
    assert failure.attrib == {"type": "snippet-failed", "message": "no"}
    lines = ["en/totals.mdx:13:1: error[snippet-failed] no", "before", "a warning", "ValueError: 1"]
    assert str(failure.text).splitlines() == lines


def test_a_run_that_does_not_say_when_it_was() -> None:
    text = draw("junit", result(unrun(mixed())), None)
    schemas()[0].validate(text)


def test_an_error_beside_the_python_blocks_fails_the_page() -> None:
    where = mixed()
    found = finding(at(where, "# Totals"), "title missing"), finding(at(where, "SELECT"), "no table", block=1)
    (suite,) = suites(result(unrun(where, *found)))
    assert verdicts(suite)[-1] == ("the page", "failure")
    assert "title missing" in str(suite[-3][0].text)
    assert "no table" in str(suite[-3][0].text)


def test_warnings_and_what_is_wrong_on_purpose_fail_nothing() -> None:
    where = mixed()
    found = (
        finding(at(where, "total"), "mind", severity="warning", block=0),
        finding(at(where, "print"), "meant", intended=True, block=0),
    )
    (suite,) = suites(result(unrun(where, *found)))
    assert {verdict for _, verdict in verdicts(suite)} == {"skipped", "passed"}
    assert str(suite.findtext("system-out")).splitlines() == [
        "en/totals.mdx:4:1: warning[some-rule] mind",
        "en/totals.mdx:5:1: error[some-rule] meant",
    ]


@pytest.mark.parametrize(
    ("kind", "verdict"),
    [("failed", "failure"), ("timed-out", "error"), ("limit", "error"), ("crashed", "error")],
)
def test_how_a_block_ended(kind: OutcomeKind, verdict: str) -> None:
    where = lesson("a.mdx", "```python\nx\n```\n")
    outcome = Outcome(0, kind, "because", 2.0)
    about = finding(at(where, "x"), "no", block=0)
    (loud,) = suites(result(ran(where, (outcome,), about), tier="namespaces"))
    assert verdicts(loud)[0][1] == verdict
    (silenced,) = suites(result(ran(where, (outcome,)), tier="namespaces"))
    assert verdicts(silenced)[0][1] == "skipped"


def test_what_did_not_run_says_why() -> None:
    where = lesson("a.mdx", "```python\nx\n```\n")
    plan = BlockPlan(0, "needs-data", runs=False, reason="needs the file a.csv")
    (suite,) = suites(result(LessonResult(where, (plan,), (), ())))
    skipped = suite.find(".//skipped")
    assert skipped is not None
    assert skipped.attrib["message"] == "needs the file a.csv"


def test_hostile_text_is_valid_xml() -> None:
    made = suites(hostile_course())
    assert len(made) == len(hostile_course().lessons)
    assert all(verdicts(suite)[0][1] == "failure" for suite in made)
