"""What an error of PostgreSQL's means for a lesson: a defect of its code, or something that is not there.

The server knows only what the lab's scripts and the lesson's own blocks have made. So a table, a role or a
row that is missing may be another lesson's, and says nothing of this one; a column that its table does not
have, a type that does not fit, or a condition that is broken does.

Source: https://www.postgresql.org/docs/current/errcodes-appendix.html
"""

from msgspec.structs import replace

from checker.model import Outcome

# The conditions that are the code's own fault, by their names.
_FAULTS = {
    "22003": "numeric_value_out_of_range",
    "22007": "invalid_datetime_format",
    "22008": "datetime_field_overflow",
    "2200G": "most_specific_type_mismatch",
    "22012": "division_by_zero",
    "22023": "invalid_parameter_value",
    "22P02": "invalid_text_representation",
    "23502": "not_null_violation",
    "23514": "check_violation",
    "25001": "active_sql_transaction",
    "42601": "syntax_error",
    "42602": "invalid_name",
    "42611": "invalid_column_definition",
    "42701": "duplicate_column",
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
# An operator that is not there is a fault; a function may be an extension's.
_UNDEFINED_FUNCTION = "42883"
_OPERATOR = "operator does not exist"
_INTERRUPTED = "KeyboardInterrupt"


def settled(outcome: Outcome) -> Outcome:
    """The outcome of an SQL block with its condition's name, or skipped for what is missing."""
    error = outcome.error
    if outcome.kind != "failed" or error is None or error.type == _INTERRUPTED:
        return outcome
    name = _FAULTS.get(error.type)
    if error.type == _UNDEFINED_FUNCTION and error.message.startswith(_OPERATOR):
        name = "undefined_function"
    if name is None:
        reason = (
            f"PostgreSQL says {error.message} ({error.type}), which its lab may have and this one has not"
        )
        return replace(outcome, kind="skipped", reason=reason, error=None)
    named = replace(error, type=name)
    return replace(outcome, reason=f"{name}: {error.message}", error=named)
