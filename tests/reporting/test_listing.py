import json
from typing import Any

import pytest
from msgspec.structs import replace

from checker.model import CourseResult, Frontmatter, LessonResult, Problem
from checker.reporting.formats import render_listing
from checker.reporting.listing import list_lessons
from checker.reporting.look import Look
from tests.reporting.courses import lesson, mixed, plans, result, unrun

PLAIN = Look()


def json_lines(course: CourseResult) -> list[dict[str, Any]]:
    text = render_listing("json-lines", list_lessons(course), Look())
    return [json.loads(line) for line in text.splitlines()]


def table(course: CourseResult, look: Look = PLAIN) -> list[str]:
    return render_listing("full", list_lessons(course), look).splitlines()


def test_no_lessons() -> None:
    assert json_lines(result()) == []
    assert table(result()) == ["0 lessons, 0 blocks, 0 of them would run"]


def test_a_lesson_without_blocks() -> None:
    course = result(unrun(lesson("a.mdx", "# Text\n")))
    assert json_lines(course) == [
        {"path": "a.mdx", "ok": True, "error": None, "frontmatter": None, "blocks": []}
    ]
    assert table(course) == ["a.mdx", "   no blocks", "", "1 lesson, 0 blocks, 0 of them would run"]


def test_the_contract() -> None:
    (row,) = json_lines(result(unrun(mixed())))
    assert row["blocks"][0] == {
        "lang": "python",
        "meta": None,
        "value": "total = 1\nprint(total)",
        "start_line": 3,
        "end_line": 6,
        "parents": ["Tabs"],
        "class": "runnable",
        "runs": True,
        "reason": "",
    }
    assert [(each["lang"], each["class"], each["runs"], each["reason"]) for each in row["blocks"][1:]] == [
        ("sql", "other-language", False, "sql is not Python"),
        ("python", "runnable", True, ""),
        (None, "not-code", False, "the fence names no language"),
    ]


def test_meta_and_frontmatter() -> None:
    where = lesson("a.mdx", '---\ntitle: x\n---\n\n```python title="a"\nx\n```\n')
    head = Frontmatter("yaml", {}, where.span(0, 16), {})
    where = replace(where, frontmatter=head)
    (row,) = json_lines(result(LessonResult(where, plans(where), (), ())))
    assert row["frontmatter"] == {"start_line": 1, "end_line": 3}
    assert row["blocks"][0]["meta"] == 'title="a"'


@pytest.mark.parametrize("rule", ["frontmatter-syntax", "unclosed-fence", "unknown-directive"])
def test_what_the_official_parser_accepts_is_ok(rule: str) -> None:
    where = lesson("a.mdx", "x", (Problem(rule, "a message", lesson("a.mdx", "x").span(0, 1)),))
    (row,) = json_lines(result(unrun(where)))
    assert (row["ok"], row["error"]) == (True, None)


@pytest.mark.parametrize("rule", ["mdx-syntax", "not-text", "file-too-large", "unreadable-file"])
def test_the_first_thing_that_it_refuses_is_the_error(rule: str) -> None:
    bare = mixed()
    problems = (Problem(rule, "later", bare.span(30, 31)), Problem(rule, "first", bare.span(12, 13)))
    course = result(unrun(lesson("a.mdx", bare.text, problems)))
    (row,) = json_lines(course)
    assert row["ok"] is False
    assert row["error"] == {"line": 3, "column": 3, "message": "first"}
    assert len(row["blocks"]) == 4
    assert table(course)[1] == "    3  first"


def test_the_table() -> None:
    assert table(result(unrun(mixed()))) == [
        "en/totals.mdx",
        "    3  python          runnable          runs",
        "    8  sql             other-language    -     sql is not Python",
        "   12  python          runnable          runs",
        "   16  -               not-code          -     the fence names no language",
        "",
        "1 lesson, 4 blocks, 2 of them would run",
    ]


def test_wide_and_long_languages_keep_the_columns() -> None:
    where = mixed()
    blocks = [replace(where.blocks[0], lang=lang) for lang in ("日本", "a-very-long-language")]
    rows = [
        table(result(LessonResult(replace(where, blocks=(block,)), plans(where), (), ())))[1]
        for block in blocks
    ]
    assert rows == [
        "    3  日本            runnable          runs",
        "    3  a-very-long-language runnable          runs",
    ]


HOSTILE = "\x1b[31m\u202e\x9b\udcff.mdx\n::error::"


def test_hostile_text_stays_on_its_line_and_is_said_exactly() -> None:
    where = lesson(HOSTILE, "```python\nx\n```\n")
    where = replace(where, blocks=(replace(where.blocks[0], lang="\x1b[31m", code="\u202e\x1b[2J"),))
    course = result(LessonResult(where, plans(mixed())[:1], (), ()))
    (line,) = render_listing("json-lines", list_lessons(course), Look()).splitlines()
    assert not set(line) & set("\x1b\u202e\x9b")
    assert json.loads(line)["blocks"][0]["value"] == "\u202e\x1b[2J"
    assert json.loads(line)["blocks"][0]["lang"] == "\x1b[31m"
    assert json.loads(line)["path"] == HOSTILE.replace("\udcff", r"\xff")
    assert table(course)[:2] == [
        r"\x1b[31m\u202e\x9b\xff.mdx\n::error::",
        r"    1  \x1b[31m        runnable          runs",
    ]


def test_the_table_has_colours_when_they_are_wanted() -> None:
    assert "\x1b[32m" in "".join(table(result(unrun(mixed())), Look(color=True)))
