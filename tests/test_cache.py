"""The cache saves time and nothing else: whatever is wrong with it is as if it were empty."""

import sqlite3
import stat
import time
from pathlib import Path
from random import Random

import pytest

from checker import cache as module
from checker.cache import Cache, Memory, default_folder, digest

KEY, OTHER = digest(b"key"), digest(b"other")


def kept(folder: Path | None, *keys: bytes) -> dict[bytes, bytes]:
    with Cache(folder) as cache:
        return cache.get(keys)


def keep(folder: Path | None, entries: dict[bytes, bytes]) -> None:
    with Cache(folder) as cache:
        cache.put(entries)


def file_of(folder: Path) -> Path:
    return folder / "cache-2.sqlite"


def test_without_a_folder_nothing_is_kept() -> None:
    keep(None, {KEY: b"1"})
    assert kept(None, KEY) == {}
    with Cache(None) as cache:
        assert (cache.statistics().entries, cache.clear().bytes) == (0, 0)


def test_what_was_not_kept_is_not_there(tmp_path: Path) -> None:
    keep(tmp_path, {})
    assert kept(tmp_path, KEY) == {}
    assert kept(tmp_path) == {}


def test_what_is_kept_is_there_the_next_time(tmp_path: Path) -> None:
    keep(tmp_path / "made" / "anew", {KEY: b"1", OTHER: b""})
    keep(tmp_path / "made" / "anew", {KEY: b"2"})
    assert kept(tmp_path / "made" / "anew", KEY, OTHER, digest(b"third")) == {KEY: b"2", OTHER: b""}


def test_more_keys_than_one_query_takes(tmp_path: Path) -> None:
    entries = {digest(bytes([n % 256, n // 256])): bytes([n % 256]) for n in range(1200)}
    keep(tmp_path, entries)
    assert kept(tmp_path, *entries) == entries


def test_nobody_else_may_read_it(tmp_path: Path) -> None:
    keep(tmp_path / "own", {KEY: b"1"})
    assert stat.S_IMODE((tmp_path / "own").stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "content", [b"", b"no database", b"SQLite format 3\0" + bytes(4096), bytes(range(256)) * 40]
)
def test_a_damaged_file_is_begun_anew(tmp_path: Path, content: bytes) -> None:
    file_of(tmp_path).write_bytes(content)
    assert kept(tmp_path, KEY) == {}
    keep(tmp_path, {KEY: b"1"})
    assert kept(tmp_path, KEY) == {KEY: b"1"}


def test_a_file_with_other_tables_is_begun_anew(tmp_path: Path) -> None:
    connection = sqlite3.connect(file_of(tmp_path))
    connection.execute("CREATE TABLE kept (everything TEXT)")
    connection.close()
    keep(tmp_path, {KEY: b"1"})
    assert kept(tmp_path, KEY) == {KEY: b"1"}


def test_bytes_that_have_changed_are_not_believed(tmp_path: Path) -> None:
    keep(tmp_path, {KEY: b"passed", OTHER: b"failed"})
    connection = sqlite3.connect(file_of(tmp_path), isolation_level=None)
    ((swapped,),) = connection.execute("SELECT value FROM kept WHERE key = ?", (OTHER,))
    connection.execute("UPDATE kept SET value = ? WHERE key = ?", (swapped, KEY))
    connection.close()
    assert kept(tmp_path, KEY, OTHER) == {OTHER: b"failed"}


@pytest.mark.parametrize("seed", range(30))
def test_any_damage_costs_no_more_than_what_is_kept(tmp_path: Path, seed: int) -> None:
    chance = Random(seed)
    entries = {digest(bytes([n])): bytes([n]) * 500 for n in range(40)}
    keep(tmp_path, entries)
    content = bytearray(file_of(tmp_path).read_bytes())
    for _ in range(chance.randint(1, 20)):
        at = chance.randrange(len(content))
        content[at : at + chance.choice([1, 8, 64])] = chance.randbytes(chance.choice([1, 8, 64]))
    file_of(tmp_path).write_bytes(content)
    assert kept(tmp_path, *entries).items() <= entries.items()
    keep(tmp_path, {KEY: b"1"})
    assert kept(tmp_path, KEY).items() <= {KEY: b"1"}.items()


def test_a_locked_file_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_LOCKED_SECONDS", 0.01)
    keep(tmp_path, {KEY: b"1"})
    holder = sqlite3.connect(file_of(tmp_path), isolation_level=None)
    holder.execute("PRAGMA locking_mode = EXCLUSIVE")
    holder.execute("BEGIN EXCLUSIVE")
    holder.execute("DELETE FROM kept WHERE key = x'00'")
    keep(tmp_path, {OTHER: b"2"})
    assert kept(tmp_path, OTHER) == {}
    holder.rollback()
    holder.close()
    assert kept(tmp_path, KEY) == {KEY: b"1"}


def test_a_folder_that_cannot_be_made_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    keep(tmp_path / "file" / "folder", {KEY: b"1"})
    assert kept(tmp_path / "file" / "folder", KEY) == {}


def test_a_folder_where_the_file_should_be_keeps_nothing(tmp_path: Path) -> None:
    file_of(tmp_path).mkdir()
    keep(tmp_path, {KEY: b"1"})
    assert kept(tmp_path, KEY) == {}


def test_what_was_not_used_for_the_longest_time_goes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_BYTES", 4000)
    monkeypatch.setattr(module, "_KEPT_BYTES", 3000)
    now = [1_000_000]
    monkeypatch.setattr(time, "time", lambda: now[0])
    keys = [digest(bytes([n])) for n in range(5)]
    for key in keys[:3]:
        keep(tmp_path, {key: bytes(984)})
        now[0] += 100_000
    assert set(kept(tmp_path, keys[0])) == {keys[0]}  # used again, and so the youngest
    now[0] += 100_000
    keep(tmp_path, {keys[3]: bytes(984), keys[4]: bytes(984)})
    assert set(kept(tmp_path, *keys)) == {keys[0], keys[3], keys[4]}


def test_clearing_tells_what_there_was(tmp_path: Path) -> None:
    keep(tmp_path, {KEY: b"1", OTHER: b"2"})
    with Cache(tmp_path) as cache:
        assert cache.statistics().entries == 2
        before = cache.clear()
        assert (before.entries, before.path) == (2, str(file_of(tmp_path)))
        assert before.bytes > 0
        cache.put({KEY: b"3"})
    assert list(tmp_path.iterdir()) == []
    assert kept(tmp_path, KEY) == {}


def test_keys_tell_parts_apart() -> None:
    assert len({digest(b"ab"), digest(b"a", b"b"), digest(b"", b"ab"), digest(b"b", b"a"), digest()}) == 5


@pytest.mark.parametrize(
    ("named", "begins"), [("/somewhere", "/somewhere"), ("relative", "~/.cache"), ("", "~/.cache")]
)
def test_where_caches_belong(monkeypatch: pytest.MonkeyPatch, named: str, begins: str) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", named)
    assert default_folder() == Path(begins).expanduser() / "coursecheck"


def test_memory_keeps_what_was_asked_for_last() -> None:
    memory = Memory(most=3)
    with memory:
        assert memory.is_open
        memory.put({b"a": b"1", b"b": b"2"})
        memory.put({b"a": b"11"})
        assert memory.get([b"b", b"x"]) == {b"b": b"2"}
        memory.put({b"c": b"3"})
    assert memory.get([b"a", b"b", b"c"]) == {b"b": b"2", b"c": b"3"}
