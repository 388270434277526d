"""Values assigned to a text column, which accepts only text in pandas 3."""

import ast
from collections.abc import Iterator

from checker.analysis.frames.columns import Dtype, base, suggested
from checker.analysis.frames.dtypes import dtype_of, is_missing
from checker.analysis.frames.holders import Items, Tuple
from checker.analysis.frames.kinds import Constant, Frame, Indexer, Kind, Series, text_of
from checker.analysis.frames.known import Types
from checker.rules.pandas.wording import quoted, severity
from checker.rules.rule import Report

_NOT_TEXT = frozenset({"int", "float", "bool", "datetime", "timedelta"})


def looks_like_text(dtype: Dtype, column: str | None) -> bool:
    """Whether a column holds text, by its dtype or, when that is unknown, by its name."""
    return base(dtype) == "text" or (dtype == "" and base(suggested(column)) == "text")


def put_into_text(node: ast.Assign, types: Types) -> Iterator[Report]:
    """Report a number, a date or a list that is assigned to rows of a text column."""
    target = node.targets[0]
    if len(node.targets) > 1 or not isinstance(target, ast.Subscript) or types.is_temporary(target.value):
        return
    dtype, column, sure = column_set(types.of(target.value), types.of(target.slice))
    value = types.of(node.value)
    if not looks_like_text(dtype, column) or not _is_refused(value, types.of(target.value)):
        return
    there = is_there(types.of(target.value), types.of(target.slice))
    of = target.value
    if isinstance(of, ast.Attribute) and isinstance(types.of(of), Indexer):
        of = of.value
    name = f'The column "{column}"' if column else quoted(types.source(of), "The series")
    held = "holds text" if dtype else "seems to hold text"
    yield Report(
        f"{name} {held}, and in pandas 3 a text column accepts only text: this raises "
        f"{_error(value)}. Cast it first, with `.astype(object)`, or keep such values in a column "
        f"of their own.{'' if there else NEW_ROW}",
        types.span(target),
        severity=severity(sure=sure and there and base(dtype) == "text"),
        intended=not {"TypeError", "ValueError"}.isdisjoint(types.handled),
    )


NEW_ROW = " This holds if the label is there: a new row takes any value, with a warning."


def is_there(of: Kind, key: Kind) -> bool:
    """Whether a key certainly means rows that are there: a place, a mask, a slice, or the first labels."""
    if isinstance(of, Indexer):
        if of.how in ("iloc", "iat"):
            return True
        key = key.items[0] if isinstance(key, Tuple) and key.items else key
    return not isinstance(key, Constant) or key.value in (0, 1)


def _error(value: Kind) -> str:
    return "ValueError" if isinstance(value, Items) else "TypeError"


def column_set(of: Kind, key: Kind) -> tuple[Dtype, str | None, bool]:
    """The dtype and the name of the column that `of[key]` assigns to, and whether `of` is known."""
    match of:
        case Series(dtype=dtype, sure=sure) | Indexer(of=Series(dtype=dtype, sure=sure)):
            return dtype, None, sure
        case Indexer(of=Frame() as frame) if isinstance(key, Tuple) and len(key.items) == 2:
            column = text_of(key.items[1])
            if of.how in ("iloc", "iat"):
                column = _at_position(frame, key.items[1])
            return ("other" if column is None else frame.column(column)), column, frame.sure
    return "other", None, False


def _at_position(frame: Frame, key: Kind) -> str | None:
    """The name of a column by its position, where all columns are known."""
    names = list(frame.columns) if frame.rest is None else []
    number = key.value if isinstance(key, Constant) else None
    return names[number] if isinstance(number, int) and -len(names) <= number < len(names) else None


def _is_refused(value: Kind, of: Kind) -> bool:
    if isinstance(value, Items) and isinstance(of, Indexer) and of.how in ("at", "iat"):
        return True  # a list as one value
    return base(dtype_of(value)) in _NOT_TEXT and not is_missing(value)
