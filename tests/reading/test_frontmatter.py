import pytest

from checker.reading.document import Head
from checker.reading.frontmatter import MAX_CHARACTERS, read_frontmatter
from tests.reading.texts import covered, place_in, told


def head_of(text: str) -> Head:
    """The head of a text that begins with three-character fences on lines of their own."""
    start = text.index("\n") + 1
    end = text.index(f"\n{text[:3]}", start - 1)
    return Head("yaml" if text.startswith("---") else "toml", 0, end + 4, start, max(start, end))


@pytest.mark.parametrize(
    ("text", "kind", "data"),
    [
        ("---\ntitle: x\n---\nbody: y\n", "yaml", {"title": "x"}),
        ("+++\ntitle = 'x'\n+++\n", "toml", {"title": "x"}),
        ("---\n---\n", "yaml", {}),
        ("+++\n+++\n", "toml", {}),
    ],
)
def test_the_head_is_read_by_its_kind(text: str, kind: str, data: dict[str, str]) -> None:
    frontmatter, problems = read_frontmatter(text, head_of(text), place_in(text))
    assert (frontmatter.kind, frontmatter.data, problems) == (kind, data, ())


def test_spans_count_from_the_lessons_beginning() -> None:
    text = "--- \r\n# 😀\r\ntitle: 'x'\r\n---\r\n"
    frontmatter, _ = read_frontmatter(text, head_of(text), place_in(text))
    where = frontmatter.spans["title",]
    assert where.key
    assert (covered(text, where.key), covered(text, where.value)) == ("title", "'x'")
    assert (where.value.line, where.value.column, where.value.end_column) == (3, 8, 11)
    assert frontmatter.span.line == 1
    assert frontmatter.span.end_line == 4


def test_problems_count_from_the_lessons_beginning() -> None:
    text = "---\ntitle: a: b\n---\n"
    frontmatter, problems = read_frontmatter(text, head_of(text), place_in(text))
    assert (frontmatter.data, frontmatter.spans) == (None, {})
    assert told(text, problems) == [("frontmatter-syntax", 2, ":")]


@pytest.mark.parametrize(("fence", "line"), [("---", "a: 1\n"), ("+++", "a = 1\n")])
def test_a_head_that_is_too_large_is_not_parsed(fence: str, line: str) -> None:
    text = f"{fence}\n{line * MAX_CHARACTERS}{fence}\n"
    frontmatter, problems = read_frontmatter(text, head_of(text), place_in(text))
    assert frontmatter.data is None
    assert told(text, problems) == [("frontmatter-limits", 1, fence)]
    assert "over 64 KiB" in problems[0].message
