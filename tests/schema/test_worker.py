"""What is said of frontmatter that a schema does not allow."""

import datetime as dt
import io
import json
import pickle
from pathlib import Path
from typing import Any

import pytest

from checker.schema.process import Violation
from checker.schema.worker import judge, main

DRAFT_7 = "http://json-schema.org/draft-07/schema#"
LEVELS = ["beginner", "intermediate", "advanced"]
DAY = dt.date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _no_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """The deadline ends the process, and this one is the tests'."""
    monkeypatch.setattr("checker.schema.worker.DEADLINE_SECONDS", 120)


def judged(folder: Path, schema: object, *lessons: dict[str, Any]) -> list[Any]:
    path = folder / "schema.json"
    path.write_text(json.dumps(schema), encoding="utf-8")
    return list(judge(str(path), lessons))


def one(**properties: object) -> dict[str, object]:
    return {"type": "object", "properties": properties}


ASTRO_DATE = {
    "anyOf": [
        {"type": "string", "format": "date-time"},
        {"type": "string", "format": "date"},
        {"type": "integer", "format": "unix-time"},
    ]
}

ALLOWED: list[tuple[object, dict[str, Any]]] = [
    (True, {"a": 1}),
    ({}, {}),
    (one(a={"type": "string"}), {}),
    (one(a={"type": "string"}), {"a": ""}),
    (one(a={"type": "number"}), {"a": 1}),
    (one(a={"type": "integer"}), {"a": 1.0}),
    (one(a={"type": ["string", "null"]}), {"a": None}),
    (one(a=ASTRO_DATE), {"a": DAY}),
    (one(a=ASTRO_DATE), {"a": "2026-11-23"}),
    (one(a={"format": "date"}), {"a": DAY}),
    (one(a={"default": {"pattern": "("}, "enum": [{"pattern": "("}]}), {}),
    ({"patternProperties": {"^x-\\p{L}$": {"type": "string"}}, "additionalProperties": False}, {"x-ж": "y"}),
    ({"$ref": "#/definitions/lesson", "definitions": {"lesson": one(a={})}, "$schema": DRAFT_7}, {"a": 1}),
    (
        {"$defs": {"tag": {"$id": "https://example.org/tag"}}, **one(a={"$ref": "https://example.org/tag"})},
        {"a": 1},
    ),
    (one(a={"$ref": DRAFT_7}), {"a": {"type": "string"}}),
    (one(child={"$ref": "#"}), {"child": {"child": {}}}),
]


@pytest.mark.parametrize(("schema", "data"), ALLOWED)
def test_nothing_is_said_of_what_is_allowed(tmp_path: Path, schema: object, data: dict[str, Any]) -> None:
    assert judged(tmp_path, schema, data) == [[]]


# A schema, frontmatter, and what is said of it: path, key and message.
REFUSED: list[tuple[object, dict[str, Any], list[tuple[tuple[str | int, ...], str | None, str]]]] = [
    (
        one(difficulty={"enum": LEVELS}),
        {"difficulty": "begginer"},
        [
            (
                ("difficulty",),
                None,
                (
                    "difficulty is 'begginer'; expected one of beginner, intermediate, advanced; "
                    "did you mean beginner?"
                ),
            )
        ],
    ),
    (
        one(difficulty={"enum": LEVELS}),
        {"difficulty": 5},
        [
            (
                ("difficulty",),
                None,
                "difficulty is the number 5; expected one of beginner, intermediate, advanced",
            )
        ],
    ),
    (one(a={"const": "x"}), {"a": "y"}, [(("a",), None, "a is 'y'; expected only x")]),
    (
        one(a={"anyOf": [{"type": "integer"}, {"enum": ["low", "high"]}]}),
        {"a": "lwo"},
        [
            (
                ("a",),
                None,
                "a is the text 'lwo'; a whole number or one of low, high is expected; did you mean low?",
            )
        ],
    ),
    (
        one(a={"prefixItems": [{"type": "string"}], "items": False}),
        {"a": ["x", 1]},
        [(("a",), None, "a has 2 items; at most 1 allowed")],
    ),
    (
        {"$schema": DRAFT_7, **one(a={"items": [{}, {}], "additionalItems": False})},
        {"a": [1, 2, 3]},
        [(("a",), None, "a has 3 items; at most 2 allowed")],
    ),
    (one(a={"items": False}), {"a": [1]}, [(("a",), None, "a has 1 item; at most 0 allowed")]),
    (
        one(a={"enum": list(range(30))}),
        {"a": "y"},
        [(("a",), None, f"a is 'y'; expected one of {', '.join(f'the number {n}' for n in range(20))}, …")],
    ),
    (
        one(estimatedTime={"type": "number", "description": "minutes"}),
        {"estimatedTime": "45 минут"},
        [(("estimatedTime",), None, "estimatedTime is the text '45 минут'; a number is expected (minutes)")],
    ),
    (
        one(a={"type": "integer"}),
        {"a": "3"},
        [(("a",), None, "a is the text '3'; a whole number is expected: remove the quotes")],
    ),
    (
        one(a={"type": "integer"}),
        {"a": 1.5},
        [(("a",), None, "a is the number 1.5; a whole number is expected")],
    ),
    (
        one(a={"type": "string"}),
        {"a": DAY},
        [(("a",), None, "a is the date 2026-11-23; text is expected: put it in quotes")],
    ),
    (
        one(a={"type": "string"}),
        {"a": 2026},
        [(("a",), None, "a is the number 2026; text is expected: put it in quotes")],
    ),
    (
        one(a={"type": "string"}),
        {"a": False},
        [(("a",), None, "a is false; text is expected: put it in quotes")],
    ),
    (one(a={"type": "string"}), {"a": None}, [(("a",), None, "a is empty; text is expected")]),
    (one(a={"type": "string"}), {"a": b"x"}, [(("a",), None, "a is binary data; text is expected")]),
    (one(a={"type": "string"}), {"a": ["x"]}, [(("a",), None, "a is a list; text is expected")]),
    (
        one(a={"type": ["boolean", "null"]}),
        {"a": {}},
        [(("a",), None, "a is a table of keys; true or false or nothing is expected")],
    ),
    (
        one(a={"type": "array"}),
        {"a": "kafka"},
        [(("a",), None, "a is the text 'kafka'; a list is expected: put it in brackets, [ ]")],
    ),
    (
        one(topics={"items": {"type": "string"}}),
        {"topics": ["a", 5]},
        [(("topics", 1), None, "item 2 of topics is the number 5; text is expected: put it in quotes")],
    ),
    (
        one(author=one(name={"type": "string"})),
        {"author": {"name": 1}},
        [(("author", "name"), None, "author.name is the number 1; text is expected: put it in quotes")],
    ),
    (one(a={"minLength": 1}), {"a": ""}, [(("a",), None, "a is empty")]),
    (one(a={"minLength": 3}), {"a": "x"}, [(("a",), None, "a has 1 character; at least 3 required")]),
    (one(a={"maxLength": 1}), {"a": "xyz"}, [(("a",), None, "a has 3 characters; at most 1 allowed")]),
    (one(a={"minItems": 1}), {"a": []}, [(("a",), None, "a has no items; at least 1 required")]),
    (one(a={"maxItems": 0}), {"a": [1]}, [(("a",), None, "a has 1 item; at most 0 allowed")]),
    (one(a={"uniqueItems": True}), {"a": [1, 1]}, [(("a",), None, "a has the same item twice")]),
    (one(a={"minimum": 1}), {"a": 0}, [(("a",), None, "a is the number 0; at least 1 is expected")]),
    (
        one(a={"exclusiveMinimum": 0}),
        {"a": 0},
        [(("a",), None, "a is the number 0; more than 0 is expected")],
    ),
    (one(a={"maximum": 1}), {"a": 2}, [(("a",), None, "a is the number 2; at most 1 is allowed")]),
    (
        one(a={"exclusiveMaximum": 1}),
        {"a": 1},
        [(("a",), None, "a is the number 1; less than 1 is expected")],
    ),
    (one(a={"format": "email"}), {"a": "me"}, [(("a",), None, "a is 'me'; an e-mail address is expected")]),
    (one(a={"pattern": r"^\p{Lu}"}), {"a": "урок"}, [(("a",), None, r"a is 'урок'; it must match ^\p{Lu}")]),
    (one(a={"pattern": r"\S"}), {"a": " "}, [(("a",), None, "a is empty")]),
    (one(a=False), {"a": 1}, [(("a",), None, "a is not allowed")]),
    (False, {}, [((), None, "the frontmatter is not allowed")]),
    (one(a={"multipleOf": 5}), {"a": 3}, [(("a",), None, "a is the number 3; a multiple of 5 is expected")]),
    (
        one(a={"not": {"minLength": 2}}),
        {"a": "x" * 300},
        [(("a",), None, f"a is refused: '{'x' * 198}…")],
    ),
    (
        one(a={"not": {"type": "null"}}),
        {"a": None},
        [(("a",), None, "a is empty; anything but nothing is expected")],
    ),
    (
        one(a={"format": "uri-template"}),
        {"a": "{"},
        [(("a",), None, "a is '{', which is not a valid uri-template")],
    ),
    (one(a={"contains": {"const": "x"}}), {"a": []}, [(("a",), None, "a has no item that is x")]),
    (one(a={"contains": {"minimum": 1}}), {"a": []}, [(("a",), None, "a lacks a required item")]),
    (one(a={"minProperties": 2}), {"a": {"b": 1}}, [(("a",), None, "a has 1 key; at least 2 required")]),
    (
        one(a={"propertyNames": {"pattern": "^[a-z]+$"}}),
        {"a": {"A": 1}},
        [(("a",), "A", "a.A is not allowed here: keys must match ^[a-z]+$")],
    ),
    (
        {"propertyNames": {"enum": ["title", "order"]}},
        {"titel": 1},
        [
            (
                (),
                "titel",
                "titel is not allowed here: expected one of title, order; did you mean title?",
            )
        ],
    ),
    (
        {"propertyNames": {"maxLength": 2}},
        {"abc": 1},
        [((), "abc", "abc is not allowed here")],
    ),
    (
        one(propertyNames={"pattern": "x"}),
        {"propertyNames": "y"},
        [(("propertyNames",), None, "propertyNames is 'y'; it must match x")],
    ),
    (
        {"unevaluatedProperties": False, "allOf": [one(title={})], **one(order={})},
        {"title": 1, "ordr": 2},
        [((), "ordr", "ordr is not a key of the schema; did you mean order?")],
    ),
    (
        {"$schema": DRAFT_7, "dependencies": {"a": ["b"], "c": {"required": ["d"]}}},
        {"a": 1, "c": 2},
        [((), "b", "b is missing beside a"), ((), "d", "d is missing")],
    ),
    (
        one(level={"oneOf": [{"const": "easy"}, {"enum": ["hard"]}]}),
        {"level": "esy"},
        [(("level",), None, "level is 'esy'; expected one of easy, hard; did you mean easy?")],
    ),
    (
        one(draft={"type": "boolean"}),
        {"draft": "yes"},
        [(("draft",), None, "draft is the text 'yes'; true or false is expected: write true")],
    ),
    (
        one(a={"type": "number"}),
        {"a": "x" * 99},
        [(("a",), None, f"a is the text '{'x' * 59}…'; a number is expected")],
    ),
    (
        {"required": ["title", "order"], **one(title={"type": "string"})},
        {},
        [((), "title", "title is missing; text is expected"), ((), "order", "order is missing")],
    ),
    (
        {"required": ["title", "difficulty"], **one(difficulty={"enum": ["easy", "hard"]})},
        {"title": "Tables", "Dificulty": "easy"},
        [
            (
                (),
                "difficulty",
                "difficulty is missing; one of easy, hard is expected; is Dificulty meant to be it?",
            )
        ],
    ),
    (
        one(author={"required": ["name"]}),
        {"author": {}},
        [(("author",), "name", "author.name is missing")],
    ),
    (
        {"dependentRequired": {"draft": ["title", "author"], "order": ["x"]}},
        {"draft": True, "title": "Tables"},
        [((), "author", "author is missing beside draft")],
    ),
    (
        {"additionalProperties": False, **one(topics={}, title={})},
        {"topic": [], "zzz": 1, "title": "x"},
        [
            ((), "topic", "topic is not a key of the schema; did you mean topics?"),
            ((), "zzz", "zzz is not a key of the schema"),
        ],
    ),
    (
        {"additionalProperties": False, "patternProperties": {"^x-": {}}},
        {"x-a": 1, "y": 1},
        [((), "y", "y is not a key of the schema")],
    ),
    (
        {"additionalProperties": {"type": "string"}},
        {"a": 1},
        [(("a",), None, "a is the number 1; text is expected: put it in quotes")],
    ),
    (one(a=ASTRO_DATE), {"a": True}, [(("a",), None, "a is true; a date, such as 2026-01-31, is expected")]),
    (
        one(a=ASTRO_DATE),
        {"a": "soon"},
        [(("a",), None, "a is the text 'soon'; a date, such as 2026-01-31, is expected")],
    ),
    (
        one(a={"anyOf": [{"type": "integer"}, {"type": "boolean"}]}),
        {"a": "x"},
        [(("a",), None, "a is the text 'x'; a whole number or true or false is expected")],
    ),
    (
        one(a={"oneOf": [{"type": "string"}, {"required": ["src"], **one(alt={"type": "string"})}]}),
        {"a": {"alt": 1}},
        [
            (("a",), "src", "a.src is missing"),
            (("a", "alt"), None, "a.alt is the number 1; text is expected: put it in quotes"),
        ],
    ),
    (
        one(a={"oneOf": [{"type": "string"}, {"minLength": 1}]}),
        {"a": "x"},
        [(("a",), None, "a matches several of the choices, but must match only one")],
    ),
    (
        {"anyOf": [{"required": ["a"]}, {"required": ["b"], **one(b={"type": "string"})}]},
        {},
        [((), "a", "a is missing")],
    ),
]


@pytest.mark.parametrize(("schema", "data", "said"), REFUSED)
def test_what_is_wrong_is_said_at_its_place(
    tmp_path: Path, schema: object, data: dict[str, Any], said: list[tuple[Any, Any, str]]
) -> None:
    assert judged(tmp_path, schema, data) == [[Violation(*each) for each in said]]


def test_every_lesson_is_judged_by_itself(tmp_path: Path) -> None:
    found = judged(tmp_path, one(a={"type": "string"}), {"a": "x"}, {"a": 1}, {})
    assert [len(each) for each in found] == [0, 1, 0]


def refused(folder: Path, schema: object) -> str:
    (answer,) = judged(folder, schema, {"title": "Tables"})
    return str(answer["refused"])


@pytest.mark.parametrize(
    "reference",
    [
        "http://127.0.0.1:9/x",
        "https://example.org/x",
        "ftp://127.0.0.1/x",
        "file:///etc/passwd",
        "/etc/passwd",
        "//127.0.0.1/x",
        "\\\\host\\share",
        "../secret.json",
        "inside/../../secret.json",
        "%2e%2e/secret.json",
        "linked.json",
        "missing.json",
        "inside/broken.json",
        "inside/odd.json",
        "a%00b",
        "#/definitions/none",
    ],
)
@pytest.mark.parametrize("keyword", ["$ref", "$dynamicRef"])
def test_a_reference_leads_nowhere_but_into_the_folder(tmp_path: Path, keyword: str, reference: str) -> None:
    folder = tmp_path / "schemas"
    (folder / "inside").mkdir(parents=True)
    (tmp_path / "secret.json").write_text('{"description": "secret"}')
    (folder / "linked.json").symlink_to("../secret.json")
    (folder / "inside" / "broken.json").write_text("{")
    (folder / "inside" / "odd.json").write_text('{"type": 5}')
    said = refused(folder, one(title={}, unused={keyword: reference}))
    assert "leads nowhere: it may point into the schema, or to JSON in its own folder" in said
    assert reference.lstrip("#") in said.replace("\\\\", "\\")
    assert "description" not in said


def test_an_identifier_does_not_make_references_remote(tmp_path: Path) -> None:
    said = refused(tmp_path, {"$id": "http://127.0.0.1:9/schemas/", "$ref": "lesson.json"})
    assert said.startswith("$ref 'lesson.json' leads nowhere")


def test_files_in_the_folder_refer_to_each_other(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "level.json").write_text('{"$ref": "../text.json#/$defs/text"}')
    (tmp_path / "text.json").write_text('{"$defs": {"text": {"pattern": "^\\\\p{Ll}+$"}}}')
    schema = one(level={"$ref": "parts/level.json"})
    assert judged(tmp_path, schema, {"level": "easy"}, {"level": "Easy"}) == [
        [],
        [Violation(("level",), None, r"level is 'Easy'; it must match ^\p{Ll}+$")],
    ]


@pytest.mark.parametrize(
    ("schema", "reason"),
    [
        ({"$schema": "http://127.0.0.1:9/schema"}, "$schema 'http://127.0.0.1:9/schema' is no draft"),
        ({"$schema": 5}, "$schema 5 is no draft"),
        ([], "not a JSON Schema: it is no object"),
        ("text", "not a JSON Schema: it is no object"),
        ({"type": 5}, "not a JSON Schema: type: 5 is not valid"),
        (one(a={"minimum": "1"}), "not a JSON Schema: properties.a.minimum: '1' is not of type 'number'"),
        ({"properties": []}, "not a JSON Schema: properties: [] is not of type 'object'"),
        (one(a={"pattern": "(a"}), "the pattern '(a' cannot be used: missing )"),
        ({"patternProperties": {"*": {}}}, "the pattern '*' cannot be used: nothing to repeat"),
        ({"$ref": "#"}, "it refers to itself without end, or is nested too deep"),
        (
            {"allOf": [{"$ref": "#/$defs/a"}], "$defs": {"a": {"$ref": "#"}}},
            "it refers to itself without end",
        ),
    ],
)
def test_a_schema_that_is_none_is_refused(tmp_path: Path, schema: object, reason: str) -> None:
    assert refused(tmp_path, schema).startswith(reason)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"{", "not JSON: Expecting property name"),
        (b"\xff", "not JSON: 'utf-8' codec can't decode byte 0xff"),
        (b"[" * 100_000, "it refers to itself without end, or is nested too deep"),
        (b" " * (4 << 20) + b"{}", "larger than 4 MiB"),
    ],
)
def test_a_file_that_is_no_schema_is_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    (tmp_path / "schema.json").write_bytes(content)
    (answer,) = judge(str(tmp_path / "schema.json"), [{}])
    assert isinstance(answer, dict)
    assert answer["refused"].startswith(reason)


def test_a_file_that_is_gone_is_refused(tmp_path: Path) -> None:
    assert list(judge(str(tmp_path / "gone.json"), [{}])) == [{"refused": "No such file or directory"}]


def test_a_line_is_written_for_every_lesson(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "schema.json").write_text(json.dumps(one(a={"type": "string"})))
    tasks = pickle.dumps([(str(tmp_path / "schema.json"), [{}, {"a": None}])])
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(tasks)))
    main()
    lines = capfd.readouterr().out.splitlines()
    assert list(map(json.loads, lines)) == [[], [[["a"], None, "a is empty; text is expected"]]]
