"""Schemas from the frontmatter that there is."""

import datetime as dt
from typing import Any

import pytest

from checker.guessing.schema import guess_schema

DAY = dt.date(2026, 11, 25)


def guess(*heads: dict[str, Any]) -> dict[str, Any]:
    return guess_schema({f"{number}.mdx": each for number, each in enumerate(heads)})


def of_key(*values: object) -> Any:
    """The schema of one key's values, without the comment."""
    found = guess(*({"a": each} for each in values))["properties"]["a"]
    return {key: value for key, value in found.items() if key != "$comment"}


@pytest.mark.parametrize(
    ("values", "schema"),
    [
        (["x", "y", "z"], {"type": "string", "pattern": "\\S"}),
        (["x", ""], {"type": "string"}),
        ([1, 2], {"type": "integer", "minimum": 1}),
        ([0, 2], {"type": "integer", "minimum": 0}),
        ([-1, 2], {"type": "integer"}),
        ([1, 2.5], {"type": "number", "minimum": 0}),
        ([True, False], {"type": "boolean"}),
        ([None, None], {"type": "null"}),
        ([1, "x"], {"type": ["integer", "string"]}),
        ([["x"], []], {"type": "array", "items": {"type": "string", "pattern": "\\S"}}),
        ([[]], {"type": "array"}),
        ([[1], [2]], {"type": "array", "items": {"type": "integer", "minimum": 1}, "minItems": 1}),
        ([b"x"], {"type": "string", "pattern": "\\S"}),
        (["easy", "hard"] * 4, {"type": "string", "enum": ["easy", "hard"]}),
        (["easy", "hard"] * 4 + ["hrd"], {"type": "string", "enum": ["easy", "hard"]}),
        (["easy", "hard"] * 4 + ["between"], {"type": "string", "pattern": "\\S"}),
        (["same"] * 9, {"type": "string", "pattern": "\\S"}),
        (["x"] * 60 + [5], {"type": "string", "pattern": "\\S"}),
        (["x"] * 9 + [5], {"type": ["integer", "string"]}),
    ],
)
def test_values(values: list[object], schema: dict[str, Any]) -> None:
    assert of_key(*values) == schema


def test_dates() -> None:
    date = of_key(DAY, DAY)["anyOf"]
    assert {"type": "string", "format": "date"} in date
    assert of_key(DAY, "soon")["anyOf"] == [*date, {"type": "string"}]
    assert of_key(DAY, None)["anyOf"] == [*date, {"type": "string"}, {"type": "null"}]


def test_tables_in_tables() -> None:
    found = of_key(*[{"label": "x", "order": number} for number in range(3)])
    assert found["required"] == ["label", "order"]
    assert found["properties"]["order"] == {"$comment": "in all 3", "type": "integer", "minimum": 0}
    deep: Any = 1
    for _ in range(9):
        deep = {"a": [deep]}
    assert "object" in str(of_key(deep))


def test_what_all_have_is_required() -> None:
    found = guess({"title": "x", "draft": True}, {"title": "y"}, {"title": "z"})
    assert found["required"] == ["title"]
    assert found["properties"]["draft"]["$comment"] == "in 1 of 3"
    assert "required" not in guess({"title": "x"})


def test_the_few_that_lack_a_key_are_named() -> None:
    heads: list[dict[str, Any]] = [{"title": "x", "description": "y"} for _ in range(200)]
    for number in (3, 50, 60, 70):
        del heads[number]["description"]
    found = guess(*heads)["properties"]["description"]
    assert found["$comment"] == "in 196 of 200, not in 3.mdx, 50.mdx, 60.mdx, …"


def test_a_key_that_is_nearly_another_is_no_key() -> None:
    heads: list[dict[str, Any]] = [{"difficulty": "x"} for _ in range(99)]
    assert list(guess(*heads, {"dificulty": "x"})["properties"]) == ["difficulty"]
    assert len(guess(*heads, {"cover": "x"})["properties"]) == 2
    assert len(guess({"difficulty": "x"}, {"dificulty": "x"})["properties"]) == 2


def test_numbers_among_the_words_of_a_list_are_no_mistake() -> None:
    found = guess_schema(
        {str(number): {"tags": ["a", "b", "c"]} for number in range(40)} | {"x": {"tags": [404]}}
    )
    assert found["properties"]["tags"]["items"] == {"type": ["integer", "string"]}
