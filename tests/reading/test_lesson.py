import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.model import Lesson
from checker.reading.lesson import parse_lesson, read_lesson
from tests.reading.texts import covered, told

LESSON = """---
title: Урок 😀
order: 1
---

# Frames

Prints `1`:

{/* check: timeout=5s */}
```python title="a.py"
x = 1
print(x)
```

- a list
  ```sql
  SELECT 1
  ```
"""


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_a_healthy_lesson(ends: str) -> None:
    text = LESSON.replace("\n", ends)
    lesson = parse_lesson("a/lesson.mdx", text)
    assert lesson.path == "a/lesson.mdx"
    assert lesson.text == text
    assert lesson.problems == ()
    assert lesson.frontmatter
    assert lesson.frontmatter.data == {"title": "Урок 😀", "order": 1}
    assert [(block.index, block.lang, block.meta, block.code, block.closed) for block in lesson.blocks] == [
        (0, "python", 'title="a.py"', "x = 1\nprint(x)", True),
        (1, "sql", None, "SELECT 1", True),
    ]
    assert [(block.span.line, block.span.end_line, block.parents) for block in lesson.blocks] == [
        (11, 14, ()),
        (17, 19, ("list", "listItem")),
    ]
    assert [(each.level, text[each.start : each.end]) for each in lesson.prose] == [
        (1, "Frames"),
        (0, "Prints `1`:"),
        (0, "a list"),
    ]
    assert [each.word for each in lesson.blocks[0].directives] == ["timeout"]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_a_place_in_the_code_is_a_place_in_the_file(ends: str) -> None:
    text = LESSON.replace("\n", ends)
    lesson = parse_lesson("lesson.mdx", text)
    python, sql = lesson.blocks
    assert covered(text, lesson.code_span(python, 2, 6, 2, 7)) == "x"
    assert lesson.code_span(python, 2, 6, 2, 7).line == 13
    assert covered(text, lesson.code_span(sql, 1, 0, 1, 6)) == "SELECT"
    assert lesson.code_span(sql, 1, 0, 1, 6).column == 3


@pytest.mark.parametrize(
    "text", ["", "\n", "   ", "# Title\n", "---\ntitle: x\n---\n", "Text without blocks.\n"]
)
def test_lessons_without_blocks_are_lessons(text: str) -> None:
    lesson = parse_lesson("lesson.mdx", text)
    assert (lesson.blocks, lesson.problems) == ((), ())


@pytest.mark.parametrize(
    "text",
    [
        "\n---\ntitle: x\n---\n",
        "Text.\n\n---\n\nMore text.\n",
        "----\ntitle\n----\n",
    ],
)
def test_what_is_no_frontmatter(text: str) -> None:
    lesson = parse_lesson("lesson.md", text)
    assert (lesson.frontmatter, lesson.problems) == (None, ())


@pytest.mark.parametrize(("path", "comments"), [("a.mdx", 0), ("a.md", 1), ("a.MD", 1), ("a.txt", 0)])
def test_the_name_says_which_language_it_is(path: str, comments: int) -> None:
    """Only Markdown has HTML comments, and so directives in them."""
    lesson = parse_lesson(path, "<!-- check: run -->\n```python\nx\n```\n")
    assert len([each for block in lesson.blocks for each in block.directives]) == comments


def test_problems_come_in_the_order_of_the_file() -> None:
    text = "---\ntitle: a: b\n---\n\n{/* check: skp */}\n```python check:rn\nx\n```\n\n```python\n"
    lesson = parse_lesson("lesson.mdx", text)
    assert told(text, lesson.problems)[:3] == [
        ("frontmatter-syntax", 2, ":"),
        ("unknown-directive", 5, "skp"),
        ("unknown-directive", 6, "rn"),
    ]
    assert lesson.problems[3].rule == "unclosed-fence"
    assert lesson.frontmatter
    assert lesson.frontmatter.data is None


def test_frontmatter_that_never_ends_is_told_and_the_body_is_kept() -> None:
    lesson = parse_lesson("lesson.mdx", "---\ntitle: x\n\n```python\nx\n```\n")
    assert [(each.rule, each.span.line) for each in lesson.problems] == [("frontmatter-syntax", 1)]
    assert len(lesson.blocks) == 1


def test_a_file_is_read_and_parsed(tmp_path: Path) -> None:
    path = tmp_path / "lesson.mdx"
    path.write_bytes(b"\xef\xbb\xbf" + LESSON.replace("\n", "\r\n").encode())
    lesson = read_lesson(str(path))
    assert lesson == parse_lesson(str(path), LESSON.replace("\n", "\r\n"))
    assert lesson.blocks[0].span.line == 11


def unreadable(tmp_path: Path, name: str) -> str:
    path = tmp_path / "course" / f"{name}.mdx"
    path.parent.mkdir()
    if name == "binary":
        path.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    elif name == "pointer":
        path.write_text("version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 1\n")
    elif name == "fifo":
        os.mkfifo(path)
    elif name == "huge":
        path.touch()
        os.truncate(path, 1 << 30)
    elif name == "outside":
        (tmp_path / "secret").write_text("password")
        path.symlink_to("../secret")
    elif name == "broken":
        path.symlink_to("missing")
    return str(path)


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("binary", "not-text"),
        ("pointer", "not-text"),
        ("huge", "file-too-large"),
        ("fifo", "unreadable-file"),
        ("outside", "unreadable-file"),
        ("broken", "unreadable-file"),
        ("vanished", "unreadable-file"),
    ],
)
def test_a_file_that_cannot_be_read_is_an_empty_lesson_that_says_why(
    tmp_path: Path, name: str, rule: str
) -> None:
    path = unreadable(tmp_path, name)
    lesson = read_lesson(path)
    ((problem),) = lesson.problems
    assert lesson == Lesson(path, "", (0,), None, (), (), (), (problem,))
    assert (problem.rule, problem.span.path, problem.span.line) == (rule, path, 1)
    assert "password" not in problem.message


def test_the_root_may_be_given(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b.mdx").write_text("# Title\n")
    (tmp_path / "a" / "link.mdx").symlink_to("../b.mdx")
    assert [each.rule for each in read_lesson(f"{tmp_path}/a/link.mdx").problems] == ["unreadable-file"]
    assert read_lesson(f"{tmp_path}/a/link.mdx", str(tmp_path)).problems == ()


def test_a_file_of_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("lesson.mdx").write_text("# Title\n")
    assert read_lesson("lesson.mdx").text == "# Title\n"


PIECES = st.sampled_from(
    ["---", "+++", "\n", "\r\n", "\r", "title: x", "a: [", "# ", "```", "python", "{/* check: run */}",
     "{", "}", "<Tab>", "</Tab>", "> ", "- ", "  ", "\t", "text", "😀", "\u2028", "\x00",
     "\ufeff", "`", "=", "'"]
)  # fmt: skip


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=40).map("".join) | st.text(), st.sampled_from(["a.mdx", "a.md"]))
def test_any_text_is_a_lesson(text: str, path: str) -> None:
    lesson = parse_lesson(path, text)
    spans = [block.span for block in lesson.blocks] + [each.span for each in lesson.problems]
    spans += [lesson.span(each.start, each.end) for each in lesson.prose]
    for span in spans:
        assert 0 <= span.start <= span.end <= len(text)
        assert span.path == path
    assert [each.span.start for each in lesson.problems] == sorted(
        each.span.start for each in lesson.problems
    )


def test_what_the_site_s_parser_stops_at_need_not_come_first() -> None:
    lesson = parse_lesson("a.mdx", "Tea <b> and\n\n{ 1 + }\n")
    assert [each.span.line for each in lesson.problems] == [1, 3]
    assert lesson.refusal is not None
    assert lesson.refusal.span.line == 3
    assert lesson.refusal in lesson.problems
