"""What an error of PostgreSQL means for a lesson: a defect of its code, or something that is not there.

The server knows only what the lab's scripts and the lesson's own blocks have made. A missing table, role or
row may be made by another lesson, so it proves nothing; a column that an existing table lacks, or a type that
does not fit, is a defect. Statements that change definitions (ALTER, DROP, …) may assume a state that the
lesson only describes.

Source: https://www.postgresql.org/docs/current/errcodes-appendix.html
"""

from msgspec.structs import replace

from checker.model import Outcome, RunError
from checker.patterns import regex

# The conditions that are the code's own fault, by name.
_FAULTS = {
    "22003": "numeric_value_out_of_range",
    "22007": "invalid_datetime_format",
    "22008": "datetime_field_overflow",
    "22023": "invalid_parameter_value",
    "22P02": "invalid_text_representation",
    "23502": "not_null_violation",
    "23514": "check_violation",
    "25001": "active_sql_transaction",
    "42601": "syntax_error",
    "42602": "invalid_name",
    "42611": "invalid_column_definition",
    "42702": "ambiguous_column",
    "42703": "undefined_column",
    "42712": "duplicate_alias",
    "42725": "ambiguous_function",
    "42803": "grouping_error",
    "42804": "datatype_mismatch",
    "42809": "wrong_object_type",
    "42830": "invalid_foreign_key",
    "42846": "cannot_coerce",
    "42P10": "invalid_column_reference",
    "42P16": "invalid_table_definition",
    "42P18": "indeterminate_datatype",
    "42P20": "windowing_error",
    "P0001": "raise_exception",
}
# Those that make a statement wrong whatever the database holds.
_ALWAYS = {"22023", "25001", "42601", "42602", "42611", "42P16", "P0001"}
_QUERIES = {"SELECT", "INSERT", "UPDATE", "DELETE", "MERGE", "VALUES", "WITH", "TABLE", "EXPLAIN", "COPY"}
# A table that is missing from the statement is a fault; one missing from the database may be in another lab.
_UNDEFINED_TABLE = "42P01"
_NOT_IN_STATEMENT = ("missing FROM-clause entry", "invalid reference to FROM-clause entry")
# A missing operator is a fault; a missing function may come with an extension.
_UNDEFINED_FUNCTION = "42883"
_OPERATOR = "operator does not exist"
_INTERRUPTED = "KeyboardInterrupt"
# The same conditions as Python's clients name them: psycopg2.errors.UndefinedTable, UndefinedTableError.
_ABSENT = regex(
    r"\b(?:Undefined(?:Table|Object)|Duplicate(?:Table|Object|Schema|Database)|InvalidSchemaName"
    r"|InvalidCatalogName|InsufficientPrivilege|ForeignKeyViolation|UniqueViolation)(?:Error)?\b"
)
_CLIENTS = ("asyncpg.", "psycopg.", "psycopg2.", "sqlalchemy.")


def settled(outcome: Outcome) -> Outcome:
    """The outcome of an SQL block with its condition's name; skipped for something that is not there."""
    error = outcome.error
    if outcome.kind != "failed" or error is None or error.type == _INTERRUPTED:
        return outcome
    name = _fault(error)
    if name is None:
        return _skipped(outcome, f"PostgreSQL says {error.message} ({error.type})")
    return replace(outcome, reason=f"{name}: {error.message}", error=replace(error, type=name))


def _fault(error: RunError) -> str | None:
    if error.type == _UNDEFINED_FUNCTION and error.message.startswith(_OPERATOR):
        return "undefined_function"
    if error.type == _UNDEFINED_TABLE and error.message.startswith(_NOT_IN_STATEMENT):
        return "undefined_table"
    is_query = any(frame.function in _QUERIES for frame in error.traceback)
    return _FAULTS.get(error.type) if is_query or error.type in _ALWAYS else None


def settled_client(outcome: Outcome) -> Outcome:
    """The outcome of a Python block; skipped where a client of the lab's PostgreSQL misses something."""
    error = outcome.error
    if outcome.kind != "failed" or error is None or not error.type.startswith(_CLIENTS):
        return outcome
    if not _ABSENT.search(error.type) and not _ABSENT.search(error.message):
        return outcome
    return _skipped(outcome, f"PostgreSQL says {error.message.splitlines()[0]}")


def _skipped(outcome: Outcome, why: str) -> Outcome:
    return replace(
        outcome, kind="skipped", reason=f"{why}: its lab may have that, this one has not", error=None
    )
