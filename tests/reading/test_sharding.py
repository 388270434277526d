"""How lessons are divided: always in the same way, each lesson once, and so that all shards take as long."""

import os
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.model import Problem, Span
from checker.reading.discovery import Discovery
from checker.reading.sharding import Shard, divide, parse_shard


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def course(sizes: Mapping[str, int], *problems: str) -> Discovery:
    for path, size in sizes.items():
        Path(path).write_bytes(b"x" * size)
    spans = (Span(path, 1, 1, 1, 1, 0, 0) for path in problems)
    found = tuple(Problem("unreadable-file", "closed", span) for span in spans)
    return Discovery(tuple(sorted(sizes)), tuple("." for _ in sizes), found)


def parts(found: Discovery, total: int, seconds: Mapping[str, float]) -> list[frozenset[str]]:
    return [divide(found, Shard(number, total), seconds).paths for number in range(1, total + 1)]


@pytest.mark.parametrize("text", ["", "1", "/4", "4/", "a/b", "1/2/3", "-1/2", "1/1234567", " 1/2", "１/２"])
def test_what_is_no_shard(text: str) -> None:
    with pytest.raises(ValueError, match="is not I/N"):
        parse_shard(text)


@pytest.mark.parametrize("text", ["0/4", "5/4", "0/0", "1/0"])
def test_a_shard_that_there_is_not(text: str) -> None:
    with pytest.raises(ValueError, match="1/N to N/N"):
        parse_shard(text)


def test_a_shard() -> None:
    assert parse_shard("2/4") == Shard(2, 4)


def test_one_shard_is_everything() -> None:
    assert parts(course({"a.md": 1, "b.md": 2}), 1, {}) == [{"a.md", "b.md"}]


def test_of_more_shards_than_lessons_some_are_empty() -> None:
    assert parts(course({"a.md": 1}), 3, {}) == [{"a.md"}, set(), set()]


def test_the_larger_the_lesson_the_longer_it_is_thought_to_take() -> None:
    sizes = {"a.md": 90_000, "b.md": 30_000, "c.md": 30_000, "d.md": 30_000}
    assert parts(course(sizes), 2, {}) == [{"a.md"}, {"b.md", "c.md", "d.md"}]


def test_how_long_a_lesson_took_counts_more_than_its_size() -> None:
    found = course({"a.md": 90_000, "b.md": 10, "c.md": 10})
    assert parts(found, 2, {"a.md": 1.0, "b.md": 9.0, "c.md": 7.0}) == [{"b.md"}, {"a.md", "c.md"}]


def test_a_lesson_that_was_never_timed_takes_what_the_others_take_for_their_size() -> None:
    found = course({"a.md": 1_000, "b.md": 1_000, "new.md": 3_000})
    assert parts(found, 2, {"a.md": 10.0, "b.md": 10.0}) == [{"new.md"}, {"a.md", "b.md"}]


def test_what_could_not_be_looked_into_is_in_one_shard() -> None:
    found = course({"a.md": 5}, "closed", "a.md")
    assert sorted(map(sorted, parts(found, 2, {}))) == [["a.md"], ["closed"]]


def test_a_lesson_that_is_gone_meanwhile_has_no_size() -> None:
    found = course({"a.md": 5})
    os.unlink("a.md")
    assert parts(found, 1, {}) == [{"a.md"}]


def test_another_division_has_another_digest() -> None:
    found = course({"a.md": 1, "b.md": 1})
    digests = {divide(found, Shard(1, 2), {}).digest, divide(found, Shard(2, 2), {}).digest}
    assert len(digests) == 1
    assert divide(found, Shard(1, 3), {}).digest in digests  # the lessons lie in the same shards
    assert divide(found, Shard(1, 1), {}).digest not in digests


@given(
    st.dictionaries(st.text("abcdef", min_size=1, max_size=4), st.floats(0, 1e6), max_size=30),
    st.integers(1, 8),
)
def test_every_lesson_is_in_one_shard_and_no_shard_has_much_more_to_do(
    seconds: dict[str, float], total: int
) -> None:
    found = Discovery(tuple(sorted(seconds)), tuple("." for _ in seconds), ())
    divided = parts(found, total, seconds)
    assert sorted(path for part in divided for path in part) == sorted(seconds)
    loads = [sum(seconds[path] + 0.02 for path in part) for part in divided]
    longest = max(seconds.values(), default=0.0) + 0.02
    assert max(loads) - min(loads) <= longest + 1e-6
