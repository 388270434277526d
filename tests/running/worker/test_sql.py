import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from checker.running.worker.services.services import Services
from checker.running.worker.sql import SqlNotebook
from tests.running.worker.services.postgresql import server as fake
from tests.running.worker.services.postgresql.server import (
    IN_FAILED_TRANSACTION,
    READY,
    WELCOME,
    Server,
    error,
)

SOURCE = "SELECT 1;\n  SELECT ž, nope\n  FROM t;\nSELECT 3;"
STATEMENTS = [[0, 8], [12, 35], [37, 45]]
DONE = (b"CSELECT 1\0", READY)


@contextmanager
def serving(folder: Path, *answers: Sequence[bytes]) -> Iterator[tuple[Server, SqlNotebook]]:
    """A server that says these things, and what runs cells on it."""
    with fake.serving(folder, *answers) as server:
        services = Services()
        services.database = {"path": server.path, "user": "a", "database": "b"}
        cells = SqlNotebook("a.mdx", services)
        try:
            yield server, cells
        finally:
            cells._leave()


def run(cells: SqlNotebook) -> dict[str, Any]:
    return cells.run({"source": SOURCE, "statements": STATEMENTS, "first_line": 11, "timeout": 10.0})


def test_statements_are_run_one_by_one_on_one_connection(tmp_path: Path) -> None:
    with serving(tmp_path, WELCOME, *[DONE] * 6) as (server, cells):
        assert [run(cells)["error"], run(cells)["error"]] == [None, None]
    assert server.heard[1:4] == [
        b"QSELECT 1\0",
        "QSELECT ž, nope\n  FROM t\0".encode(),
        b"QSELECT 3\0",
    ]
    assert len(server.heard) == 7


def test_an_error_stands_at_its_line_and_column_and_ends_the_cell(tmp_path: Path) -> None:
    with serving(tmp_path, WELCOME, DONE, [error(C="42703", M="no column", P="11"), READY]) as (
        server,
        cells,
    ):
        found = run(cells)["error"]
    assert (found["type"], found["message"]) == ("42703", "no column")
    assert (found["line"], found["column"]) == (12, 13)
    assert SOURCE.split("\n")[1][12:] == "nope"
    assert found["traceback"] == [["a.mdx", 12, "SELECT"]]
    assert len(server.heard) == 3


def test_an_error_without_a_place_stands_at_its_statement(tmp_path: Path) -> None:
    failing = [error(C="22012", M="by zero", H="do not"), READY]
    with serving(tmp_path, WELCOME, DONE, failing) as (_, cells):
        found = run(cells)["error"]
    assert (found["line"], found["column"], found["message"]) == (12, 3, "by zero (do not)")


def test_a_transaction_that_failed_is_rolled_back(tmp_path: Path) -> None:
    failing = [error(C="1", M="x"), IN_FAILED_TRANSACTION]
    with serving(tmp_path, WELCOME, failing, DONE, *[DONE] * 3) as (server, cells):
        assert run(cells)["error"]
        assert run(cells)["error"] is None
    assert server.heard[2] == b"QROLLBACK\0"


def test_a_server_that_goes_meanwhile_is_asked_anew(tmp_path: Path) -> None:
    failing = [error(C="1", M="x"), IN_FAILED_TRANSACTION]
    with serving(tmp_path, WELCOME, failing) as (_, cells):  # and then nothing, not even to ROLLBACK
        assert run(cells)["error"]["type"] == "1"
        assert run(cells)["error"]["type"] == "08003"
    found = run(cells)["error"]
    assert (found["type"], found["line"], found["column"]) == ("08003", 11, 1)


def test_ctrl_c_ends_a_cell(tmp_path: Path) -> None:
    with serving(tmp_path, WELCOME, []) as (_, cells):
        signal.signal(signal.SIGALRM, lambda *_: signal.raise_signal(signal.SIGINT))
        signal.setitimer(signal.ITIMER_REAL, 0.2)
        before = signal.getsignal(signal.SIGINT)
        try:
            assert run(cells)["error"]["type"] == "KeyboardInterrupt"
        finally:
            signal.signal(signal.SIGINT, before)


def test_without_a_server_the_cell_lacks_one() -> None:
    services = Services()
    services.absent = "PostgreSQL, which does not start: no room"
    report = run(SqlNotebook("a.mdx", services))
    assert (report["error"], report["lacks"]) == (None, "it needs PostgreSQL, which does not start: no room")
