import tomllib
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.reading.head import MAX_DEPTH, HeadValues
from checker.reading.toml_reader import read_toml
from tests.reading.texts import covered, place_in, told


def read(text: str) -> HeadValues:
    return read_toml(text, place_in(text))


DOCUMENT = '''
title = "Kafka: #1" # a comment\r
'quoted key' = 'C:\\dir'
a.b."c d" = 1
day = 2024-05-01
moment = 2024-05-01 10:20:30
list = [1, "a]", # in between
  [2,], {x = 1, 'y' = ["z"]}, ]
long = """
a "b" ""c"""""
raw = \'\'\'it\'s\'\'\'
"\\u0041" = .5
'''.replace(".5", "0.5")


def test_data_is_tomllibs() -> None:
    data = read(DOCUMENT).data
    assert data == tomllib.loads(DOCUMENT)
    assert data
    assert data["day"] == date(2024, 5, 1)
    assert data["moment"] == datetime(2024, 5, 1, 10, 20, 30)  # noqa: DTZ001 - TOML's local date-time has no zone


def test_every_key_and_value_has_its_span() -> None:
    found = {
        path: (covered(DOCUMENT, where.key) if where.key else None, covered(DOCUMENT, where.value))
        for path, where in read(DOCUMENT).spans.items()
    }
    assert found == {
        ("title",): ("title", '"Kafka: #1"'),
        ("quoted key",): ("'quoted key'", "'C:\\dir'"),
        ("a",): ("a", "1"),
        ("a", "b"): ("b", "1"),
        ("a", "b", "c d"): ('"c d"', "1"),
        ("day",): ("day", "2024-05-01"),
        ("moment",): ("moment", "2024-05-01 10:20:30"),
        ("list",): ("list", '[1, "a]", # in between\n  [2,], {x = 1, \'y\' = ["z"]}, ]'),
        ("list", 0): (None, "1"),
        ("list", 1): (None, '"a]"'),
        ("list", 2): (None, "[2,]"),
        ("list", 2, 0): (None, "2"),
        ("list", 3): (None, "{x = 1, 'y' = [\"z\"]}"),
        ("list", 3, "x"): ("x", "1"),
        ("list", 3, "y"): ("'y'", '["z"]'),
        ("list", 3, "y", 0): (None, '"z"'),
        ("long",): ("long", '"""\na "b" ""c"""""'),
        ("raw",): ("raw", "'''it's'''"),
        ("A",): ('"\\u0041"', "0.5"),
    }


def test_tables_stand_where_their_header_is() -> None:
    text = "[a.b]\nc = 1\n[a.d]\n[[e]]\nf = 1\n[[e]]\n[e.g]\nh = 1\n[[e.i]]\n"
    found = {path: (where.value.line, covered(text, where.value)) for path, where in read(text).spans.items()}
    assert found == {
        ("a",): (1, "[a.b]"),
        ("a", "b"): (1, "[a.b]"),
        ("a", "b", "c"): (2, "1"),
        ("a", "d"): (3, "[a.d]"),
        ("e",): (4, "[[e]]"),
        ("e", 0): (4, "[[e]]"),
        ("e", 0, "f"): (5, "1"),
        ("e", 1): (6, "[[e]]"),
        ("e", 1, "g"): (7, "[e.g]"),
        ("e", 1, "g", "h"): (8, "1"),
        ("e", 1, "i"): (9, "[[e.i]]"),
        ("e", 1, "i", 0): (9, "[[e.i]]"),
    }


@pytest.mark.parametrize("text", ["", "\n", "# only a comment", "a = 1", "a = []\nb = {}"])
def test_small_documents(text: str) -> None:
    values = read(text)
    assert (values.data, values.problems) == (tomllib.loads(text), ())
    assert len(values.spans) == len(values.data or {})


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("a = 1\nb = 2\na = 3\n", [(3, "a")]),
        ("a = {b = 1, b = 2}", [(1, "b")]),
        ("a.b = 1\n[a]\nb = 2", [(3, "b")]),
        ("[a]\n[a]\n", [(2, "a")]),
    ],
)
def test_a_repeated_key_is_told(text: str, places: Any) -> None:
    values = read(text)
    assert values.data is None
    assert told(text, values.problems) == [("duplicate-key", *place) for place in places]


@pytest.mark.parametrize(
    ("text", "line", "place", "words"),
    [
        ("title: Kafka", 1, ":", "Expected '=' after a key"),
        ("a = 1\r\nb = \r\n", 2, "\r", "Invalid value"),
        ("a = 1\nb = [1,\n", 3, "", "Invalid value"),
        ('a = "open\n', 1, "\n", "not TOML"),
        ("a = 1 b = 2", 1, "b", "Expected newline"),
        ("a = [1 2]", 1, "2", "Unclosed array"),
        ("a = {b = 1 c = 2}", 1, "c", "Unclosed inline table"),
        ("a = yes", 1, "y", "Invalid value"),
        ('"\\q" = 1', 1, '"', "Unescaped"),
        ("[a", 1, "", "Expected ']'"),
        ("= 1", 1, "=", "Invalid"),
        ("a = " + "9" * 5000, 1, "a = " + "9" * 5000, "too many digits"),
    ],
)
def test_mistakes_are_told_at_their_place(text: str, line: int, place: str, words: str) -> None:
    values = read(text)
    assert (values.data, values.spans) == (None, {})
    assert told(text, values.problems) == [("frontmatter-syntax", line, place)]
    assert words in values.problems[0].message


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 100_000,
        "a = " + "{a = " * 100_000,
        ".".join("a" * 30_000) + " = 1",
        f"[{'.'.join('a' * 30_000)}]",
    ],
)
def test_limits_hold_before_tomllib_sees_the_text(text: str) -> None:
    values = read(text)
    assert values.data is None
    assert [each.rule for each in values.problems] == ["frontmatter-limits"]
    assert f"more than {MAX_DEPTH} deep" in values.problems[0].message


PIECES = st.sampled_from(
    ["a", "b", " = ", "1", "\n", "\r\n", '"', "'", '"""', "'''", "[", "]", "[[", "]]", "{", "}",
     ",", ".", "# ", "\\", "é"]
)  # fmt: skip


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=30).map("".join) | st.text())
def test_any_text_is_read_as_tomllib_reads_it(text: str) -> None:
    values = read(text)
    try:
        expected: Any = tomllib.loads(text)
    except ValueError:
        expected = None
    assert values.data == expected
    assert bool(values.problems) == (expected is None)
    assert set(values.spans) == set(paths(expected or {}))
    for each in values.problems:
        assert 0 <= each.span.start <= each.span.end <= len(text)


def paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return ([path] if path else []) + [found for key, each in inner for found in paths(each, (*path, key))]
