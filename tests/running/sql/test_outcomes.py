import pytest

from checker.model import Frame, Outcome, RunError
from checker.running.sql.outcomes import settled, settled_client


def failed(state: str, message: str = "words", word: str = "SELECT") -> Outcome:
    frame = Frame("a.mdx", 4, word)
    return Outcome(3, "failed", f"{state}: {message}", error=RunError(state, message, 4, 1, (frame,)))


@pytest.mark.parametrize(
    "outcome", [Outcome(3, "passed"), Outcome(3, "timed-out", "late"), failed("KeyboardInterrupt")]
)
def test_what_is_no_error_of_the_server_s_stays(outcome: Outcome) -> None:
    assert settled(outcome) == outcome


MISSING = {
    "a table": ("42P01", 'relation "orders" does not exist'),
    "a table that is there": ("42P07", 'relation "orders" already exists'),
    "a role": ("42704", 'role "debezium" does not exist'),
    "a function": ("42883", "function aurora_version() does not exist"),
    "a row": ("23503", "violates foreign key constraint"),
    "another row": ("23505", "duplicate key value"),
    "a privilege": ("42501", "permission denied"),
    "a slot": ("55006", "replication slot is active"),
    "the server": ("08003", "the server has closed the connection"),
}


@pytest.mark.parametrize("name", MISSING)
def test_what_its_lab_may_have_is_no_defect(name: str) -> None:
    state, message = MISSING[name]
    outcome = settled(failed(state, message))
    assert (outcome.kind, outcome.error) == ("skipped", None)
    assert message in outcome.reason


FAULTS = {
    "a column": ("42703", 'column "total" does not exist', "undefined_column"),
    "an operator": ("42883", "operator does not exist: text = integer", "undefined_function"),
    "a table that the statement lacks": (
        "42P01",
        'missing FROM-clause entry for table "t"',
        "undefined_table",
    ),
    "a type": ("42804", "column is of type integer", "datatype_mismatch"),
    "a value": ("22P02", "invalid input syntax for type uuid", "invalid_text_representation"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_no_lab_could_mend_has_its_name(name: str) -> None:
    state, message, condition = FAULTS[name]
    outcome = settled(failed(state, message))
    assert outcome.kind == "failed"
    assert outcome.reason == f"{condition}: {message}"
    assert outcome.error is not None
    assert (outcome.error.type, outcome.error.line) == (condition, 4)


@pytest.mark.parametrize("word", ["ALTER", "CREATE", "DROP", "GRANT", ""])
def test_what_defines_things_speaks_of_a_state_that_may_not_be_here(word: str) -> None:
    assert settled(failed("42703", 'column "a" of relation "t" does not exist', word)).kind == "skipped"
    assert settled(failed("42601", "syntax error", word)).reason == "syntax_error: syntax error"


CLIENTS = {
    "psycopg2": ("psycopg2.errors.UndefinedTable", 'relation "outbox" does not exist\nLINE 1: …'),
    "psycopg": ("psycopg.errors.UndefinedTable", 'relation "outbox" does not exist'),
    "asyncpg": ("asyncpg.exceptions.UndefinedTableError", 'relation "outbox" does not exist'),
    "sqlalchemy": (
        "sqlalchemy.exc.ProgrammingError",
        '(psycopg2.errors.UndefinedTable) relation "outbox" does not exist',
    ),
    "a row": ("psycopg2.errors.ForeignKeyViolation", "violates foreign key constraint"),
}


@pytest.mark.parametrize("name", CLIENTS)
def test_what_a_client_misses_is_no_defect(name: str) -> None:
    kind, message = CLIENTS[name]
    outcome = settled_client(failed(kind, message))
    assert (outcome.kind, outcome.error) == ("skipped", None)
    assert "\n" not in outcome.reason


@pytest.mark.parametrize(
    "outcome",
    [
        Outcome(3, "passed"),
        failed("psycopg2.errors.UndefinedColumn", 'column "total" does not exist'),
        failed("psycopg2.errors.InvalidTextRepresentation", "invalid input syntax"),
        failed("ValueError", "UndefinedTable"),
    ],
)
def test_what_else_fails_in_python_stays(outcome: Outcome) -> None:
    assert settled_client(outcome) == outcome
