"""The default schema: published, and evident where it can be."""

import datetime as dt
import json
import runpy
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.resources import schema_file
from checker.rules.frontmatter import lesson_keys
from checker.rules.frontmatter.lesson_keys import follows_convention, is_evidently_valid, render_schema

GOOD: dict[str, Any] = {
    "title": "Tables",
    "description": "What a table is",
    "order": 1,
    "difficulty": "beginner",
    "estimatedTime": 12.5,
    "topics": ["tables"],
}


def test_the_published_schema_is_not_stale(capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(lesson_keys.__file__, run_name="__main__")
    assert Path(schema_file("lesson.schema.json")).read_text(encoding="utf-8") == capsys.readouterr().out, (
        "run: python -m checker.rules.frontmatter.lesson_keys > schemas/lesson.schema.json"
    )


@pytest.mark.parametrize(
    "more", [{}, {"prerequisites": []}, {"prerequisites": ["some Python"]}, {"image": None}]
)
def test_good_frontmatter_is_evidently_valid(more: dict[str, Any]) -> None:
    assert is_evidently_valid(GOOD | more)


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 2),
    st.sampled_from([0.5, 1.0, -0.0, float("inf"), float("nan")]),
    st.sampled_from(["", " ", "x", "\u00a0", "beginner", "Beginner", "1"]),
    st.just(dt.date(2026, 11, 23)),
    st.lists(st.sampled_from(["", "x", 1, None]), max_size=2),
    st.dictionaries(st.sampled_from(["a", "b"]), st.integers(), max_size=1),
)
CHANGES = st.dictionaries(st.sampled_from([*GOOD, "prerequisites", "other"]), VALUES)


@given(CHANGES, st.sets(st.sampled_from([*GOOD])))
def test_what_is_evidently_valid_is_valid(changes: dict[str, Any], missing: set[str]) -> None:
    data = {key: value for key, value in (GOOD | changes).items() if key not in missing}
    if is_evidently_valid(data):
        assert jsonschema.Draft202012Validator(json.loads(render_schema())).is_valid(data)


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ([], False),
        (["title", "description", "sidebar"], False),
        (["title", "order"], False),
        (["title", "topics"], False),
        (["order", "difficulty"], True),
        (["estimatedTime", "prerequisites"], True),
        (["title", "order", "topics"], True),
    ],
)
def test_two_telling_keys_make_a_lesson(keys: list[str], expected: bool) -> None:
    assert follows_convention(dict.fromkeys(keys)) is expected
