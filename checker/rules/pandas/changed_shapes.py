"""Changes that only the form of the code reveals: operators, brackets, attributes.

Each function is a test, named like its row in the table; it yields the node to mark and whether it is sure.
"""

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence

from checker.analysis.frames.columns import base
from checker.analysis.frames.holders import Tuple
from checker.analysis.frames.kinds import (
    NONE,
    Accessor,
    Frame,
    Groups,
    Index,
    Indexer,
    Member,
    Method,
    Series,
    text_of,
)
from checker.analysis.frames.known import Types
from checker.rules.pandas import operands
from checker.rules.pandas.calling import Found
from checker.rules.pandas.changed_calls import CALLS
from checker.rules.pandas.date_calls import is_quarter
from checker.rules.pandas.receivers import called
from checker.rules.pandas.table import Wanted, shapes
from checker.rules.pandas.telling import is_meant, remedy, said
from checker.rules.pandas.wording import severity
from checker.rules.rule import Report

NODES = (ast.Call, ast.Subscript, ast.BinOp, ast.Compare, ast.AugAssign, ast.Attribute)


def in_shape(node: ast.AST, types: Types, wanted: Wanted) -> Iterator[Report]:
    """Report what the form of a node reveals."""
    for name, test in _tests(node, types):
        change = shapes()[name]
        if not wanted(change):
            continue
        found = test(node, types)
        if found is not None:
            marked, sure = found
            yield Report(
                said(change.what, change).replace(" was removed in", " no longer works since", 1),
                types.span(marked),
                severity=severity(sure=sure),
                intended=is_meant(change, types),
            )


def _tests(node: ast.AST, types: Types) -> "Sequence[tuple[str, _Test]]":
    if isinstance(node, ast.Call):
        return CALLS.get(called(node, types), ())
    return OTHERS.get(type(node), ())


def number_of_series(node: ast.Call, types: Types) -> Iterator[Report]:
    """Report `int(series)` and `float(series)`."""
    if len(node.args) != 1 or types.of(node.func) not in _NUMBERS or node.keywords:
        return
    kind = types.of(node.args[0])
    if isinstance(kind, Series):
        change = shapes()["number-of-series"]
        message = f"{change.what} raises TypeError since pandas {change.since}. {remedy(change.instead)}"
        yield Report(
            message, types.span(node), severity=severity(sure=kind.sure), intended=is_meant(change, types)
        )


_NUMBERS = (Member("builtins.int"), Member("builtins.float"))


def _columns_as_tuple(node: ast.Subscript, types: Types) -> Found | None:
    kind = types.of(node.value)
    if not isinstance(kind, Groups) or kind.by != "groupby" or not isinstance(kind.of, Frame):
        return None
    return (node.slice, kind.of.sure) if isinstance(node.slice, ast.Tuple) and node.slice.elts[1:] else None


def _window_columns_as_tuple(node: ast.Subscript, types: Types) -> Found | None:
    kind = types.of(node.value)
    if not isinstance(kind, Groups) or kind.by == "groupby" or not isinstance(kind.of, Frame):
        return None
    return (node.slice, kind.of.sure) if isinstance(node.slice, ast.Tuple) and node.slice.elts[1:] else None


def _nth_by_index(node: ast.Subscript, types: Types) -> Found | None:
    kind = types.of(node.value)
    if isinstance(kind, Method) and kind.name == "nth" and isinstance(kind.of, Groups):
        return node, kind.of.of.sure
    return None


def _date_slice(node: ast.Subscript, types: Types) -> Found | None:
    kind = types.of(node.value)
    data = kind.of if isinstance(kind, Indexer) and kind.how == "loc" else kind
    if not isinstance(data, Series | Frame) or not isinstance(node.slice, ast.Slice):
        return None
    ends = [each for each in (node.slice.lower, node.slice.upper) if each and _is_date(each, types)]
    return (ends[0], data.sure) if ends else None


def _quarter_label(node: ast.Subscript, types: Types) -> Found | None:
    kind = types.of(node.value)
    data = kind.of if isinstance(kind, Indexer) and kind.how == "loc" else kind
    if not isinstance(data, Series | Frame) or base(data.index) != "datetime":
        return None
    if data is kind and isinstance(data, Frame) and not isinstance(node.slice, ast.Slice):
        return None  # a column
    ends = (node.slice.lower, node.slice.upper) if isinstance(node.slice, ast.Slice) else (node.slice,)
    found = next((each for each in ends if each is not None and is_quarter(types.of(each))), None)
    return None if found is None else (found, data.sure)


def _new_column_at(node: ast.Subscript, types: Types) -> Found | None:
    """`df.at[0, "new"] = 1`: `.loc` makes columns."""
    kind, key = types.of(node.value), types.of(node.slice)
    if not isinstance(node.ctx, ast.Store) or not isinstance(kind, Indexer) or kind.how != "at":
        return None
    frame = kind.of
    if not isinstance(frame, Frame) or frame.rest is not None or not isinstance(key, Tuple):
        return None
    column = text_of(key.items[-1]) if len(key.items) == 2 else None
    return None if column is None or column in frame.columns else (node, frame.sure)


def _column_without_level(node: ast.Subscript, types: Types) -> Found | None:
    """`df["total"] = 1` where the columns have several levels."""
    frame, column = types.of(node.value), text_of(types.of(node.slice))
    if not isinstance(node.ctx, ast.Store) or not isinstance(frame, Frame) or frame.header != "pairs":
        return None
    return None if column is None or column in frame.columns else (node, frame.sure)


def _date_compared(node: ast.Compare, types: Types) -> Found | None:
    sides = [node.left, *node.comparators]
    dates = next((each for each in sides if _is_date(each, types)), None)
    for kind in map(types.of, sides):
        if isinstance(kind, Series | Index) and kind.dtype.startswith("datetime") and dates:
            return (dates, kind.sure) if not isinstance(node.ops[0], ast.Eq | ast.NotEq) else None
    return None


def _is_date(node: ast.expr, types: Types) -> bool:
    """`datetime.date(...)`, or `date.today()` and similar."""
    if not isinstance(node, ast.Call):
        return False
    kind = types.of(node.func)
    return isinstance(kind, Member) and kind.name in _DATES


_DATES = ("datetime.date", "datetime.date.today", "datetime.date.fromisoformat")


def _groups_by_list(node: ast.Attribute, types: Types) -> Found | None:
    of = types.of(node.value)
    if node.attr != "groups" or not isinstance(of, Groups) or not of.by_list:
        return None
    return node, of.of.sure


def _period_values(node: ast.Attribute, types: Types) -> Found | None:
    of = types.of(node.value)
    if node.attr != "values" or not isinstance(of, Series):
        return None
    return (node, of.sure) if of.dtype == "period" else None


def _zoned_values(node: ast.Attribute, types: Types) -> Found | None:
    made = node.value
    if node.attr != "values" or not isinstance(made, ast.Call) or not made.args:
        return None
    method = types.of(made.func)
    if not isinstance(method, Method) or method.name not in ("tz_localize", "tz_convert"):
        return None
    if not isinstance(method.of, Accessor) or types.of(made.args[0]) == NONE:
        return None
    return node, method.of.of.sure


_Test = Callable[..., "Found | None"]
_TUPLE = ("tuple-operand", operands.tuple_operand)
_LIST = ("list-in-mask", operands.list_in_mask)
_DAY = ("length-by-day", operands.length_by_day)
OTHERS: Mapping[type, Sequence[tuple[str, _Test]]] = {
    ast.Subscript: [
        ("columns-as-tuple", _columns_as_tuple),
        ("window-columns-as-tuple", _window_columns_as_tuple),
        ("nth-by-index", _nth_by_index),
        ("date-slice", _date_slice),
        ("quarter-label", _quarter_label),
        ("new-column-at", _new_column_at),
        ("column-without-level", _column_without_level),
    ],
    ast.BinOp: [_TUPLE, _LIST, _DAY],
    ast.Compare: [_TUPLE, _DAY, ("date-compared", _date_compared)],
    ast.AugAssign: [_TUPLE, _LIST, _DAY],
    ast.Attribute: [
        ("zoned-values", _zoned_values),
        ("period-values", _period_values),
        ("groups-by-list", _groups_by_list),
    ],
}
