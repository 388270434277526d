"""What is evident is what jsonschema says; what is not is left to it."""

import datetime as dt
import json
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from checker.schema.evident import plain_schema

LESSON: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$comment": "a lesson",
    "type": "object",
    "properties": {
        "title": {"type": "string", "pattern": "\\S", "maxLength": 5},
        "order": {"type": "integer", "minimum": 1, "exclusiveMaximum": 9},
        "time": {"type": ["number", "null"], "exclusiveMinimum": 0, "maximum": 60},
        "level": {"enum": ["easy", "hard"]},
        "kind": {"const": "lesson", "default": "lesson", "examples": ["lesson"]},
        "topics": {
            "type": "array",
            "items": {"type": "string", "minLength": 1},
            "minItems": 1,
            "maxItems": 2,
        },
        "more": {"type": "object", "properties": {"a": {"type": "boolean"}}, "required": ["a"]},
    },
    "required": ["title"],
    "additionalProperties": False,
}


def plain(folder: Path, schema: object) -> Any:
    path = folder / "schema.json"
    path.write_text(schema if isinstance(schema, str) else json.dumps(schema), encoding="utf-8")
    return plain_schema(str(path))


VALUES = st.recursive(
    st.sampled_from([None, True, False, "", " ", "\ufeff", "easy", "lesson", "longer"])
    | st.integers(-1, 70)
    | st.floats(-1, 70),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("ab"), inner, max_size=2),
    max_leaves=4,
)


@given(st.dictionaries(st.sampled_from([*LESSON["properties"], "other"]), VALUES))
def test_it_agrees_with_jsonschema(tmp_path_factory: pytest.TempPathFactory, data: dict[str, Any]) -> None:
    found = plain(tmp_path_factory.mktemp("schema"), LESSON)
    assert found.allows(data) == Draft202012Validator(LESSON).is_valid(data)


@pytest.mark.parametrize("value", [math.inf, math.nan, dt.date(2026, 1, 1), b"x", 10**400])
def test_what_json_has_not_is_never_evident(tmp_path: Path, value: object) -> None:
    schema = {"type": "object", "properties": {"a": {"type": ["number", "string"], "maximum": 5}}}
    assert not plain(tmp_path, schema).allows({"a": value})


@pytest.mark.parametrize(
    "schema",
    [
        "{",
        "[" * 50_000,
        "[]",
        "true",
        " " * (1 << 18) + "{}",
        {"$schema": "http://json-schema.org/draft-03/schema#"},
        {"$schema": 5},
        {"properties": {"a": {"pattern": "^(a+)+$"}}},
        {"properties": {"a": {"format": "date"}}},
        {"properties": {"a": {"type": 5}}},
        {"properties": {"a": {"type": []}}},
        {"properties": {"a": {"type": "text"}}},
        {"properties": {"a": {"minimum": "1"}}},
        {"properties": {"a": {"minLength": -1}}},
        {"properties": {"a": {"enum": []}}},
        {"properties": {"a": True}},
        {"properties": []},
        {"required": "a"},
        {"items": [{}]},
        {"$ref": "#"},
        {"anyOf": [{}]},
        {"titel": "x"},
    ],
)
def test_what_is_not_plain_is_left_to_the_worker(tmp_path: Path, schema: object) -> None:
    assert plain(tmp_path, schema) is None


def test_a_schema_without_end_is_left_to_the_worker(tmp_path: Path) -> None:
    schema: dict[str, Any] = {}
    for _ in range(30):
        schema = {"items": schema}
    assert plain(tmp_path, schema) is None
    assert plain_schema(str(tmp_path / "gone.json")) is None
