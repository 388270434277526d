"""The labelled lessons: what must stay silent first, then what must be reported and where."""

import pytest

from tests.rules.pandas.lessons import Labelled, labelled, reports

SILENT = {
    "chained-assignment": "silent_chains.md",
    "inplace-on-selection": "silent_inplace.md",
    "object-dtype": "silent_object.md",
    "string-missing": "silent_missing.md",
    "datetime-unit": "silent_dates.md",
    "positional-fallback": "silent_positions.md",
    "readonly-values": "silent_arrays.md",
    "changed-result": "silent_answers.md",
}
REPORTED = {
    "chained-assignment": "chains.md",
    "inplace-on-selection": "inplace.md",
    "object-dtype": "object.md",
    "string-missing": "missing.md",
    "datetime-unit": "dates.md",
    "positional-fallback": "positions.md",
    "readonly-values": "arrays.md",
    "changed-result": "answers.md",
}


def lessons(files: dict[str, str]) -> list[tuple[str, Labelled]]:
    return [(rule, lesson) for rule, name in files.items() for lesson in labelled(name)]


def title(value: object) -> str:
    return value.title if isinstance(value, Labelled) else str(value)


@pytest.mark.parametrize(("rule", "lesson"), lessons(SILENT), ids=title)
def test_silent(rule: str, lesson: Labelled) -> None:
    assert not lesson.marked
    assert reports(lesson.text, rule) == []


@pytest.mark.parametrize(("rule", "lesson"), lessons(REPORTED), ids=title)
def test_reported_where_it_is_marked(rule: str, lesson: Labelled) -> None:
    found = reports(lesson.text, rule)
    assert sorted({report.span.line for report in found}) == lesson.marked
    assert not any(report.intended for report in found)


@pytest.mark.parametrize("lesson", [each for _, each in lessons(SILENT)], ids=title)
def test_the_other_rules_are_silent_too(lesson: Labelled) -> None:
    assert [report for rule in SILENT for report in reports(lesson.text, rule)] == []
