import pytest
from msgspec.structs import replace

from checker.model import Frontmatter, Lesson, Prose
from checker.reporting.title import title
from tests.reporting.courses import lesson


def titled(data: dict[str, object] | None, *headings: tuple[int, str]) -> Lesson:
    where = lesson("a.mdx", "text")
    span = where.span(0, 4)
    prose = tuple(Prose(level, text, 0, 4) for level, text in headings)
    return replace(where, frontmatter=Frontmatter("yaml", data, span, {}), prose=prose)


@pytest.mark.parametrize(
    ("where", "name"),
    [
        (lesson("a.mdx", "text"), None),
        (titled(None), None),
        (titled({"title": "In the head"}, (1, "# In the text")), "In the head"),
        (titled({"title": " "}, (0, "A paragraph"), (2, "## In the text ##")), "In the text"),
        (titled({"title": 12}, (1, "Under\n====")), "Under"),
        (titled({"title": "two\n lines"}), "two lines"),
        (titled({}, (1, "# C#")), "C#"),
        (titled({"title": "x" * 1000}), "x" * 300),
    ],
)
def test_titles(where: Lesson, name: str | None) -> None:
    assert title(where) == name
