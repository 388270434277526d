import json

from tests.reporting.courses import at, finding, mixed, mixed_outcomes, ran, result
from tests.reporting.hostile import hostile_course
from tests.reporting.rendering import draw


def test_one_object_a_line_and_the_run_first() -> None:
    where = mixed()
    course = result(ran(where, mixed_outcomes(), finding(at(where, "total"))), tier="namespaces")
    records = [json.loads(line) for line in draw("json-lines", course).splitlines()]
    assert [each["type"] for each in records] == ["run", "lesson", "finding", *["block"] * 4]
    assert (records[0]["schema"], records[0]["summary"]["run"]) == (1, 2)
    assert records[3]["class"] == "runnable"


def test_the_records_are_those_of_the_document() -> None:
    course = hostile_course()
    document = json.loads(draw("json", course))
    records = [json.loads(line) for line in draw("json-lines", course).split("\n") if line]
    for kind, key in (("lesson", "lessons"), ("finding", "findings"), ("block", "blocks")):
        made = [{k: v for k, v in each.items() if k != "type"} for each in records if each["type"] == kind]
        assert made == document[key]
