"""Calls that return another result in pandas 3."""

import ast
from collections.abc import Iterable, Iterator

from checker.analysis.frames.columns import Dtype
from checker.analysis.frames.holders import Tuple, one_or_several, shown_texts
from checker.analysis.frames.kinds import (
    NONE,
    Constant,
    Frame,
    Groups,
    Index,
    Indexer,
    Kind,
    Method,
    Series,
    text_of,
)
from checker.analysis.frames.known import Types
from checker.analysis.trees import walk
from checker.model import Edit, Fix, Severity
from checker.rules.pandas.calling import is_of_all_rows
from checker.rules.pandas.dates_among import dates_in_texts
from checker.rules.pandas.lost_keys import without_keys
from checker.rules.pandas.own_functions import in_aggregation, of_a_whole_frame
from checker.rules.pandas.wording import quoted
from checker.rules.rule import Report

# Methods with names of columns as arguments.
_NAMING_COLUMNS = frozenset(
    {"sort_values", "groupby", "set_index", "drop_duplicates", "nlargest", "nsmallest", "pivot_table", "melt"}
)

# Methods with the same result whether values are missing or left out.
_PASSING_OVER = frozenset({"dropna", "count", "max", "mean", "median", "min", "std", "sum", "var"})


def in_call(node: ast.Call, types: Types) -> Iterator[Report]:
    """Report a call whose result has changed."""
    callee = types.of(node.func)
    yield from in_aggregation(node, types)
    yield from of_a_whole_frame(node, types)
    if not isinstance(callee, Method):
        return
    if isinstance(callee.of, Frame) and callee.of.gone and callee.name in _NAMING_COLUMNS:
        yield from _gone_by_name(node, callee.of, types)
    match callee:
        case Method(of=Frame() as frame, name="groupby"):
            yield from _unobserved(node, frame, types)
        case Method(of=Frame() as frame, name="stack"):
            yield from _stacked(node, frame, types)
        case Method(of=Groups() as groups, name="apply") if groups.columns:
            yield from without_keys(node, groups, types)
        case Method(of=Series() | Index() as dates, name="isin") if node.args:
            yield from dates_in_texts(node, dates, types)
        case Method(of=Series(dtype="float-or-nan"), name="argsort") if is_of_all_rows(node):
            yield _report(
                node,
                "Since pandas 3, `argsort` puts missing values last, where it used to give -1 for them. "
                "Write `.dropna()` before it to leave them out.",
                types,
                severity="warning",
            )
        case Method(of=Series(dtype="text" | "text-or-none" | "text-cast"), name="interpolate"):
            yield _report(node, "Since pandas 3, text cannot be interpolated: this raises TypeError.", types)


def _unobserved(node: ast.Call, frame: Frame, types: Types) -> Iterator[Report]:
    by = (
        types.of(node.args[0])
        if node.args
        else next((types.of(word.value) for word in node.keywords if word.arg == "by"), None)
    )
    if by is None or any(word.arg in ("observed", None) for word in node.keywords):
        return
    if any(_key_dtype(frame, key) == "category-listed" for key in one_or_several(by)):
        yield _report(
            node,
            "Since pandas 3, `groupby` leaves out categories that do not occur. Pass "
            "`observed=False` to keep them with a count of 0, or `observed=True` to show that "
            "leaving them out is intended.",
            types,
            severity="warning",
            fix=Fix("Keep them", "safe", (Edit(types.inside_end(node), ", observed=False"),)),
        )


def _stacked(node: ast.Call, frame: Frame, types: Types) -> Iterator[Report]:
    """Missing values are kept since pandas 3, which has no effect when the next method ignores them."""
    dtypes = frame.columns.values()
    asked = any(word.arg in ("dropna", "future_stack", None) for word in node.keywords)
    if asked or not any(each in ("float-or-nan", "text-or-none") for each in dtypes):
        return
    if any(
        isinstance(each, ast.Attribute) and each.value is node and each.attr in _PASSING_OVER
        for each in walk(types.statement)
    ):
        return
    yield _report(
        node,
        "Since pandas 3, `stack` keeps missing values, which it used to drop: the result has more "
        "rows. Write `.dropna()` after it to drop them.",
        types,
        severity=None if frame.sure else "warning",
    )


def _key_dtype(frame: Frame, key: Kind) -> Dtype:
    if isinstance(key, Series):
        return key.dtype
    return frame.column(key.value) if isinstance(key, Constant) else ""


def in_selection(node: ast.Subscript | ast.Attribute, types: Types) -> Iterator[Report]:
    """Report reads of the column that was grouped by, inside the function that `apply` calls."""
    of = types.of(node.value)
    of_cells = isinstance(of, Indexer) and of.how in ("loc", "at")
    frame = of.of if isinstance(of, Indexer) and of_cells else of
    if not isinstance(frame, Frame) or not frame.gone or not isinstance(node.ctx, ast.Load):
        return
    if isinstance(node, ast.Attribute):
        names = [node.attr] if node.attr != "name" and not of_cells else []
    else:
        key = types.of(node.slice)
        if of_cells:
            key = key.items[1] if isinstance(key, Tuple) and len(key.items) == 2 else NONE
        names = [text_of(key) or "", *shown_texts(key)]
    yield from _gone(node, names, frame, types)


def _gone_by_name(node: ast.Call, of: Frame, types: Types) -> Iterator[Report]:
    kinds = [types.of(each) for each in (*node.args, *(word.value for word in node.keywords))]
    names = [name for kind in kinds for name in (text_of(kind) or "", *shown_texts(kind))]
    yield from _gone(node, names, of, types)


def _gone(node: ast.expr, names: Iterable[str], of: Frame, types: Types) -> Iterator[Report]:
    if any(name in of.gone and name not in of.columns for name in names):
        column = quoted(types.source(node), "the column")
        yield _report(
            node,
            "Since pandas 3, the function passed to `apply` does not get the grouping column, and its result "
            f"does not have it either: {column} raises KeyError. The group's label is in `.name`; or "
            'select the columns first, `groupby("a")[["a", "b"]]`.',
            types,
            severity=None if of.sure else "warning",
        )


def _report(
    node: ast.expr, message: str, types: Types, *, severity: Severity | None = None, fix: Fix | None = None
) -> Report:
    caught = not {"TypeError", "KeyError", "AttributeError"}.isdisjoint(types.handled)
    return Report(message, types.span(node), severity=severity, intended=caught, fix=fix)
