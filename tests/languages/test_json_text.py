"""JSON as lessons write it."""

import pytest

from checker.languages.json_text import parse


def said(text: str, *, trailing_commas: bool = False) -> list[str]:
    return [
        f"{text[each.start : each.end]}: {each.message}"
        for each in parse(text, trailing_commas=trailing_commas)
    ]


@pytest.mark.parametrize(
    "text",
    [
        '{"a": [1, 2.5e3, -1, true, false, null, "x"]}',
        "",
        "// nothing yet",
        '// one\n{"a": 1} // two\n# three\n/* four */',
        '{"a": 1}\n{"a": 2}\n\n[3]',
        '{"id": 5}\t{"id": 6}',
        '"a": 1',
        '"a": 1,\n"b": {"c": [1]},',
        '// one\n"a": 1\n// other\n"a": 2',
        "...",
        '{"a": ___, "b": [____, 1]}',
        '{\n  "a": 1,\n  ...\n}',
        '{\n  ...\n  "a": 1\n}',
        '{\n  ...,\n  "a": {...},\n  "b": [...],\n  "c": [1, 2, … 7 more]\n}',
        '{"a": 1, ... other settings ...}',
        "[...]",
        '{\n  "a": 1,\n  ...',
        '{"a": <number>, "b": {{ value }}, "c": ${c}, <key>: 1, "d": YOUR_ID}',
        '{"a": "${c}", "b": "<b>"}',
        '{"a": ???, "b": [1, ???]}',
        '{% if x %}{"a": 1}{% endif %}',
        '{"sql": "CREATE TABLE t (\n  id int\n)"}',
        r'{"path": "C:\\users\\x", "u": "\u00e9\n"}',
        '"a": ["b"], ...',
        '{\n  "a": 1,\n  // "b": 2\n}',
        '{\n  "op": "c",   ← a row is new\n  "ts_ms": 1   <-- in milliseconds\n}',
        "[\n  1,\n  # 2,\n  # 3\n]",
        '{"a": $A, "b": [$B, "$C"]}',
    ],
)
def test_it_is_how_lessons_write(text: str) -> None:
    assert said(text) == []


def test_a_comma_too_many_is_allowed_where_comments_are() -> None:
    assert said('{"a": [1, 2,],}', trailing_commas=True) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a": 1,}', ",: JSON allows no comma after the last item: delete it"),
        ('{"a": 1, // one\n}', ",: JSON allows no comma after the last item: delete it"),
        ("[1, 2,\n]", ",: JSON allows no comma after the last item: delete it"),
        ('{"a": 1 "b": 2}', '"b": a comma is missing before this'),
        ("[1 2]", "2: a comma is missing before this"),
        ("[1 x]", "x: a comma is missing before this"),
        ("[[1] [2]]", "[: a comma is missing before this"),
        ('{"a" 1}', "1: a `:` is missing before this"),
        ('{"a" {}}', "{: a `:` is missing before this"),
        ('{"a": }', "}: a value is missing before this"),
        ('{"a": , "b": 1}', ",: something is missing before this comma"),
        ("{1: 2}", "1: a key in double quotes is expected here"),
        ("{{}: 2}", "{: a key in double quotes is expected here"),
        ('{"a":: 2}', ":: this `:` follows no key"),
        ("{a: 1}", "a: keys must be in double quotes in JSON"),
        ("{'a': 1}", "'a': JSON puts text in double quotes"),
        ('{"a": True}', "True: `True` is Python: write `true`"),
        ('{"a": yes}', "yes: `yes` is not a JSON value: put text in double quotes"),
        ('{"a": 01}', "01: `01` is not a JSON value: put text in double quotes"),
        ('{"a": @}', "@: `@` is not a JSON value: put text in double quotes"),
        ('{"a": "b}', '"b}: this quote is never closed'),
        ('{"a": "b,\n"c": 1}', '"b,: this quote is not closed on its line'),
        ('{"a": "\\d"}', "\\d: JSON has no escape `\\d`: write a backslash itself as `\\\\`"),
        ('{"a": [1}', "}: `}` cannot close the `[` of line 1 of this code"),
        ('{"a": 1}}', "}: this `}` closes nothing"),
        ('{\n"a": [1', "[: this `[` is never closed"),
    ],
)
def test_anything_else_is_a_fault(text: str, expected: str) -> None:
    assert said(text) == [expected]


def test_what_does_not_begin_like_json_may_be_another_language() -> None:
    (fault,) = parse('Thought: the weather\n{"a": 1}')

    assert not fault.certain


@pytest.mark.parametrize(
    "text",
    [
        "{\n  name : // of the file\n  size: // in bytes\n}",
        '{\n  "name": // of the file\n  "size": // in bytes\n}',
        '{"a": {\n  "name":  // of the file\n}}',
    ],
)
def test_values_that_comments_describe_are_no_certain_fault(text: str) -> None:
    (fault,) = parse(text)

    assert not fault.certain


@pytest.mark.parametrize(
    ("text", "certain"),
    [
        ('{"a": 1,} // and so on...', True),
        ('{\n  // one\n  "a": {"url": "http://..."},\n}', True),
        ('{\n  // ...\n  "a": {"b": 1},\n}', False),
        ('{"a": [1, 2,], # … and more\n}', False),
    ],
)
def test_a_comma_too_many_is_less_certain_where_a_comment_leaves_out(text: str, certain: bool) -> None:
    (fault,) = parse(text)

    assert (fault.message[:22], fault.certain) == ("JSON allows no comma a", certain)


@pytest.mark.parametrize("text", ['{a: 1, // one\n "b": 2}', '{"u": "http://a",\n b: 1}'])
def test_a_comment_behind_a_value_describes_nothing(text: str) -> None:
    (fault,) = parse(text)

    assert fault.certain


@pytest.mark.parametrize(
    "text",
    [
        '{"a": string, "b": number}',
        '{"op": "c" | "u"}',
        '{"a": "string", "b"?: 1}',
        '{"a": (int)}',
        '{"a": ["x", etc.]}',
        '{"a": int64\n}',
    ],
)
def test_a_drawn_shape_is_no_certain_fault(text: str) -> None:
    (fault,) = parse(text)

    assert not fault.certain


@pytest.mark.parametrize("text", ['{"a": strings}', '{"a": (1 + 2)}', '{"a": "b" "c"}', '{"a": 1 ? 2}'])
def test_what_is_no_drawn_shape_is_certain(text: str) -> None:
    (fault,) = parse(text)

    assert fault.certain


def test_what_a_shell_prints_may_be_meant() -> None:
    (fault,) = parse('{"_id": ObjectId("5f1")}')

    assert (fault.message[:15], fault.certain) == ("`ObjectId(…)` i", False)


def test_a_member_without_braces_is_certain() -> None:
    (fault,) = parse('"a": nope')

    assert fault.certain


def test_what_is_nested_without_end_ends() -> None:
    (fault,) = parse("[" * 40_000)

    assert fault.start == 39_999
