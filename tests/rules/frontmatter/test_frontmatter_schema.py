"""Frontmatter against its schema: each violation at its own key or value."""

import json
from pathlib import Path

import pytest

from checker.analysis.course import Course
from checker.config import Config
from checker.errors import ConfigError
from checker.rules.frontmatter.frontmatter_schema import check
from checker.schema import process
from tests.rules.courses import course, places, with_schema

GOOD = """\
---
title: "Tables"
description: What a table is
order: 1
difficulty: beginner
estimatedTime: 15
topics: [tables]
---
"""

SILENT = {
    "a good lesson": GOOD,
    "other keys": GOOD.replace("order:", "image: x.png\norder:"),
    "prerequisites": GOOD.replace("order:", "prerequisites: [some Python]\norder:"),
    "no head": "# Tables\n",
    "a head that cannot be read": "---\norder: 1\ndifficulty: [\n---\n",
    "a page": "---\ntitle: 5\n---\n",
    "a page with one telling key": "---\ntitle: 5\norder: last\n---\n",
    "an empty head": "---\n---\n",
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_nothing_is_said_and_nothing_started(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "_START", "raise SystemExit('started')")
    assert list(check(course({"01.mdx": text}), Config())) == []


def test_by_default_a_course_need_not_have_every_key() -> None:
    lessons = {f"0{each}.mdx": GOOD.replace("topics: [tables]\n", "") for each in (1, 2)}
    assert list(check(course(lessons), Config())) == []
    lessons["03.mdx"] = GOOD
    reports = list(check(course(lessons), Config()))
    assert places(reports) == ["01.mdx:1:1-1:4", "02.mdx:1:1-1:4"]
    assert {each.message for each in reports} == {"topics is missing; a list is expected"}


def test_in_a_course_that_lacks_a_key_the_others_are_checked() -> None:
    text = GOOD.replace("topics: [tables]\n", "").replace("beginner", "begginer")
    [report] = check(course({"01.mdx": text, "02.mdx": text.replace("begginer", "beginner")}), Config())
    assert report.message.startswith("difficulty is 'begginer'")


def test_the_default_schema_says_all_that_is_wrong() -> None:
    text = """\
---
title: 2026-11-23
order: 0
difficulty: begginer
estimatedTime: "45 минут"
topics: []
prerequisites:
  - 5
---
"""
    reports = sorted(check(course({"01.mdx": text}), Config()), key=lambda each: each.span.start)
    assert [(place, each.message) for place, each in zip(places(reports), reports, strict=True)] == [
        ("01.mdx:1:1-1:4", "description is missing; text is expected"),
        ("01.mdx:2:8-2:18", "title is the date 2026-11-23; text is expected: put it in quotes"),
        ("01.mdx:3:8-3:9", "order is the number 0; at least 1 is expected"),
        (
            "01.mdx:4:13-4:21",
            (
                "difficulty is 'begginer'; expected one of beginner, intermediate, advanced; "
                "did you mean beginner?"
            ),
        ),
        ("01.mdx:5:16-5:26", "estimatedTime is the text '45 минут'; a number is expected (minutes)"),
        ("01.mdx:6:9-6:11", "topics has no items; at least 1 required"),
        (
            "01.mdx:8:5-8:6",
            "item 1 of prerequisites is the number 5; text is expected: put it in quotes",
        ),
    ]


def in_folder(folder: Path, schema: object) -> Config:
    (folder / "schema.json").write_text(json.dumps(schema), encoding="utf-8")
    config = with_schema("schema.json", "course/**")
    return Config(path=config.path, folder=str(folder), frontmatter=config.frontmatter)


def below(folder: Path, files: dict[str, str]) -> Course:
    return course({str(folder / "course" / path): text for path, text in files.items()})


@pytest.mark.parametrize(
    ("schema", "text", "place"),
    [
        ({"required": ["a"]}, "---\nb: 1\n---\n", "1:1-1:4"),
        ({"required": ["a"]}, '+++\nb = "1"\n+++\n', "1:1-1:4"),
        ({"additionalProperties": False}, "---\nb: 1\n---\n", "2:1-2:2"),
        ({"properties": {"b": {"type": "string"}}}, "---\nb:\n---\n", "2:1-2:2"),
        ({"properties": {"b": {"required": ["c"]}}}, "---\nb:\n  d: 1\n---\n", "2:1-2:2"),
        ({"properties": {"b": {"properties": {"d": False}}}}, "---\nb:\n  d: 1\n---\n", "3:6-3:7"),
        ({"properties": {"b": {"items": {"required": ["c"]}}}}, "---\nb:\n  - d: 1\n---\n", "3:5-3:9"),
        ({"properties": {"b": {"type": "array"}}}, "---\na: &a { b: 1 }\n<<: *a\n---\n", "2:12-2:13"),
        ({"maxProperties": 0}, "---\nb: 1\n---\n", "1:1-1:4"),
    ],
)
def test_a_violation_stands_at_its_key_or_value(
    tmp_path: Path, schema: object, text: str, place: str
) -> None:
    path = tmp_path / "course" / "01.mdx"
    reports = check(below(tmp_path, {"01.mdx": text}), in_folder(tmp_path, schema))
    assert places(reports) == [f"{path}:{place}"]


def test_a_configured_schema_judges_only_what_its_glob_means(tmp_path: Path) -> None:
    bad = GOOD.replace("beginner", "hard")
    files = course({str(tmp_path / "notes.mdx"): bad, str(tmp_path / "course" / "01.mdx"): bad})
    reports = check(files, in_folder(tmp_path, {"required": ["image"]}))
    assert places(reports) == [f"{tmp_path / 'course' / '01.mdx'}:1:1-1:4"]


def test_a_schema_that_cannot_be_used_ends_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    config = in_folder(tmp_path, {"$ref": "http://127.0.0.1:9/x"})
    with pytest.raises(ConfigError, match=r"^schema\.json: \$ref 'http://127\.0\.0\.1:9/x' leads nowhere"):
        list(check(below(tmp_path, {"01.mdx": "---\na: 1\n---\n"}), config))
