import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from checker.model import CourseResult, Severity
from tests.reporting.courses import at, finding, lesson, mixed, result, unrun
from tests.reporting.hostile import hostile_course
from tests.reporting.rendering import draw

SCHEMA = Path(__file__).parent / "published" / "codeclimate.json"
# What the schema leaves open and the manual does not.
SEVERITIES = {"info", "minor", "major", "critical", "blocker"}


def issues(course: CourseResult) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = json.loads(draw("gitlab", course))
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    for issue in made:
        jsonschema.validate(issue, schema)
        assert issue["severity"] in SEVERITIES
    return made


def test_nothing_found_is_an_empty_array() -> None:
    assert issues(result(unrun(mixed()))) == []


def test_an_issue() -> None:
    where = mixed()
    (issue,) = issues(result(unrun(where, finding(at(where, "total = 1\nprint"), "wrong"))))
    fingerprint = issue.pop("fingerprint")
    assert len(fingerprint) == 32
    assert issue == {
        "description": "wrong",
        "check_name": "some-rule",
        "severity": "major",
        "location": {"path": "en/totals.mdx", "lines": {"begin": 4, "end": 5}},
    }


@pytest.mark.parametrize(
    ("severity", "intended", "shown"),
    [
        ("error", False, "major"),
        ("warning", False, "minor"),
        ("info", False, "info"),
        ("error", True, "info"),
    ],
)
def test_severities(severity: Severity, intended: bool, shown: str) -> None:
    where = mixed()
    (issue,) = issues(result(unrun(where, finding(at(where, "total"), severity=severity, intended=intended))))
    assert issue["severity"] == shown
    assert issue["description"].startswith("shown wrong on purpose: ") is intended


def test_every_fingerprint_is_its_own_and_none_knows_a_line() -> None:
    first, second = (lesson(name, "same\nsame\n") for name in ("a.mdx", "b.mdx"))
    moved = lesson("a.mdx", "\n\nsame\nsame\n")

    def prints(*lessons: Any) -> list[str]:
        found = [unrun(each, finding(at(each, "same")), finding(at(each, "same", nth=1))) for each in lessons]
        return [issue["fingerprint"] for issue in issues(result(*found))]

    assert len(set(prints(first, second))) == 4
    assert prints(first) == prints(moved)


def test_hostile_text_is_valid_json() -> None:
    assert len(issues(hostile_course())) == len(hostile_course().lessons)
