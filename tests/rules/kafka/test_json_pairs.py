"""Members of objects in anything that looks like JSON."""

import time

import pytest

from checker.rules.kafka.json_pairs import lines_as_pairs, objects


def members(text: str) -> list[list[tuple[str, str | None]]]:
    return [[(each.name, each.value) for each in one.pairs] for one in objects(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", [[]]),
        ('"a": 1', [[("a", "1")]]),
        ('{"a": "x", "b": true, "c": -1.5}', [[], [("a", "x"), ("b", "true"), ("c", "-1")]]),
        ('{"a": {"b": "c"}}', [[], [("a", None)], [("b", "c")]]),
        ('{"a": [{"b": 1}, "x", 2], "c": 3}', [[], [("a", None), ("c", "3")], [("b", "1")]]),
        ('{"a" "b": 1}', [[], [("b", "1")]]),
        ('{"a": "x\\"y\\u00e4"}', [[], [("a", 'x"yä')]]),
        ('{"a": "it\'\\\'\'s"}', [[], [("a", "it'\\''s")]]),
        ('}}]{"a": 1', [[], [("a", "1")]]),
        ('// "a": 1\n{"b": 2 /* "c": 3 */, # "d": 4\n"e": 5}', [[], [("b", "2"), ("e", "5")]]),
        ('{"url": "http://x:1/y", "a": 1}', [[], [("url", "http://x:1/y"), ("a", "1")]]),
        ("curl http://x/y -d '{\"a\": 1}'", [[], [("a", "1")]]),
        ('{"open: 1, "a": 2}', [[], []]),
        ('{"a": /* what it is */ "b": "c": "d"}', [[], [("a", "b"), ("c", "d")]]),
        ('{"a": // what it is\n"b": "c", : "d"}', [[], [("a", "b")]]),
        ('{"a": #1\n"b", "c":#1}', [[], [("a", "b"), ("c", "#1")]]),
    ],
)
def test_members(text: str, found: list[list[tuple[str, str | None]]]) -> None:
    assert members(text) == found


@pytest.mark.parametrize(
    ("text", "elided"),
    [
        ('{"a": 1, ...}', True),
        ('{"a": 1, // ... and more\n}', True),
        ('{"a": "..."}', False),
        ('{"a": 1} …', False),
        ('{"a": [1, ...]}', True),
    ],
)
def test_what_is_left_out(text: str, *, elided: bool) -> None:
    assert objects(text)[1].elided is elided


def test_places_and_keys() -> None:
    text = '{"name": "a", "config": {"b": "c"}}'
    inner = objects(text)[2]
    assert inner.key == "config"
    assert inner.siblings == frozenset({"name", "config"})
    (pair,) = inner.pairs
    assert text[pair.start : pair.end] == "b"
    assert text[pair.value_start : pair.value_end] == "c"
    assert objects(text)[0].siblings == frozenset()


def test_lines() -> None:
    text = "# c\na.b=1\n  c: 'd e'\n- x: y\n\"q.r\" = \ns.t : u:v\n"
    found = [(each.name, each.value) for each in lines_as_pairs(text)]
    assert found == [("a.b", "1"), ("c", "d e"), ("q.r", ""), ("s.t", "u:v")]
    pair = list(lines_as_pairs(text))[1]
    assert text[pair.value_start : pair.value_end] == "d e"


@pytest.mark.parametrize(
    "piece", ["{", "[", '{"a": ', "/*", "...", '"', "//", "[...", '"a":', "# ", "\\", '"\\', '"a" ']
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    def seconds(count: int) -> float:
        text = piece * count
        return min(_seconds(text) for _ in range(3))

    assert seconds(16_000) < 10 * seconds(4_000) + 0.05


def _seconds(text: str) -> float:
    start = time.process_time()  # other processes may take the rest
    objects(text)
    return time.process_time() - start
