import signal
from pathlib import Path
from typing import Any

from checker.running.worker.sql import SqlNotebook
from tests.running.worker.services.postgresql.server import (
    IN_FAILED_TRANSACTION,
    READY,
    WELCOME,
    Server,
    error,
    serving,
)

SOURCE = "SELECT 1;\n  SELECT ž, nope\n  FROM t;\nSELECT 3;"
STATEMENTS = [[0, 8], [12, 36], [38, 46]]
DONE = (b"CSELECT 1\0", READY)


def notebook(server: Server) -> SqlNotebook:
    return SqlNotebook("a.mdx", {"path": server.path, "user": "a", "database": "b"})


def run(server: SqlNotebook) -> dict[str, Any]:
    return server.run({"source": SOURCE, "statements": STATEMENTS, "first_line": 11})


def test_statements_are_run_one_by_one_on_one_connection(tmp_path: Path) -> None:
    with serving(tmp_path, WELCOME, *[DONE] * 6) as server:
        cells = notebook(server)
        assert [run(cells)["error"], run(cells)["error"]] == [None, None]
    assert server.heard[1:4] == [
        b"QSELECT 1\0",
        "QSELECT ž, nope\n  FROM t\0".encode(),
        b"QSELECT 3\0",
    ]
    assert len(server.heard) == 7


def test_an_error_stands_at_its_line_and_column_and_ends_the_cell(tmp_path: Path) -> None:
    with serving(tmp_path, WELCOME, DONE, [error(C="42703", M="no column", P="11"), READY]) as server:
        found = run(notebook(server))["error"]
    assert (found["type"], found["message"]) == ("42703", "no column")
    assert (found["line"], found["column"]) == (12, 13)
    assert SOURCE.split("\n")[1][12:] == "nope"
    assert found["traceback"] == [["a.mdx", 12, "SQL"]]
    assert len(server.heard) == 3


def test_an_error_without_a_place_stands_at_its_statement(tmp_path: Path) -> None:
    with serving(tmp_path, WELCOME, DONE, [error(C="22012", M="by zero", H="do not"), READY]) as server:
        found = run(notebook(server))["error"]
    assert (found["line"], found["column"], found["message"]) == (12, 3, "by zero (do not)")


def test_a_transaction_that_failed_is_rolled_back(tmp_path: Path) -> None:
    failing = [error(C="1", M="x"), IN_FAILED_TRANSACTION]
    with serving(tmp_path, WELCOME, failing, DONE, *[DONE] * 3) as server:
        cells = notebook(server)
        assert run(cells)["error"]
        assert run(cells)["error"] is None
    assert server.heard[2] == b"QROLLBACK\0"


def test_a_server_that_goes_meanwhile_is_asked_anew(tmp_path: Path) -> None:
    failing = [error(C="1", M="x"), IN_FAILED_TRANSACTION]
    with serving(tmp_path, WELCOME, failing) as server:  # and then nothing, not even to ROLLBACK
        cells = notebook(server)
        assert run(cells)["error"]["type"] == "1"
        assert run(cells)["error"]["type"] == "08003"
    found = run(cells)["error"]
    assert (found["type"], found["line"], found["column"]) == ("08003", 11, 1)


def test_ctrl_c_ends_a_cell(tmp_path: Path) -> None:
    with serving(tmp_path, WELCOME, []) as server:
        signal.signal(signal.SIGALRM, lambda *_: signal.raise_signal(signal.SIGINT))
        signal.setitimer(signal.ITIMER_REAL, 0.2)
        before = signal.getsignal(signal.SIGINT)
        try:
            assert run(notebook(server))["error"]["type"] == "KeyboardInterrupt"
        finally:
            signal.signal(signal.SIGINT, before)
