"""A cache of results, kept in one file between runs: bytes by the digest of everything they depend on.

The cache only saves time. When anything is wrong with it (damaged, locked, disk full, not ours) it behaves as
if it were empty; a damaged file is replaced.
"""

import hashlib
import os
import sqlite3
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from msgspec import Struct

MOST_BYTES = 256 << 20
# An eviction frees enough room for a while.
_KEPT_BYTES = MOST_BYTES * 3 // 4
_LOCKED_SECONDS = 1.0
_CHECKSUM_BYTES = 16
_PAGE_BYTES = 16_384
_MANY = 500  # keys of one query
_DAY = 86_400
# The number changes with the tables, so that each format has its own file.
_FILE = "cache-2.sqlite"
# A damaged file has values of other types, and messages that are not valid text.
_FAILURES = (sqlite3.Error, TypeError, ValueError)
# A lesson takes about ten thousand bytes: use large pages, and keep rows out of the index.
_TABLES = f"""
PRAGMA page_size = {_PAGE_BYTES};
PRAGMA auto_vacuum = FULL;
PRAGMA journal_mode = WAL;
CREATE TABLE IF NOT EXISTS kept
    (key BLOB PRIMARY KEY, value BLOB NOT NULL, used INTEGER NOT NULL);
"""
_ANY = "SELECT key, value, used FROM kept LIMIT 1"


class Statistics(Struct, frozen=True):
    """The number of entries, the bytes of the file on disk, and its path."""

    entries: int
    bytes: int
    path: str


def default_folder() -> Path:
    """The folder for caches on this system; `XDG_CACHE_HOME` changes it."""
    # The XDG Base Directory Specification says to ignore relative paths.
    named = os.environ.get("XDG_CACHE_HOME", "")
    base = Path(named) if os.path.isabs(named) else Path(os.path.expanduser("~"), ".cache")
    return base / "coursecheck"


def digest(*parts: bytes) -> bytes:
    """A key, which depends on the parts and on their order."""
    whole = hashlib.blake2b(digest_size=32)
    for part in parts:
        whole.update(len(part).to_bytes(8, "big") + part)
    return whole.digest()


class Cache:
    """The cache in a folder; a context manager. Without a folder it is always empty."""

    def __init__(self, folder: Path | None) -> None:
        self._path = None if folder is None else folder / _FILE
        self._connection: sqlite3.Connection | None = None
        self._is_empty = False
        self._wrote = False

    def __enter__(self) -> Self:
        if self._path is not None:
            self._connection = _open(self._path) or _open_anew(self._path)
        if self._connection is not None:
            with suppress(*_FAILURES):
                self._is_empty = self._connection.execute(_ANY).fetchone() is None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._connection is not None:
            with suppress(*_FAILURES):
                if self._wrote:
                    self._evict(self._connection)
                self._connection.close()
            self._connection = None

    @property
    def is_open(self) -> bool:
        """Whether it can be used at all."""
        return self._connection is not None

    def get(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """The entries with these keys."""
        wanted = list(keys)
        found: dict[bytes, bytes] = {}
        for start in range(0, len(wanted), _MANY) if self._connection and not self._is_empty else ():
            found |= self._get_some(wanted[start : start + _MANY])
        return found

    def put(self, entries: Mapping[bytes, bytes]) -> None:
        """Store these entries."""
        if self._connection is None or not entries:
            return
        now = int(time.time())
        rows = [(key, _checksum(key, value) + value, now) for key, value in entries.items()]
        with suppress(*_FAILURES), self._connection:
            self._connection.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", rows)
            self._is_empty, self._wrote = False, True

    def clear(self) -> Statistics:
        """Remove everything; returns what there was."""
        before = self.statistics()
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        if self._path is not None:
            _remove(self._path)
        return before

    def statistics(self) -> Statistics:
        """The current statistics."""
        entries = 0
        if self._connection is not None:
            with suppress(*_FAILURES):
                (entries,) = self._connection.execute("SELECT count(*) FROM kept").fetchone()
        files = () if self._path is None else _files(self._path)
        return Statistics(
            entries, sum(each.stat().st_size for each in files if each.exists()), str(self._path)
        )

    def _get_some(self, keys: list[bytes]) -> dict[bytes, bytes]:
        assert self._connection is not None
        marks = ",".join("?" * len(keys))
        found: dict[bytes, bytes] = {}
        now = int(time.time())
        with suppress(*_FAILURES), self._connection:
            query = f"SELECT key, value, used FROM kept WHERE key IN ({marks})"  # noqa: S608 question marks only
            rows = self._connection.execute(query, keys).fetchall()
            for key, kept, _ in rows:
                checksum, value = kept[:_CHECKSUM_BYTES], kept[_CHECKSUM_BYTES:]
                if checksum == _checksum(key, value):
                    found[key] = value
            # Recording use once a day is enough, so most runs write nothing.
            old = [(now, key) for key, _, used in rows if used < now - _DAY]
            if old:
                self._connection.executemany("UPDATE kept SET used = ? WHERE key = ?", old)
        return found

    def _evict(self, connection: sqlite3.Connection) -> None:
        """When there is too much, drop the entries that were not used for the longest time."""
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        if pages * _PAGE_BYTES <= MOST_BYTES:  # adding up the entries' sizes would read all of them
            return
        (size,) = connection.execute("SELECT coalesce(sum(length(value)), 0) FROM kept").fetchone()
        if size <= MOST_BYTES:
            return
        query = "SELECT key, length(value) FROM kept ORDER BY used"
        dropped = []
        for key, bytes_ in connection.execute(query):
            if size <= _KEPT_BYTES:
                break
            size -= bytes_
            dropped.append((key,))
        with connection:
            connection.executemany("DELETE FROM kept WHERE key = ?", dropped)


def _checksum(key: bytes, value: bytes) -> bytes:
    """A checksum that detects entries under another key and changed bits."""
    return digest(key, value)[:_CHECKSUM_BYTES]


class Memory(Cache):
    """A cache in this process alone, limited in bytes; the entries used last are kept."""

    def __init__(self, most: int = 64 << 20) -> None:
        super().__init__(None)
        self._most = most
        self._bytes = 0
        self._entries: dict[bytes, bytes] = {}

    @property
    def is_open(self) -> bool:
        """Always true."""
        return True

    def get(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """The entries with these keys."""
        found = {key: self._entries.pop(key) for key in keys if key in self._entries}
        self._entries |= found  # moved behind all others, since the first ones are dropped first
        return found

    def put(self, entries: Mapping[bytes, bytes]) -> None:
        """Store these entries."""
        for key, value in entries.items():
            self._bytes += len(value) - len(self._entries.pop(key, b""))
            self._entries[key] = value
        while self._bytes > self._most:
            self._bytes -= len(self._entries.pop(next(iter(self._entries))))


def _open(path: Path) -> sqlite3.Connection | None:
    """The opened file; None when it is not available or has another format."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=_LOCKED_SECONDS)
    except (OSError, *_FAILURES):
        return None
    try:
        connection.execute("PRAGMA synchronous = OFF")
        try:
            connection.execute(_ANY)
        except sqlite3.OperationalError:
            # Only for a new file: repeating it would write to a file that has the tables.
            connection.executescript(_TABLES)
            connection.execute(_ANY)
    except _FAILURES:
        connection.close()
        return None
    return connection


def _open_anew(path: Path) -> sqlite3.Connection | None:
    """Replace a damaged file; one that is locked is left alone."""
    if not _is_damaged(path):
        return None
    _remove(path)
    return _open(path)


def _is_damaged(path: Path) -> bool:
    try:
        connection = sqlite3.connect(path, timeout=0.0)
        try:
            connection.execute(_ANY)
        finally:
            connection.close()
    except sqlite3.OperationalError as error:
        return "no such" in str(error)  # another program's tables; else locked, read-only, or disk full
    except _FAILURES:
        return True
    return False


def _remove(path: Path) -> None:
    for each in _files(path):
        with suppress(OSError):
            each.unlink()


def _files(path: Path) -> tuple[Path, ...]:
    """The file and those that SQLite keeps beside it."""
    return tuple(path.with_name(path.name + end) for end in ("", "-wal", "-shm"))
