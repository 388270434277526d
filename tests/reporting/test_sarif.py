import gzip
import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from msgspec.structs import replace

from checker.model import CourseResult, Edit, Fix
from checker.reporting import sarif
from checker.reporting.document import BaselineRecord, Results, RunRecord
from checker.reporting.look import Look
from checker.rules.registry import all_rules
from tests.reporting.courses import at, finding, lesson, mixed, result, unrun
from tests.reporting.hostile import hostile_course
from tests.reporting.rendering import RUN, draw, results_of

SCHEMA = Path(__file__).parent / "published" / "sarif-2.1.0.json"


@cache
def validator() -> jsonschema.Draft4Validator:
    return jsonschema.Draft4Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def the_run(text: str) -> Any:
    document = json.loads(text)
    validator().validate(document)
    (run,) = document["runs"]
    return run


def run_of(course: CourseResult, run: RunRecord | None = RUN) -> Any:
    return the_run(draw("sarif", course, run))


def of_results(results: Results) -> Any:
    return the_run(sarif.render(results, {}, Look()))


def test_nothing_found_is_a_run_all_the_same() -> None:
    run = run_of(result(unrun(mixed())))
    assert (run["results"], run["tool"]["driver"]["rules"]) == ([], [])
    assert run["invocations"] == [{"executionSuccessful": True, "startTimeUtc": "2026-11-25T22:00:00Z"}]


def test_a_result() -> None:
    where = mixed("en/a b.mdx")
    fix = Fix("write `total = 0`", applicability="safe", edits=(Edit(at(where, "total = 1"), "total = 0"),))
    found = finding(at(where, "total = 1"), "wrong", code="PAN301", name="chained-assignment", fix=fix)
    (made,) = run_of(result(unrun(where, found)))["results"]
    region = {"startLine": 4, "startColumn": 1, "endLine": 4, "endColumn": 10}
    place = {"uri": "en/a%20b.mdx", "uriBaseId": "%SRCROOT%"}
    assert made == {
        "ruleId": "PAN301",
        "ruleIndex": 0,
        "level": "error",
        "message": {"text": "wrong"},
        "locations": [{"physicalLocation": {"artifactLocation": place, "region": region}}],
        "partialFingerprints": {
            "coursecheckContent/v1": made["partialFingerprints"]["coursecheckContent/v1"]
        },
        "fixes": [
            {
                "description": {"text": "write `total = 0`"},
                "artifactChanges": [
                    {
                        "artifactLocation": place,
                        "replacements": [{"deletedRegion": region, "insertedContent": {"text": "total = 0"}}],
                    }
                ],
            }
        ],
    }


def test_a_suggestion_is_no_fix() -> None:
    where = mixed()
    fix = Fix("perhaps", applicability="suggestion", edits=(Edit(at(where, "total"), "sum"),))
    (made,) = run_of(result(unrun(where, finding(at(where, "total"), fix=fix))))["results"]
    assert "fixes" not in made


def test_every_rule_has_help() -> None:
    where = mixed()
    loaded = all_rules()
    found = [finding(at(where, "total"), code=each.rule.code, name=each.rule.name) for each in loaded]
    rules = run_of(result(unrun(where, *found)))["tool"]["driver"]["rules"]
    assert {rule["id"] for rule in rules} == {each.rule.code for each in loaded}
    for rule in rules:
        page = next(each.page for each in loaded if each.rule.code == rule["id"])
        assert rule["help"]["markdown"] == page
        assert rule["shortDescription"]["text"] == page.partition("\n")[0]
        assert len(rule["fullDescription"]["text"]) > 20
        assert rule["properties"]["tags"] == [rule["id"][:3].lower()]


@pytest.mark.parametrize(
    ("code", "summary", "family"),
    [
        ("RUFF:E711", "none comparison (ruff's rule E711)", "ruff"),
        ("NEW777", "none comparison (the rule NEW777)", "new"),
    ],
)
def test_a_rule_that_is_not_ours_says_whose(code: str, summary: str, family: str) -> None:
    where = mixed()
    found = finding(at(where, "total"), code=code, name="none-comparison", severity="warning")
    (rule,) = run_of(result(unrun(where, found)))["tool"]["driver"]["rules"]
    assert rule["shortDescription"]["text"] == summary
    assert rule["defaultConfiguration"]["level"] == "warning"
    assert rule["properties"]["tags"] == [family]


def test_fingerprints_do_not_know_lines_or_names() -> None:
    where = mixed()
    moved = lesson("de/other.mdx", "# One more\n\nand text\n\n" + where.text)
    prints = [
        [each["partialFingerprints"] for each in run_of(result(unrun(each, *both(each))))["results"]]
        for each in (where, moved)
    ]
    assert prints[0] == prints[1]
    assert prints[0][0] != prints[0][1]


def both(where: Any) -> Any:
    return [finding(at(where, "total")), finding(at(where, "total", nth=1))]


@pytest.mark.parametrize(
    ("run", "category"),
    [
        (None, "coursecheck/"),
        (RUN, "coursecheck/"),
        (replace(RUN, shard="2/4"), "coursecheck/shard-2-of-4/"),
    ],
)
def test_a_category_for_each_shard(run: RunRecord | None, category: str) -> None:
    assert run_of(result(unrun(mixed())), run)["automationDetails"] == {"id": category}


def test_what_is_shown_wrong_on_purpose_is_suppressed() -> None:
    where = mixed()
    (made,) = run_of(result(unrun(where, finding(at(where, "total"), intended=True))))["results"]
    assert made["level"] == "note"
    assert [each["kind"] for each in made["suppressions"]] == ["inSource"]


def test_a_baseline_says_what_is_new() -> None:
    where = mixed()
    results = results_of(result(unrun(where, finding(at(where, "total")), finding(at(where, "print")))))
    first, second = results.findings
    held = replace(results, findings=(replace(first, known=True), second), baseline=BaselineRecord(1, 0))
    assert [each["baselineState"] for each in of_results(held)["results"]] == ["new", "unchanged"]


def many(number: int, message: str = "a message") -> Results:
    where = mixed()
    mild = finding(at(where, "total"), message, severity="info", code="XXX102")
    worse = finding(at(where, "total"), message, severity="error")
    results = results_of(result(unrun(where, mild, worse)))
    mild_record, worse_record = sorted(results.findings, key=lambda each: each.severity, reverse=True)
    digests = [hashlib.sha256(b"%d" % i).hexdigest() for i in range(number)]
    milds = [replace(mild_record, fingerprint=digest) for digest in digests]
    return replace(results, findings=(*milds, *(worse_record,) * 10))


def test_no_more_results_than_the_platform_takes_and_the_worst_first(monkeypatch: pytest.MonkeyPatch) -> None:
    assert sarif._MOST_RESULTS == 25_000
    monkeypatch.setattr(sarif, "_MOST_RESULTS", 250)
    run = of_results(many(750))
    assert len(run["results"]) == 250
    assert [each["level"] for each in run["results"][:11]] == ["error"] * 10 + ["note"]
    (note,) = run["invocations"][0]["toolExecutionNotifications"]
    assert note["message"]["text"].startswith("510 more results left out")


def test_no_more_bytes_than_the_platform_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "_MOST_BYTES", 20_000)
    text = sarif.render(many(5_000), {}, Look())
    assert len(gzip.compress(text.encode())) <= 20_000
    run = the_run(text)
    assert [each["level"] for each in run["results"][:11]] == ["error"] * 10 + ["note"]
    left_out = 5_010 - len(run["results"])
    (note,) = run["invocations"][0]["toolExecutionNotifications"]
    assert note["message"]["text"].startswith(f"{left_out:,} more results left out")


def test_what_compresses_well_stays_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "_MOST_BYTES", 20_000)
    assert len(of_results(many(60))["results"]) == 70


def test_hostile_text_makes_no_link_and_no_place_of_its_own() -> None:
    for made in run_of(hostile_course())["results"]:
        assert "](" not in made["message"]["text"]
        uri = made["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert uri.isascii()
        assert not set(uri) & set(' <>"{}|\\^`:?#[]@')
