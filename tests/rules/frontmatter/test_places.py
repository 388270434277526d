"""Where keys and values of the frontmatter stand."""

from checker.model import Span
from checker.reading.lesson import parse_lesson
from checker.rules.frontmatter.places import Path, key_span, opening_span, value_span

TEXT = '---\ntitle: "Tables"\nauthor:\n  name: A. U. Thor\ntopics: [a, b]\nempty:\n---\n'
LESSON = parse_lesson("01.mdx", TEXT)


def covered(span: Span) -> str:
    return TEXT[span.start : span.end]


def test_values_stand_where_they_are_written() -> None:
    found: dict[Path, str] = {
        ("title",): '"Tables"',
        ("author", "name"): "A. U. Thor",
        ("topics", 1): "b",
        ("empty",): "empty",
    }
    assert {path: covered(value_span(LESSON, path)) for path in found} == found


def test_what_has_no_place_stands_where_the_nearest_around_it_does() -> None:
    assert covered(value_span(LESSON, ("topics", 7))) == "[a, b]"
    assert covered(value_span(LESSON, ("author", "name", "first"))) == "A. U. Thor"
    assert covered(value_span(LESSON, ("nothing",))) == "---"
    assert covered(value_span(LESSON, ())) == "---"


def test_a_missing_key_stands_at_the_key_around_it_or_at_the_opening() -> None:
    assert covered(key_span(LESSON, ("author",), "name")) == "name"
    assert covered(key_span(LESSON, ("author",), "email")) == "author"
    assert covered(key_span(LESSON, ("topics", 0), "name")) == "a"
    assert covered(key_span(LESSON, (), "order")) == "---"


def test_without_frontmatter_everything_stands_at_the_beginning() -> None:
    bare = parse_lesson("01.mdx", "# Tables\n")
    assert opening_span(bare) == value_span(bare, ("title",)) == key_span(bare, (), "title")
    assert opening_span(bare) == Span("01.mdx", 1, 1, 1, 1, 0, 0)
