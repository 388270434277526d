"""Columns that stay `object` since pandas 3, where pandas used to make numbers or booleans of them."""

import ast
from collections.abc import Iterator, Mapping

from checker.analysis.frames.columns import Dtype, base
from checker.analysis.frames.dtypes import dtype_of
from checker.analysis.frames.holders import Items
from checker.analysis.frames.holders import Mapping as Dictionary
from checker.analysis.frames.kinds import NONE, Constant, Frame, Kind, Method, Series
from checker.analysis.frames.known import Types
from checker.analysis.trees import walk
from checker.model import Edit, Fix
from checker.rules.pandas.wording import quoted, severity
from checker.rules.rule import Report

_NUMBERS = frozenset({"int", "float", "bool"})
_SAME_OF_OBJECTS = frozenset({"mean", "sum", "min", "max", "count", "nunique", "median", "any", "all"})


def in_replacing(node: ast.Call, types: Types) -> Iterator[Report]:
    """Report `replace` of all texts of a column by numbers."""
    match types.of(node.func):
        case Method(of=Series(dtype=dtype), name="replace") if node.args:
            columns: Mapping[str, Dtype] = {"": dtype}
        case Method(of=Frame() as frame, name="replace") if node.args:
            columns = frame.columns
        case _:
            return
    found = any(_becomes_numbers(*each) for each in _replacements(node, columns, types))
    if found and not types.is_cast(node) and not _is_reduced(node, types.statement):
        yield Report(
            "Since pandas 3, a column keeps the dtype `object` when its strings are replaced with "
            "numbers, where it used to become numeric. Use `.map(...)`, or cast the column with "
            "`.astype(...)` or `.infer_objects()`.",
            types.span(node),
            severity="warning",
        )


def _is_reduced(node: ast.Call, statement: ast.stmt) -> bool:
    """Whether the column is reduced to one number, which does not change."""
    return any(
        isinstance(each, ast.Call)
        and isinstance(each.func, ast.Attribute)
        and each.func.value is node
        and each.func.attr in _SAME_OF_OBJECTS
        for each in walk(statement)
    )


def _replacements(
    node: ast.Call, columns: Mapping[str, Dtype], types: Types
) -> Iterator[tuple[Dtype, Kind, Kind]]:
    """The dtype of each column in which values are replaced, the old values and the new ones.

    A series is a column without a name.
    """
    old = types.of(node.args[0])
    if len(node.args) == 2:
        yield columns.get("", "other"), old, types.of(node.args[1])
    elif isinstance(old, Dictionary) and old.rest is None and "" not in columns and _is_nested(old):
        for name, of_one in old.items.items():
            if isinstance(of_one, Dictionary) and of_one.rest is None:
                yield columns.get(name, ""), _keys(of_one), Items(NONE, tuple(of_one.items.values()))
    elif isinstance(old, Dictionary) and old.rest is None:
        # Values are replaced in the whole frame, so it matters whether any column is text.
        dtype = columns.get("", "text" if "text" in map(base, columns.values()) else "other")
        yield dtype, _keys(old), Items(NONE, tuple(old.items.values()))


def _is_nested(replaced: Dictionary) -> bool:
    return any(isinstance(each, Dictionary) for each in replaced.items.values())


def _keys(replaced: Dictionary) -> Items:
    return Items(NONE, tuple(map(Constant, replaced.items)))


def _becomes_numbers(dtype: Dtype, old: Kind, new: Kind) -> bool:
    """Whether two or more texts are replaced by numbers; a single one may leave others."""
    if not isinstance(old, Items) or not isinstance(new, Items) or len(new.shown) < 2:
        return False
    return base(dtype) in ("", "text") and base(dtype_of(old)) == "text" and base(dtype_of(new)) in _NUMBERS


def in_inversion(node: ast.UnaryOp, types: Types) -> Iterator[Report]:
    """Report `~mask` where the mask had gaps: filling them leaves a column of objects."""
    mask = types.of(node.operand)
    if not isinstance(node.op, ast.Invert) or not isinstance(mask, Series):
        return
    # `other & ~mask` is right: the last bits of -1 and -2 are those of true and false.
    if mask.dtype == "bool-as-object" and not _is_side_of_and(node, types.statement):
        name = quoted(types.source(node.operand), "the mask")
        end = types.span(node.operand).end
        plain = isinstance(node.operand, ast.Name | ast.Attribute | ast.Subscript | ast.Call)
        cast = Edit(types.lesson.span(end, end), ".astype(bool)")
        yield Report(
            f"{name} had missing values, so its truth values are objects. Since pandas 3, they stay "
            "objects when the missing values are filled, and `~` turns them into -1 and -2, which "
            "pandas takes for labels. Cast the mask first, with `.astype(bool)`.",
            types.span(node),
            severity=severity(sure=mask.sure),
            fix=Fix("Cast it to bool", "unsafe", (cast,)) if plain else None,
        )


def _is_side_of_and(node: ast.expr, statement: ast.stmt) -> bool:
    return any(
        isinstance(each, ast.BinOp) and isinstance(each.op, ast.BitAnd) and node in (each.left, each.right)
        for each in walk(statement)
    )
