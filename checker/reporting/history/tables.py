"""The tables of a history, and opening its file."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from checker.errors import CheckerError

_APPLICATION: Final = 0x434F5552  # "COUR": identifies our files
_VERSION: Final = 1
_PATIENCE: Final = 60.0  # seconds to wait for another run that is writing

# A run is one row, or one for each shard; the score is computed from the counts. `contents` knows every
# snippet by its digest, even when its runs are gone.
_TABLES: Final = """
CREATE TABLE runs (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL, shard TEXT NOT NULL, started TEXT NOT NULL, revision TEXT,
    setting TEXT NOT NULL, whole INTEGER NOT NULL, snippets INTEGER NOT NULL, verified INTEGER NOT NULL,
    unverified INTEGER NOT NULL, broken INTEGER NOT NULL, errors INTEGER NOT NULL, UNIQUE (id, shard)
);
CREATE TABLE contents (
    number INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, seen TEXT NOT NULL, verified TEXT
);
CREATE TABLE blocks (
    run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE, content INTEGER NOT NULL REFERENCES contents,
    session TEXT NOT NULL, outcome TEXT NOT NULL, state TEXT NOT NULL, seconds REAL NOT NULL
);
CREATE INDEX blocks_of_run ON blocks (run);
CREATE TABLE findings (
    run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE, fingerprint TEXT NOT NULL, path TEXT NOT NULL,
    line INTEGER NOT NULL, block INTEGER, code TEXT NOT NULL, name TEXT NOT NULL, severity TEXT NOT NULL,
    message TEXT NOT NULL
);
CREATE INDEX findings_of_run ON findings (run);
"""


@contextmanager
def opened(path: str) -> Iterator[sqlite3.Connection]:
    """The history in a file, created when missing, for one exclusive transaction.

    Raises CheckerError for any other file. Nothing of a failed transaction is kept.
    """
    try:
        # sqlite's default journal works on network drives too.
        connection = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
    except sqlite3.Error as error:
        raise _failure(path, error) from None
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("BEGIN IMMEDIATE")
        _prepare(path, connection)
        yield connection
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        raise _failure(path, error) from None
    finally:
        connection.close()


def _prepare(path: str, connection: sqlite3.Connection) -> None:
    application, version = (
        connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")
    )
    if (application, version) == (_APPLICATION, _VERSION):
        return
    if application == _APPLICATION:
        raise CheckerError(
            f"{path}: a history of version {version}, and this coursecheck knows version {_VERSION}",
            "Use the newer coursecheck, or begin another file.",
        )
    if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise CheckerError(f"{path}: a database, but no history of coursecheck", "Name another file.")
    for statement in _TABLES.split(";\n"):
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {_APPLICATION}")
    connection.execute(f"PRAGMA user_version = {_VERSION}")


def _failure(path: str, error: sqlite3.Error) -> CheckerError:
    return CheckerError(
        f"{path}: the history cannot be used: {error}",
        "Name a file in a folder that you may write to, or one that --history has made.",
    )
