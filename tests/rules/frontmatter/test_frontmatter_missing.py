"""Lessons without frontmatter: which of them should have one."""

from pathlib import Path

import pytest

from checker.config import Config
from checker.rules.frontmatter.frontmatter_missing import check
from tests.rules.courses import course, places, with_schema

HEAD = "---\ntitle: Tables\norder: 1\ndifficulty: beginner\n---\n"
PLAIN = "---\ntitle: Tables\n---\n"

SILENT = {
    "a lesson alone": {"01.mdx": "# Tables\n"},
    "an empty file": {"01.mdx": ""},
    "blank lines only": {"01.mdx": "\n\n\r\n"},
    "no lesson has one": {"01.mdx": "# Tables\n", "02.mdx": "# Columns\n"},
    "all have one": {"01.mdx": HEAD, "02.mdx": HEAD},
    "beside pages of another kind": {"01.mdx": PLAIN, "02.mdx": PLAIN, "03.mdx": "# Tables\n"},
    "beside as many without": {"01.mdx": HEAD, "02.mdx": "# A\n", "03.mdx": "# B\n"},
    "in another folder": {"a/01.mdx": HEAD, "a/02.mdx": HEAD, "notes.mdx": "# Notes\n"},
    "a rule below a comment": {"01.mdx": "{/* a */}\n---\nSome words.\n---\n"},
    "rules of more dashes": {"01.mdx": "----\nSome words: these\n\n----\n"},
    "a rule below text": {"01.mdx": "Words\n\n---\ntitle: a\n---\n"},
    "a rule below blank lines": {"01.mdx": "\n---\nSome words.\n---\n"},
    "a rule below blank lines, and a heading": {"01.mdx": "\n\n---\n\ntitle: Tables\n\n---\n"},
    "a rule that nothing ends": {"01.mdx": "\n---\ntitle: Tables\n"},
    "a head that is never closed": {"01.mdx": HEAD, "02.mdx": "---\ntitle: Columns\n# Columns\n"},
    "a head that is no YAML": {"01.mdx": HEAD, "02.mdx": "---\ntitle: [\n---\n"},
    "a head of the other kind": {"01.mdx": HEAD, "02.mdx": '+++\ntitle = "Columns"\n+++\n'},
}


@pytest.mark.parametrize("files", SILENT.values(), ids=SILENT.keys())
def test_nothing_is_said(files: dict[str, str]) -> None:
    assert list(check(course(files), Config())) == []


def test_most_lessons_of_the_folder_have_one() -> None:
    reports = list(check(course({"a/01.mdx": HEAD, "a/02.mdx": HEAD, "a/03.mdx": "# Joins\n"}), Config()))
    assert places(reports) == ["a/03.mdx:1:1-1:1"]
    assert reports[0].severity == "warning"
    assert "schema" in reports[0].message


@pytest.mark.parametrize("text", ["", "# Tables\n", "\n\n---\nnot a head\n"])
def test_a_schema_wants_one(text: str) -> None:
    reports = list(check(course({"a/01.mdx": text}), with_schema("any.json", "a/**")))
    assert places(reports) == ["a/01.mdx:1:1-1:1"]
    assert reports[0].severity is None


@pytest.mark.parametrize("path", ["a/_note.mdx", "a/_parts/note.mdx", "a/snippets/note.mdx"])
def test_parts_of_pages_need_none(path: str) -> None:
    assert list(check(course({path: "Some words.\n"}), with_schema("any.json", "a/**"))) == []
    assert list(check(course({"a/_x/y/note.mdx": "Words.\n"}), with_schema("any.json", "a/**"))) != []


def test_a_schema_for_other_lessons_wants_none() -> None:
    files = {"a/01.mdx": "# Tables\n", "a/02.mdx": HEAD}
    assert list(check(course(files), with_schema("any.json", "b/**"))) == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("\n---\ntitle: Tables\n---\n", "01.mdx:2:1-2:4"),
        ("\n \t\n---  \ntitle: Tables\norder: 1\n---", "01.mdx:3:1-3:4"),
        ("\r\n\r\n---\r\ntitle:\r\n---\r\n# Tables\r\n", "01.mdx:3:1-3:4"),
        ('\n+++\ntitle = "Tables"\n+++\n', "01.mdx:2:1-2:4"),
    ],
)
@pytest.mark.parametrize("config", [Config(), with_schema("any.json")])
def test_it_begins_too_late(text: str, place: str, config: Config) -> None:
    reports = list(check(course({"01.mdx": text}), config))
    assert places(reports) == [place]
    assert "delete the blank lines" in reports[0].message


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        (
            "{/* a * b */}\n---\ntitle: Tables\n---\n",
            "01.mdx:2:1-2:4",
            "move this text below the frontmatter",
        ),
        (
            "<!-- a\nb -->\n\n---\ntitle: Tables\n---\n",
            "01.mdx:4:1-4:4",
            "move this text below the frontmatter",
        ),
        (
            "import A from 'a'\n\n---\ntitle: Tables\n---\n",
            "01.mdx:3:1-3:4",
            "move this text below the frontmatter",
        ),
        ("----\ntitle: Tables\n----\n", "01.mdx:1:1-1:5", "not with `----`"),
        (" ---\ntitle: Tables\n ---\n\n# A\n", "01.mdx:1:1-1:5", "not with ` ---`"),
        ("—\r\ntitle: Tables\r\norder: 1\r\n—\r\n", "01.mdx:1:1-1:2", "not with `—`"),
    ],
)
@pytest.mark.parametrize("config", [Config(), with_schema("any.json")])
def test_it_is_nearly_frontmatter(text: str, place: str, words: str, config: Config) -> None:
    reports = list(check(course({"01.mdx": text}), config))
    assert places(reports) == [place]
    assert words in reports[0].message


def test_many_blank_lines_do_not_take_long() -> None:
    assert list(check(course({"01.mdx": "import a\n" * 50_000 + "{/*" * 50_000}), Config())) == []
    assert list(check(course({"01.mdx": "\r\n" * 200_000 + "---"}), Config())) == []


@pytest.mark.parametrize(
    ("schema", "number"),
    [
        ('{"type": "object", "properties": {"title": {"type": "string"}}}', 0),
        ("{}", 0),
        ('{"required": ["title"]}', 1),
        ('{"$ref": "#/$defs/a", "$defs": {"a": {"required": ["title"]}}}', 1),
        ('{"type": "array"}', 1),
        ('{"minProperties": 1}', 1),
        ("[]", 1),
        ("{", 1),
        ("[" * 100_000, 1),
    ],
)
def test_a_schema_that_asks_for_nothing_wants_none(
    schema: str, number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("any.json").write_text(schema, encoding="utf-8")
    files = {"a/01.mdx": "# Tables\n", "a/02.mdx": "# Columns\n"}
    assert len(list(check(course(files), with_schema("any.json", "a/**")))) == 2 * number
