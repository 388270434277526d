import json
from typing import Any

from checker.model import CourseResult, Edit, Fix
from checker.reporting.look import Look
from checker.reporting.rdjson import render
from tests.reporting.courses import at, finding, lesson, mixed, result, unrun
from tests.reporting.hostile import hostile_course
from tests.reporting.rendering import draw, results_of


def diagnostics(course: CourseResult) -> list[dict[str, Any]]:
    document = json.loads(draw("rdjson", course))
    assert document["source"] == {"name": "coursecheck"}
    made: list[dict[str, Any]] = document["diagnostics"]
    return made


def test_columns_count_bytes() -> None:
    where = lesson("ru/а.mdx", "итог = 1 # 𐐀 x\n")
    edit = Edit(at(where, "1"), "2")
    found = finding(at(where, "x"), fix=Fix("two", applicability="safe", edits=(edit,)))
    (made,) = diagnostics(result(unrun(where, found)))
    assert made == {
        "message": "a message",
        "location": {
            "path": "ru/а.mdx",
            "range": {"start": {"line": 1, "column": 21}, "end": {"line": 1, "column": 22}},
        },
        "severity": "ERROR",
        "code": {"value": "some-rule"},
        "suggestions": [
            {
                "range": {"start": {"line": 1, "column": 12}, "end": {"line": 1, "column": 13}},
                "text": "2",
            }
        ],
    }


def test_without_the_text_only_the_line_is_named() -> None:
    where = mixed()
    document = json.loads(render(results_of(result(unrun(where, finding(at(where, "total"))))), {}, Look()))
    (made,) = document["diagnostics"]
    assert made["location"]["range"] == {"start": {"line": 4}, "end": {"line": 4}}


def test_a_place_behind_the_text_names_the_line() -> None:
    where = mixed()
    shorter = lesson(where.path, "one line")
    results = results_of(result(unrun(where, finding(at(where, "total")))))
    (made,) = json.loads(render(results, {where.path: shorter}, Look()))["diagnostics"]
    assert made["location"]["range"]["start"] == {"line": 4}


def test_several_edits_are_no_suggestion() -> None:
    where = mixed()
    edits = (Edit(at(where, "total"), "sum"), Edit(at(where, "print"), "show"))
    fix = Fix("both", applicability="safe", edits=edits)
    (made,) = diagnostics(result(unrun(where, finding(at(where, "total"), fix=fix))))
    assert "suggestions" not in made


def test_accepted_findings_are_left_out() -> None:
    where = mixed()
    assert diagnostics(result(unrun(where, finding(at(where, "total"), intended=True)))) == []


def test_hostile_text_is_valid_json() -> None:
    assert len(diagnostics(hostile_course())) == len(hostile_course().lessons)
