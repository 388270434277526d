"""Reads snapshots of earlier runs, and what is known about each snippet, from the history."""

import sqlite3
from collections import defaultdict

from msgspec import Struct

from checker.reporting.document import RunRecord
from checker.reporting.health.model import Point
from checker.reporting.health.over_time import Remembered
from checker.reporting.health.snapshot import SeenBlock, SeenFinding, Snapshot
from checker.reporting.health.tally import score
from checker.reporting.history.tables import opened


class Remembrance(Struct, frozen=True):
    """A history: its runs in order of time, and its snippets by digest."""

    runs: tuple[Snapshot, ...]
    contents: dict[str, Remembered]


def recall(path: str) -> Remembrance:
    """Read a history; the shards of a run count as one run."""
    with opened(path) as connection:
        rows = connection.execute("SELECT * FROM runs ORDER BY started, id, shard").fetchall()
        shards: dict[str, list[tuple[object, ...]]] = defaultdict(list)
        for row in rows:
            shards[row[1]].append(row)
        runs = [_run(connection, these) for these in shards.values()]
        contents = {
            digest: Remembered(seen, verified)
            for digest, seen, verified in connection.execute("SELECT digest, seen, verified FROM contents")
        }
    return Remembrance(tuple(runs), contents)


def _run(connection: sqlite3.Connection, shards: list[tuple[object, ...]]) -> Snapshot:
    first = shards[0]
    snippets, verified, unverified, broken, errors = (
        sum(int(str(row[column])) for row in shards) for column in range(7, 12)
    )
    run = RunRecord(
        id=str(first[1]),
        started=str(first[3]),
        revision=None if first[4] is None else str(first[4]),
        # Several shards make the whole run; a single one stays a shard.
        shard=str(first[2]) or None if len(shards) == 1 else None,
    )
    point = Point(run, score(verified, unverified, broken), snippets, verified, broken, errors)
    numbers = [row[0] for row in shards]
    return Snapshot(
        point,
        setting=str(first[5]),
        blocks=tuple(each for number in numbers for each in _blocks(connection, number)),
        findings=tuple(each for number in numbers for each in _findings(connection, number)),
        whole=bool(first[6]),
    )


def _blocks(connection: sqlite3.Connection, run: object) -> list[SeenBlock]:
    rows = connection.execute(
        "SELECT digest, session, outcome, state, seconds FROM blocks JOIN contents ON content = number "
        "WHERE run = ?",
        (run,),
    )
    return [SeenBlock(*row) for row in rows]


def _findings(connection: sqlite3.Connection, run: object) -> list[SeenFinding]:
    rows = connection.execute(
        "SELECT fingerprint, path, line, block, code, name, severity, message FROM findings WHERE run = ?",
        (run,),
    )
    return [SeenFinding(*row) for row in rows]
