import json
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest

from checker.model import (
    BlockPlan,
    Class,
    CourseResult,
    Edit,
    Fix,
    Frame,
    LessonResult,
    Outcome,
    RunError,
)
from checker.reporting.build import build, lessons_by_path
from checker.reporting.document import Results
from checker.reporting.health.schema import health_schema
from checker.reporting.json_ import render
from checker.reporting.look import Look
from checker.reporting.schema import results_schema, to_text
from tests.reporting.courses import (
    NEEDS_KAFKA,
    at,
    finding,
    lesson,
    mixed,
    mixed_outcomes,
    plans,
    ran,
    result,
    unrun,
)

SCHEMAS = Path(__file__).parents[2] / "schemas"


def document(course: CourseResult) -> dict[str, Any]:
    """The results as a program outside reads them, held against the schema."""
    text = render(build(course), lessons_by_path(course), Look())
    parsed: dict[str, Any] = json.loads(text.encode())
    validator = jsonschema.Draft202012Validator(results_schema())
    validator.validate(parsed)
    return parsed


@pytest.mark.parametrize(
    ("name", "schema", "module"),
    [
        ("results", results_schema(), "checker.reporting.schema"),
        ("health", health_schema(), "checker.reporting.health.schema"),
    ],
)
def test_the_schemas_are_not_stale(name: str, schema: dict[str, Any], module: str) -> None:
    file = SCHEMAS / f"{name}.schema.json"
    assert file.read_text(encoding="utf-8") == to_text(schema), f"renew it: python -m {module} > {file}"
    jsonschema.Draft202012Validator.check_schema(schema)


def test_an_empty_course() -> None:
    parsed = document(result())
    assert parsed["schema"] == 1
    assert (parsed["findings"], parsed["blocks"]) == ([], [])
    assert parsed["summary"]["lessons"] == parsed["summary"]["blocks"] == 0


def test_what_was_only_read_says_so() -> None:
    blocks = document(result(unrun(mixed())))["blocks"]
    assert [(each["outcome"], each["reason"]) for each in blocks] == [
        ("not-run", "not asked to run"),
        ("skipped", "sql is not Python"),
        ("not-run", "not asked to run"),
        ("skipped", "the fence names no language"),
    ]


def test_a_block() -> None:
    course = result(ran(mixed(), mixed_outcomes()), tier="namespaces")
    assert document(course)["blocks"][2] == {
        "path": "en/totals.mdx",
        "index": 2,
        "lang": "python",
        "start_line": 12,
        "end_line": 14,
        "class": "runnable",
        "needs": [],
        "outcome": "failed",
        "reason": "",
        "seconds": 0.5,
        "stdout": "before\n",
        "stderr": "a warning\n",
        "error": {"type": "ValueError", "message": "1", "line": 13, "column": 1, "traceback": []},
        "code": "raise ValueError(total)",
        "digest": "f55440af95b23b3a",
        "figures": [],
    }


def test_a_skipped_block_without_a_reason_of_its_own_has_the_plans() -> None:
    where = lesson("a.mdx", "```python\nx\n```\n")
    plan = BlockPlan(0, "needs-service", runs=False, reason="needs Kafka", needs=NEEDS_KAFKA)
    (block,) = document(result(LessonResult(where, (plan,), (Outcome(0, "skipped"),), ())))["blocks"]
    assert block["reason"] == "needs Kafka"
    assert block["needs"] == [{"kind": "service", "name": "kafka:9092"}]


def test_an_outcome_that_got_lost_is_not_passed_over() -> None:
    where = mixed()
    with pytest.raises(KeyError):
        build(result(LessonResult(where, plans(where), mixed_outcomes()[:2], ()), tier="namespaces"))


def test_a_finding() -> None:
    where = mixed()
    span = at(where, "total = 1")
    fix = Fix("write `total = 0`", applicability="safe", edits=(Edit(span, "total = 0"),))
    made = finding(span, "wrong", name="chained-assignment", code="PAN301", block=0, intended=True, fix=fix)
    assert document(result(unrun(where, made)))["findings"] == [
        {
            "code": "PAN301",
            "name": "chained-assignment",
            "severity": "error",
            "message": "wrong",
            "path": "en/totals.mdx",
            "line": 4,
            "column": 1,
            "end_line": 4,
            "end_column": 10,
            "block": 0,
            "intended": True,
            "confirmed": False,
            "fix": {
                "message": "write `total = 0`",
                "applicability": "safe",
                "edits": [
                    {
                        "path": "en/totals.mdx",
                        "line": 4,
                        "column": 1,
                        "end_line": 4,
                        "end_column": 10,
                        "text": "total = 0",
                    }
                ],
            },
            "fingerprint": "2e6528cf139ee475",
            "known": False,
        }
    ]


def test_the_order_is_that_of_the_file_whatever_it_was() -> None:
    where = mixed()
    found = [
        finding(at(where, "SELECT"), "z"),
        finding(at(where, "total"), "b", code="XXX102"),
        finding(at(where, "total"), "b"),
        finding(at(where, "total"), "a"),
        finding(at(where, "# Totals"), "y"),
    ]
    first = document(result(unrun(where, *found)))
    assert [each["message"] for each in first["findings"]] == ["y", "a", "b", "b", "z"]
    assert first["findings"] == document(result(unrun(where, *reversed(found))))["findings"]


def test_the_numbers() -> None:
    where = mixed()
    found = (
        finding(at(where, "total")),
        finding(at(where, "print"), severity="warning"),
        finding(at(where, "SELECT"), severity="info"),
        finding(at(where, "raise"), intended=True),
    )
    course = result(
        ran(where, mixed_outcomes(), *found), unrun(lesson("b.mdx", "# No code\n")), tier="namespaces"
    )
    assert document(course)["summary"] == {
        "lessons": 2,
        "blocks": 4,
        "python_blocks": 2,
        "run": 2,
        "classes": {"runnable": 2},
        "outcomes": {"failed": 1, "passed": 1},
        "skipped": {},
        "findings": {"error": 1, "warning": 1, "info": 1, "intended": 1, "known": 0},
        "seconds": 1.234,
        "fixes": {"applied": 0, "refused": 0, "safe": 0, "unsafe": 0},
    }


def test_skipped_blocks_are_counted_by_class_most_first() -> None:
    where = lesson("a.mdx", "```python\nx\n```\n" * 4)
    kinds: tuple[Class, ...] = ("needs-data", "fragment", "fragment", "needs-data")
    chosen = tuple(BlockPlan(i, kind, runs=False, reason="because") for i, kind in enumerate(kinds))
    summary = build(result(LessonResult(where, chosen, (), ()))).summary
    assert list(summary.skipped.items()) == [("fragment", 2), ("needs-data", 2)]
    assert (summary.run, summary.outcomes) == (0, {"skipped": 4})


@pytest.mark.parametrize("name", ["confluent-kafka", "confluent_kafka"])
def test_the_environment(name: str) -> None:
    packages = {"pandas": "3.1.1", name: "2.13.0"}
    assert document(result(tier="namespaces", packages=packages))["environment"] == {
        "python": "3.12.1",
        "platform": "Linux",
        "pandas": "3.1.1",
        "confluent_kafka": "2.13.0",
        "packages": packages,
        "tier": "namespaces",
        "broker": None,
    }


def test_a_package_that_is_not_there_is_null() -> None:
    environment = document(result())["environment"]
    assert (environment["pandas"], environment["confluent_kafka"], environment["tier"]) == (None, None, None)


HOSTILE = "\udcff\ud800 ::error::%0A \x1b[31m\u202e\x9b </script>\n]]>"


def test_hostile_text_is_valid_utf8_and_acts_on_nothing() -> None:
    where = lesson(f"{HOSTILE}.mdx", "```python\nx\n```\n")
    error = RunError(HOSTILE, HOSTILE, 2, 1, (Frame(HOSTILE, 2, HOSTILE),))
    outcome = Outcome(0, "failed", HOSTILE, 0.0, HOSTILE, HOSTILE, error)
    fix = Fix(HOSTILE, applicability="unsafe", edits=(Edit(at(where, "x"), HOSTILE),))
    course = result(ran(where, (outcome,), finding(at(where, "x"), HOSTILE, fix=fix)), tier="namespaces")
    text = render(build(course), {}, Look())
    assert not set(text) & set("\x1b\u202e\x9b\x7f")
    assert msgspec.json.decode(text.encode(), type=Results) == build(course)
    assert document(course)["blocks"][0]["stdout"] == HOSTILE.replace("\udcff\ud800", r"\xff\ud800")


def test_lessons_are_found_by_the_path_in_the_document() -> None:
    course = result(unrun(lesson("caf\udce9.mdx", "é")))
    assert list(lessons_by_path(course)) == [r"caf\xe9.mdx"]
