from pathlib import Path

import pytest

from checker.running.worker.services.postgresql.client import Connection, LostConnectionError, ServerError
from tests.running.worker.services.postgresql.server import (
    IN_FAILED_TRANSACTION,
    READY,
    WELCOME,
    error,
    serving,
)

ROWS = (b"T\0\1", b"D\0\1", b"D\0\1", b"CSELECT 2\0", READY)


def test_a_query_is_sent_and_its_rows_are_thrown_away(tmp_path: Path) -> None:
    with serving(tmp_path, WELCOME, ROWS) as server, Connection(server.path, "jana", "shop") as connection:
        connection.run("SELECT 'ž'")
        assert not connection.has_failed_transaction
    assert b"user\0jana\0database\0shop\0" in server.heard[0]
    assert server.heard[1] == b"Q" + "SELECT 'ž'\0".encode()


def test_an_error_has_its_state_and_its_place(tmp_path: Path) -> None:
    said = error(S="ERROR", C="42703", M="column nope", P="8", H="perhaps name")
    with serving(tmp_path, WELCOME, [said, READY], ROWS) as server, Connection(server.path, "a", "b") as it:
        with pytest.raises(ServerError) as raised:
            it.run("SELECT nope")
        it.run("SELECT 1")
    assert (raised.value.state, raised.value.message) == ("42703", "column nope")
    assert (raised.value.position, raised.value.hint) == (8, "perhaps name")


def test_the_first_of_several_errors_counts(tmp_path: Path) -> None:
    said = [error(C="1", M="first"), error(C="2", M="second"), IN_FAILED_TRANSACTION]
    with serving(tmp_path, WELCOME, said) as server, Connection(server.path, "a", "b") as connection:
        with pytest.raises(ServerError, match="first"):
            connection.run("SELECT")
        assert connection.has_failed_transaction


def test_data_is_given_to_a_copy(tmp_path: Path) -> None:
    said = [b"G\0\0\0", b"CCOPY 1\0", READY]
    with serving(tmp_path, WELCOME, said) as server, Connection(server.path, "a", "b") as connection:
        connection.run("COPY t FROM STDIN", b"1\n")
    assert server.heard[2:] == [b"d1\n", b"c"]


@pytest.mark.parametrize("position", ["", "-1", "٣", "9" * 12])
def test_a_place_that_is_none_is_nought(tmp_path: Path, position: str) -> None:
    said = [error(C="1", M="x", P=position), READY]
    with (
        serving(tmp_path, WELCOME, said) as server,
        Connection(server.path, "a", "b") as connection,
        pytest.raises(ServerError) as raised,
    ):
        connection.run("SELECT")
    assert raised.value.position == 0


def test_who_is_refused_learns_why_at_once(tmp_path: Path) -> None:
    said = [error(C="3D000", M="no such database")]
    with serving(tmp_path, said) as server, pytest.raises(ServerError, match="no such database"):
        Connection(server.path, "a", "b", 5.0)


def test_who_is_asked_for_a_password_has_none(tmp_path: Path) -> None:
    with serving(tmp_path, [b"R\0\0\0\x05salt"]) as server, pytest.raises(LostConnectionError):
        Connection(server.path, "a", "b", 5.0)


def test_a_server_that_goes_is_lost(tmp_path: Path) -> None:
    with serving(tmp_path, WELCOME) as server, Connection(server.path, "a", "b") as connection:
        for _ in range(2):
            with pytest.raises(LostConnectionError):
                connection.run("SELECT 1")


def test_a_message_of_no_length_is_nonsense(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("checker.running.worker.services.postgresql.client._LONGEST", 10)
    with serving(tmp_path, WELCOME), pytest.raises(LostConnectionError, match="no length"):
        Connection(str(tmp_path / ".s"), "a", "b")


def test_where_nobody_listens_the_system_says_so(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Connection(str(tmp_path / "none"), "a", "b")
