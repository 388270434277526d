"""markdown-it's entities are made when a lesson has one."""

import sys
from html.entities import html5

import markdown_it.common
import pytest

from checker.reading.lesson import parse_lesson
from checker.reading.links.reading import read_page
from checker.reading.parser import LateEntities, parser_in_parts

NAME = "markdown_it.common.entities"


@pytest.fixture
def entities(monkeypatch: pytest.MonkeyPatch) -> LateEntities:
    """Those of a parser that nobody has asked yet."""
    monkeypatch.setattr(markdown_it.common, "entities", sys.modules[NAME], raising=False)
    monkeypatch.delitem(sys.modules, NAME)
    parser_in_parts()
    late: LateEntities = sys.modules[NAME].entities
    assert isinstance(late, LateEntities)
    return late


def test_they_are_what_html_has(entities: LateEntities) -> None:
    assert "nbsp" in entities
    assert "none-such" not in entities
    assert entities["amp"] == "&"
    assert dict(entities) == {name.rstrip(";"): text for name, text in html5.items()}
    assert len(entities) == len({name.rstrip(";") for name in html5})


def test_links_and_headings_have_them() -> None:
    page = read_page(parse_lesson("a.mdx", "# A &amp; B\n\n[x](/a&copy;b)\n"))
    assert [each.url for each in page.links] == ["/a©b"]
    assert "a--b" in page.ids
