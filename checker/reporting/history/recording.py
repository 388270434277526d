"""Writes runs to the history: each once, whole or in shards; old ones are thinned out."""

import sqlite3
from datetime import datetime, timedelta
from typing import Final

from checker.errors import CheckerError
from checker.reporting.document import Results
from checker.reporting.health.snapshot import Snapshot, snapshot
from checker.reporting.history.tables import opened

# This many of the newest runs are kept completely; for older ones only the numbers: the last of a day, later
# of a week.
_WHOLE_RUNS: Final = 30
_DAYS_BY_DAY: Final = 90
_MOST_RUNS: Final = 500


def record(path: str, results: Results) -> None:
    """Write a run to the history; writing it again replaces the earlier entry.

    Raises CheckerError for a document that does not identify its run. When two runs write at once, one waits.
    """
    if results.run is None:
        raise CheckerError(
            "the results document does not say which run it was, so no history can hold it",
            "Make it with this version of coursecheck.",
        )
    seen = snapshot(results)
    with opened(path) as connection:
        if not _is_superseded(connection, seen):
            _insert(connection, seen)
            _thin(connection)


def _is_superseded(connection: sqlite3.Connection, seen: Snapshot) -> bool:
    """Whether a shard's run was already written as a whole. An earlier entry of the same is removed."""
    run = seen.run
    if run.shard is None:
        connection.execute("DELETE FROM runs WHERE id = ?", (run.id,))
        return False
    if connection.execute("SELECT 1 FROM runs WHERE id = ? AND shard = ''", (run.id,)).fetchone():
        return True
    connection.execute("DELETE FROM runs WHERE id = ? AND shard = ?", (run.id, run.shard))
    return False


def _insert(connection: sqlite3.Connection, seen: Snapshot) -> None:
    run, point = seen.run, seen.point
    unverified = sum(each.state == "unverified" for each in seen.blocks)
    number = connection.execute(
        "INSERT INTO runs VALUES (NULL, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?)",
        (
            *(run.id, run.shard or "", run.started, run.revision, seen.setting),
            *(point.snippets, point.verified, unverified, point.broken, point.errors),
        ),
    ).lastrowid
    # A run may be written after a later one: keep the earliest sight and the latest verification.
    connection.executemany(
        "INSERT INTO contents (digest, seen, verified) VALUES (?, ?, ?) ON CONFLICT (digest) DO UPDATE SET "
        "seen = min(seen, excluded.seen), "
        "verified = max(coalesce(verified, excluded.verified), coalesce(excluded.verified, verified))",
        [
            (each.digest, run.started, run.started if each.state == "verified" else None)
            for each in seen.blocks
        ],
    )
    connection.executemany(
        "INSERT INTO blocks SELECT ?, number, ?, ?, ?, ? FROM contents WHERE digest = ?",
        [(number, each.session, each.outcome, each.state, each.seconds, each.digest) for each in seen.blocks],
    )
    connection.executemany(
        "INSERT INTO findings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                *(number, each.fingerprint, each.path, each.line, each.block),
                *(each.code, each.name, each.severity, each.message),
            )
            for each in seen.findings
        ],
    )


def _thin(connection: sqlite3.Connection) -> None:
    runs = connection.execute(
        "SELECT id, max(started) FROM runs GROUP BY id ORDER BY max(started) DESC, id"
    ).fetchall()
    older = runs[_WHOLE_RUNS:]
    if not older:
        return
    numbers = [(run,) for run, _ in older]
    connection.executemany(
        "DELETE FROM blocks WHERE run IN (SELECT number FROM runs WHERE id = ? AND whole)", numbers
    )
    connection.executemany(
        "DELETE FROM findings WHERE run IN (SELECT number FROM runs WHERE id = ? AND whole)", numbers
    )
    connection.executemany("UPDATE runs SET whole = 0 WHERE id = ? AND whole", numbers)
    gone = _superfluous(older, newest=runs[0][1])
    connection.executemany("DELETE FROM runs WHERE id = ?", [(run,) for run in gone])


def _superfluous(runs: list[tuple[str, str]], newest: str) -> list[str]:
    """The runs, newest first, with a newer run on the same day or, once they are old, in the same week."""
    last_day = _day(newest) - timedelta(days=_DAYS_BY_DAY)
    seen: set[tuple[int, ...]] = set()
    gone = []
    for run, started in runs:
        day = _day(started)
        year, week, weekday = day.isocalendar()
        slot = (year, week, weekday) if day >= last_day else (year, week)
        if slot in seen or len(seen) >= _MOST_RUNS:
            gone.append(run)
        seen.add(slot)
    return gone


def _day(started: str) -> datetime:
    return datetime.fromisoformat(started[:10])
