import json
import sys
from datetime import date
from importlib.util import find_spec, module_from_spec
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.errors import CheckerError
from checker.reading import yaml_nodes
from checker.reading.head import MAX_DEPTH, HeadValues
from checker.reading.yaml_nodes import MAX_ALIASES
from checker.reading.yaml_reader import read_yaml
from tests.reading.texts import covered, place_in, told


def read(text: str) -> HeadValues:
    return read_yaml(text, place_in(text))


def data(text: str) -> Any:
    values = read(text)
    assert values.problems == ()
    return values.data


def spans(text: str) -> dict[tuple[str | int, ...], tuple[str | None, str]]:
    return {
        path: (covered(text, where.key) if where.key else None, covered(text, where.value))
        for path, where in read(text).spans.items()
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", {}),
        ("# nothing\n\n", {}),
        ("null", {}),
        ("title: Урок 😀\n", {"title": "Урок 😀"}),
        ("title: 'It''s'\r\norder: 2\r\n", {"title": "It's", "order": 2}),
        ("time: 12:30\nurl: http://x.y:80/\nlang: C#\nnote: a # b\n",
         {"time": "12:30", "url": "http://x.y:80/", "lang": "C#", "note": "a"}),
        ("quoted: ['12', \"true\", 12, true]", {"quoted": ["12", "true", 12, True]}),
        ("day: 2024-05-01", {"day": date(2024, 5, 1)}),
        ("a:\n- 1\n- b: 2\n  c:\n- - 3", {"a": [1, {"b": 2, "c": None}, [3]]}),
        ("topics: [What?, Why?]\nmap: {a: 1, b}", {"topics": ["What?", "Why?"], "map": {"a": 1, "b": None}}),
        ("tab:\tx\ty\t\n", {"tab": "x\ty"}),
        ("text: |\n  a\n   b\n\nfold: >-\n  a\n  b\n", {"text": "a\n b\n", "fold": "a b"}),
        ("last: |\n  a", {"last": "a\n"}),
        ("keep: |+\n  a\n", {"keep": "a\n"}),
        # Line ends for YAML 1.1, and so for PyYAML; characters for js-yaml.
        ('a: b\u2028c\u2029d\x85e\nf: "g\u2028h"', {"a": "b\u2028c\u2029d\x85e", "f": "g\u2028h"}),
        ("a: \U000f0000\u2028", {"a": "\U000f0000\u2028"}),
        ("1: a\n1.50: b\ntrue: c\nnull: d\n[a, 1]: e\n",
         {"1": "a", "1.5": "b", "true": "c", "null": "d", "a,1": "e"}),
        ("a: {{ x }}", {"a": {"[object Object]": None}}),
        ("a: &x 1\nb: *x\nc: &x 2\nd: *x", {"a": 1, "b": 1, "c": 2, "d": 2}),
        ("base: &b {x: 1, y: 2}\nown:\n  y: 3\n  <<: *b\n  x: 4\n",
         {"base": {"x": 1, "y": 2}, "own": {"y": 3, "x": 4}}),
        ("<<: [{a: 1, b: 1}, {b: 2, c: 2}]\nc: 3\n", {"a": 1, "b": 1, "c": 3}),
        ("'<<': 1\nb: <<\n", {"<<": 1, "b": "<<"}),
        ("a: !!str 12\nb: !!int '12'\nc: ! 12\nd: !!seq [1]\ne: !!map {f: 1}\ng: !!set {h, i}\n",
         {"a": "12", "b": 12, "c": "12", "d": [1], "e": {"f": 1}, "g": {"h": None, "i": None}}),
        ("a: !!omap [x: 1, y: 2]\nb: !!pairs [x: 1, x: 2]",
         {"a": [{"x": 1}, {"y": 2}], "b": [["x", 1], ["x", 2]]}),
        ("? a\n: b\n? c\n", {"a": "b", "c": None}),
        ("a: b\n...\n", {"a": "b"}),
    ],
)  # fmt: skip
def test_data_is_what_js_yaml_makes_of_it(text: str, expected: Any) -> None:
    assert data(text) == expected


def test_every_key_and_value_has_its_span() -> None:
    text = (
        "title:   'It''s'  # a comment\r\n"
        'topics:\r\n  - Kafka\r\n  - "😀"\r\n\r\n# between\r\n'
        "deep: {list: [1, {x: 2}], empty: }\r\n"
        "text: |\r\n  a\r\n\r\n  b\r\n\r\n"
        "nothing:\r\n"
        "pairs: [a: b ]\r\n"
        "'quoted key': &anchor !!str v\r\n"
        "again: *anchor\r\n"
    )
    assert spans(text) == {
        ("title",): ("title", "'It''s'"),
        ("topics",): ("topics", '- Kafka\r\n  - "😀"'),
        ("topics", 0): (None, "Kafka"),
        ("topics", 1): (None, '"😀"'),
        ("deep",): ("deep", "{list: [1, {x: 2}], empty: }"),
        ("deep", "list"): ("list", "[1, {x: 2}]"),
        ("deep", "list", 0): (None, "1"),
        ("deep", "list", 1): (None, "{x: 2}"),
        ("deep", "list", 1, "x"): ("x", "2"),
        ("deep", "empty"): ("empty", ""),
        ("text",): ("text", "|\r\n  a\r\n\r\n  b"),
        ("nothing",): ("nothing", ""),
        ("pairs",): ("pairs", "[a: b ]"),
        ("pairs", 0): (None, "a: b"),
        ("pairs", 0, "a"): ("a", "b"),
        ("quoted key",): ("'quoted key'", "&anchor !!str v"),
        ("again",): ("again", "*anchor"),
    }


def test_an_empty_value_stands_right_after_its_colon() -> None:
    text = "a:\nb: 1\n"
    assert read(text).spans["a",].value.start == 2


def test_what_is_repeated_or_merged_points_at_where_it_is_written() -> None:
    text = "base: &b {x: [1]}\ncopy: *b\nown: {<<: *b, y: 2}\n"
    found = spans(text)
    assert found["copy",] == ("copy", "*b")
    assert found["copy", "x", 0] == (None, "1")
    assert found["own", "x"] == ("x", "[1]")
    assert read(text).spans["own", "x"] == read(text).spans["base", "x"]


@pytest.mark.parametrize(
    ("text", "expected", "places"),
    [
        ("a: 1\nb: 2\na: 3\n", {"a": 1, "b": 2}, [("duplicate-key", 3, "a")]),
        ("a: {b: 1, 'b': 2}\na: 0", {"a": {"b": 1}},
         [("duplicate-key", 2, "a"), ("duplicate-key", 1, "'b'")]),
        ("1: a\n'1': b\n", {"1": "a"}, [("duplicate-key", 2, "'1'")]),
        # The same mapping, seen again through an alias, is one defect.
        ("a: &x {b: 1, b: 2}\nc: *x\nd: {<<: *x}", {"a": {"b": 1}, "c": {"b": 1}, "d": {"b": 1}},
         [("duplicate-key", 1, "b")]),
    ],
)  # fmt: skip
def test_a_repeated_key_is_told_and_the_first_holds(text: str, expected: Any, places: Any) -> None:
    values = read(text)
    assert values.data == expected
    assert told(text, values.problems) == places
    assert values.problems[0].message.endswith("keep one of them")


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("just text", "just text", "must be `key: value` lines"),
        ("- a\n- b\n", "- a\n- b", "is a list"),
        ("a: !!python/object/apply:os.system [id]", "!!python/object/apply:os.system [id]",
         "tag not allowed: `!!python/object/apply:os.system`"),
        ("a: !important x", "!important x",
         "tag not allowed: `!important`; when it is text, put it in quotes"),
        ("a: !!binary [1]", "!!binary [1]", "tag not allowed"),
        ("a: !!seq {b: 1}", "!!seq {b: 1}", "tag not allowed"),
        ("a: !!int x", "!!int x", "cannot be read as `!!int`"),
        ("a: !!set {b: 1}", "!!set {b: 1}", "cannot be read as `!!set`"),
        ("a: !!pairs [1]", "!!pairs [1]", "cannot be read as `!!pairs`"),
        ("a: !!omap [b: 1, b: 2]", "!!omap [b: 1, b: 2]", "cannot be read as `!!omap`"),
        ("? [a, [b]]\n: 1", "[a, [b]]", "a key cannot hold a list of lists"),
        ("<<: 1\n", "1", "`<<` takes a map"),
        ("<<: [{a: 1}, b]\n", "b", "`<<` takes a map"),
        ("a: b\n--- c\n", "---", "a second YAML document begins here"),
        ("a: b\x07c", "\x07", "the invisible character U+0007"),
        ("a: \x00", "\x00", "the invisible character U+0000"),
        ("a: \ud800", "\ud800", "the invisible character U+D800"),
    ],
)  # fmt: skip
def test_what_sites_refuse_is_told_at_its_place(text: str, place: str, words: str) -> None:
    values = read(text)
    assert (values.data, values.spans) == (None, {})
    assert [(rule, shown) for rule, _, shown in told(text, values.problems)] == [
        ("frontmatter-syntax", place)
    ]
    assert words in values.problems[0].message


BOMB = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10))
# Few aliases, but each doubles what is behind it.
QUIET_BOMB = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 17))
BIG = ", ".join(f"k{n}: 1" for n in range(3000))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (BOMB, f"too many aliases: more than {MAX_ALIASES}"),
        (QUIET_BOMB, "aliases make more than 100,000 values of this"),
        (
            f"b: &b {{{BIG}}}\n" + "".join(f"m{n}: {{<<: [*b, *b]}}\n" for n in range(16)),
            "more than 100,000 values",
        ),
        ("a: &a [*a]", "is inside `&a` itself"),
        ("a: &a {b: {<<: *a}}", "is inside `&a` itself"),
        ("a: " + "[" * 100_000, f"nested more than {MAX_DEPTH} deep"),
        ("a: " + "{a: " * 100_000, f"nested more than {MAX_DEPTH} deep"),
        ("".join(" " * n + "a:\n" for n in range(200)), f"nested more than {MAX_DEPTH} deep"),
        ("- " * 20_000, f"nested more than {MAX_DEPTH} deep"),
        ("a0: &a0 " + "[" * 20 + "]" * 20 + "\nb: " + "[" * 20 + "*a0" + "]" * 20, "aliases nest the values"),
    ],
)
def test_limits_hold_before_anything_grows(text: str, words: str) -> None:
    values = read(text)
    assert values.data is None
    assert [each.rule for each in values.problems] == ["frontmatter-limits"]
    assert words in values.problems[0].message


def test_what_is_within_the_limits_is_read_without_deep_recursion() -> None:
    depth = MAX_DEPTH - 1
    text = "a: " + "[" * depth + "]" * depth
    before = sys.getrecursionlimit()
    try:
        sys.setrecursionlimit(before // 2)
        assert json.dumps(data(text))
    finally:
        sys.setrecursionlimit(before)


def test_as_many_aliases_as_allowed() -> None:
    assert data("a: &a 1\nb: [" + "*a, " * MAX_ALIASES + "]") == {"a": 1, "b": [1] * MAX_ALIASES}


def test_a_pyyaml_without_libyaml_is_the_environments_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "yaml._yaml", None)
    spec = find_spec("checker.reading.yaml_events")
    assert spec is not None
    assert spec.loader is not None
    without = module_from_spec(spec)
    spec.loader.exec_module(without)
    monkeypatch.setattr(yaml_nodes, "events", without.events)
    with pytest.raises(CheckerError, match="without libyaml"):
        read("a: 1")


PIECES = st.sampled_from(
    ["a", "b: ", "- ", "\n", "\r\n", "  ", "\t", "'", '"', "[", "]", "{", "}", ",", "# ", "&x ", "*x",
     "!!str ", "!!int ", "!!binary ", "!!timestamp ", "!!set ", "!!omap ", "|\n", ">", "?", ":", "<<: ",
     "é", "😀", "\u2028", "12", "2024-01-01", "~", "\\", "%", "@", "---\n", "...\n"]
)  # fmt: skip


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=40).map("".join) | st.text())
def test_any_text_gives_data_or_one_refusal(text: str) -> None:
    values = read(text)
    if values.data is None:
        assert [each.rule for each in values.problems if each.rule != "duplicate-key"]
        assert values.spans == {}
    for each in values.problems:
        assert 0 <= each.span.start <= each.span.end <= len(text)


WORDS = st.text(
    st.characters(blacklist_categories=["C", "Z"], blacklist_characters="\x85\u2028\u2029"), min_size=1
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=12,
)


@settings(max_examples=200)
@given(st.dictionaries(WORDS, VALUES, min_size=1, max_size=4))
def test_json_is_read_as_json_and_its_spans_cut_it_up(document: dict[str, Any]) -> None:
    text = json.dumps(document, ensure_ascii=False)
    values = read(text)
    assert values.problems == ()
    assert values.data == document
    for path, where in values.spans.items():
        value: Any = document
        for step in path:
            value = value[step]
        assert json.loads(covered(text, where.value)) == value
        if isinstance(path[-1], str):
            assert where.key
            assert json.loads(covered(text, where.key)) == path[-1]


@pytest.mark.parametrize("line", ["\t", " \t ", "\t# a comment", "\t\r"])
def test_a_tab_before_nothing_is_no_indent(line: str) -> None:
    head = read(f"a: 1\n{line}\nb:\n  - 2\n")
    assert (head.data, head.problems) == ({"a": 1, "b": [2]}, ())


def test_a_tab_before_a_key_is_one() -> None:
    head = read("a:\n\t\n\tb: 1\n")
    assert head.data is None
    assert [each.rule for each in head.problems] == ["frontmatter-syntax"]
