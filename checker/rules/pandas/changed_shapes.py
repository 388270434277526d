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
)
from checker.analysis.frames.known import Types
from checker.rules.pandas.changed_calls import CALLS
from checker.rules.pandas.receivers import called
from checker.rules.pandas.table import Wanted, shapes
from checker.rules.pandas.telling import is_meant, remedy, said
from checker.rules.pandas.wording import severity
from checker.rules.rule import Report

# The node to mark, and whether the test is sure.
Found = tuple[ast.expr | ast.keyword, bool]

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


def _nth_by_index(node: ast.Subscript, types: Types) -> Found | None:
    kind = types.of(node.value)
    if isinstance(kind, Method) and kind.name == "nth" and isinstance(kind.of, Groups):
        return node, kind.of.of.sure
    return None


def _tuple_operand(node: ast.BinOp | ast.Compare | ast.AugAssign, types: Types) -> Found | None:
    if isinstance(node, ast.BinOp):
        operands = [node.left, node.right]
    elif isinstance(node, ast.AugAssign):
        operands = [node.target, node.value]
    elif isinstance(node.ops[0], ast.In | ast.NotIn | ast.Is | ast.IsNot):
        return None
    else:
        operands = [node.left, *node.comparators]
    pandas = [kind for kind in map(types.of, operands) if isinstance(kind, Series | Frame | Index)]
    other = next((each for each in operands if _is_sequence(each, types)), None)
    if not pandas or other is None:
        return None
    # Cells may be equal to a tuple; none is greater than one, or equal to a range.
    equal = isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Eq | ast.NotEq)
    if equal and isinstance(types.of(other), Tuple) and _may_hold_objects(pandas[0]):
        return None
    return other, pandas[0].sure


def _may_hold_objects(kind: Series | Frame | Index) -> bool:
    """Whether it may hold anything but numbers or dates: comparing these with a tuple does not warn."""
    return isinstance(kind, Frame) or base(kind.dtype) not in _WARNING


_WARNING = ("int", "float", "bool", "datetime", "timedelta")


def _is_sequence(node: ast.expr, types: Types) -> bool:
    """A tuple, or a call of `range`; lists are accepted."""
    if isinstance(node, ast.Call):
        return types.of(node.func) == Member("builtins.range")
    return isinstance(types.of(node), Tuple)


def _date_slice(node: ast.Subscript, types: Types) -> Found | None:
    kind = types.of(node.value)
    data = kind.of if isinstance(kind, Indexer) and kind.how == "loc" else kind
    if not isinstance(data, Series | Frame) or not isinstance(node.slice, ast.Slice):
        return None
    ends = [each for each in (node.slice.lower, node.slice.upper) if each and _is_date(each, types)]
    return (ends[0], data.sure) if ends else None


def _date_compared(node: ast.Compare, types: Types) -> Found | None:
    operands = [node.left, *node.comparators]
    dates = next((each for each in operands if _is_date(each, types)), None)
    for kind in map(types.of, operands):
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
OTHERS: Mapping[type, Sequence[tuple[str, _Test]]] = {
    ast.Subscript: [
        ("columns-as-tuple", _columns_as_tuple),
        ("nth-by-index", _nth_by_index),
        ("date-slice", _date_slice),
    ],
    ast.BinOp: [("tuple-operand", _tuple_operand)],
    ast.Compare: [("tuple-operand", _tuple_operand), ("date-compared", _date_compared)],
    ast.AugAssign: [("tuple-operand", _tuple_operand)],
    ast.Attribute: [("zoned-values", _zoned_values)],
}
