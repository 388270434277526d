"""Values assigned to a column of numbers, booleans or dates that does not accept them."""

import ast
import re
from collections.abc import Iterator

from checker.analysis.frames.columns import Dtype, base, suggested
from checker.analysis.frames.dtypes import dtype_of, is_missing
from checker.analysis.frames.holders import Items, Tuple
from checker.analysis.frames.kinds import Constant, Kind, Series, scalar_name
from checker.analysis.frames.known import Types
from checker.patterns import regex
from checker.rules.pandas.text_columns import NEW_ROW, column_set, is_there
from checker.rules.pandas.wording import quoted, severity
from checker.rules.rule import Report

# Text that pandas parses as a date.
_DATE_LIKE = regex(r"\d{2,4}[-/.]\d|now|today|NaT", re.IGNORECASE)
_WORDS: dict[Dtype, str] = {
    "int": "whole numbers",
    "float": "numbers",
    "bool": "true and false",
    "datetime": "dates",
}
_Put = ast.Assign | ast.AugAssign


def put_where_it_does_not_fit(node: _Put, types: Types) -> Iterator[Report]:
    """Report `df.loc[0, "age"] = "?"`, and 1.5 in a column of integers."""
    target = node.targets[0] if isinstance(node, ast.Assign) else node.target
    if not isinstance(target, ast.Subscript) or types.is_temporary(target.value):
        return
    of, key = types.of(target.value), types.of(target.slice)
    there = is_there(of, key)
    if isinstance(of, Series) and of.dtype and not there:
        return  # a new label makes a new row, of any dtype
    dtype, column, sure = column_set(of, key)
    by_name = dtype == ""
    held = base(dtype or suggested(column))
    if held not in _WORDS or not _is_refused(held, node, types, by_name=by_name):
        return
    name = f'The column "{column}"' if column else quoted(types.source(target.value), "The series")
    known = sure and not by_name
    condition = "" if known else " This holds if the column is what it seems to be."
    yield Report(
        f"{name} holds {_WORDS[held]}, and since pandas 3 it accepts nothing else: this raises "
        "TypeError. Cast it first, with `.astype(...)`, or keep such values in a column of their "
        f"own.{condition}{'' if there else NEW_ROW}",
        types.span(target),
        severity=severity(sure=known and there),
        intended="TypeError" in types.handled,
    )


def _is_refused(held: Dtype, node: _Put, types: Types, *, by_name: bool) -> bool:
    value = types.of(node.value)
    if isinstance(node, ast.AugAssign):
        scaled = isinstance(node.op, ast.Div) or (
            isinstance(node.op, ast.Mult | ast.Add | ast.Sub) and _is_broken(value)
        )
        return held == "int" and not by_name and scaled
    if is_missing(value):
        return held == "bool" and not by_name
    if isinstance(value, Items | Tuple | Series):
        given = base(dtype_of(value))
        return not by_name and isinstance(value, Series) and (held, given) in _REFUSED_SERIES
    given_name = scalar_name(value)
    if by_name and held == "datetime":
        return False  # dates that were read as text accept any text
    if given_name == "str":
        return held != "datetime" or _is_no_date(value)
    if by_name and held != "int":
        return False
    return (held == "int" and _is_broken(value)) or (held, given_name) in _REFUSED


_REFUSED = frozenset(
    {("int", "bool"), ("float", "bool"), ("bool", "int"), ("bool", "float")}
    | {("datetime", "int"), ("datetime", "float")}
    | {(held, given) for held in ("int", "float", "bool") for given in ("datetime", "timedelta")}
)


_REFUSED_SERIES = frozenset({("int", "text"), ("float", "text"), ("bool", "text")})


def _is_broken(value: Kind) -> bool:
    """Whether a number is not an integer."""
    if isinstance(value, Constant):
        return isinstance(value.value, float) and not value.value.is_integer()
    return False


def _is_no_date(value: Kind) -> bool:
    return isinstance(value, Constant) and isinstance(value.value, str) and not _DATE_LIKE.match(value.value)
