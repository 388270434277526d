"""What takes long is known the next time, and begun first."""

from pathlib import Path

import pytest

from checker.cache import Cache
from checker.model import Outcome
from checker.pipeline import Options, check
from checker.pipeline.durations import Durations, lasted
from tests.quiet import Quiet
from tests.sandboxes import needs_sandbox


def took(*seconds: float) -> tuple[Outcome, ...]:
    return tuple(Outcome(number, "passed", seconds=each) for number, each in enumerate(seconds))


def test_without_a_cache_only_what_is_given_is_known() -> None:
    with Cache(None) as cache:
        durations = Durations(cache, {"a.mdx": 3.0})
        durations.note("b.mdx", took(1))
        durations.flush()
        assert Durations(cache, {}).known == {}
        assert durations.known == {"a.mdx": 3.0}


def test_what_was_noted_is_known_the_next_time(tmp_path: Path) -> None:
    with Cache(tmp_path) as cache:
        first = Durations(cache, {})
        first.note("a.mdx", took(1, 2.5))
        first.note("b.mdx", took(0.5))
        first.flush()
        second = Durations(cache, {"b.mdx": 9.0})
        assert second.known == {"a.mdx": 3.5, "b.mdx": 9.0}
        second.note("a.mdx", took(4))
        second.flush()
        assert Durations(cache, {}).known == {"b.mdx": 0.5, "a.mdx": 4.0}


def test_they_are_of_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Cache(tmp_path / "cache") as cache:
        first = Durations(cache, {})
        first.note("a.mdx", took(1))
        first.flush()
        monkeypatch.chdir(tmp_path)
        assert Durations(cache, {}).known == {}


def test_a_path_that_is_no_text_and_a_damaged_entry_are_as_nothing(tmp_path: Path) -> None:
    with Cache(tmp_path) as cache:
        first = Durations(cache, {})
        first.note("\udcff.mdx", took(1))
        first.flush()
        assert Durations(cache, {}).known == {}
        cache.put({first._key: b"\xc1"})
        assert Durations(cache, {}).known == {}


def test_a_lesson_takes_what_its_blocks_take() -> None:
    assert lasted(took(1, 2, 0.25)) == 3.25


@needs_sandbox
def test_the_longest_lesson_is_read_first_the_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, seconds in (("a", 0), ("b", 0), ("c", 1.2)):
        Path(f"{name}.mdx").write_text(f"# Tea\n\n```python\nimport time\ntime.sleep({seconds})\n```\n")
    order: list[str] = []

    class Noting(Quiet):
        def advance(self, label: str) -> None:
            order.append(label)

    options = Options(cache=str(tmp_path / "cache"), jobs=1)
    first = check(options, Noting())
    assert order == ["a.mdx", "b.mdx", "c.mdx"]
    Path("c.mdx").write_text(Path("c.mdx").read_text().replace("1.2", "1.1"))
    order.clear()
    again = check(options, Noting())
    assert set(order) == {"a.mdx", "b.mdx", "c.mdx"}
    for result in (first, again):
        assert [each.lesson.path for each in result.lessons] == ["a.mdx", "b.mdx", "c.mdx"]
