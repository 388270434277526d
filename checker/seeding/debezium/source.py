"""The `source` block of an event: its position in the database's log."""

from random import Random

from msgspec import Struct

from checker.seeding.debezium.schemas import JsonObject
from checker.seeding.debezium.table import Connector
from checker.seeding.debezium.teller import Teller

_MYSQL_SERVER = 223344


class Position(Struct, frozen=True):
    """A position in the log: in PostgreSQL `log` is the LSN, in MySQL the position in the binlog file.

    `commit` is the LSN of the last commit that the connector has seen, None before the first.
    """

    log: int
    transaction: int
    commit: int | None = None
    reading: bool = True

    def after(self, op: str, random: Random) -> "Position":
        """The next position. A snapshot is read at one; each change here is its own transaction."""
        if op == "r":
            return self
        log = self.log + random.randint(15, 110) * 8
        commit = None if self.reading else log
        return Position(log, self.transaction + random.randint(1, 3), commit, reading=False)


def first_position(connector: Connector, random: Random) -> Position:
    """The position at which the snapshot is read."""
    if connector == "mysql":
        return Position(random.randint(400, 2000), 7)
    return Position(random.randint(23_000_000, 36_000_000) // 8 * 8, random.randint(560, 900))


def source_block(teller: Teller, snapshot: str, happened: int, position: Position) -> JsonObject:
    """The block as the connector writes it; `happened` is in microseconds since 1970."""
    table = teller.table
    if table.connector == "mysql":
        happened = happened // 1_000_000 * 1_000_000  # times in the binlog have seconds only
    head = {
        "version": teller.version,
        "connector": table.connector,
        "name": teller.prefix,
        "ts_ms": happened // 1000,
        "snapshot": snapshot,
        "db": table.database,
        "sequence": _sequence(position) if table.connector == "postgresql" else None,
        **({"ts_us": happened, "ts_ns": happened * 1000} if teller.has_microseconds() else {}),
    }
    if table.connector == "postgresql":
        return {
            **head,
            "schema": table.schema,
            "table": table.name,
            "txId": position.transaction,
            "lsn": position.log,
            "xmin": None,
        }
    return {
        **head,
        "table": table.name,
        "server_id": 0 if position.reading else _MYSQL_SERVER,
        "gtid": None,
        "file": "mysql-bin.000003",
        "pos": position.log,
        "row": 0,
        "thread": None if position.reading else position.transaction,
        "query": None,
    }


def _sequence(position: Position) -> str:
    """The last commit and the position itself, as JSON in a text."""
    commit = "null" if position.commit is None else f'"{position.commit}"'
    return f'[{commit},"{position.log}"]'
