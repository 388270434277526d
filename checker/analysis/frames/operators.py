"""Evaluates operators."""

import ast
from collections.abc import Sequence

from checker.analysis.frames.columns import Dtype, base
from checker.analysis.frames.dtypes import dtype_of
from checker.analysis.frames.holders import Items, Mapping, Tuple, item_of, join
from checker.analysis.frames.kinds import (
    UNKNOWN,
    Array,
    Constant,
    Dtypes,
    Foreign,
    Frame,
    Index,
    Kind,
    Plain,
    Series,
    scalar_name,
)

_LOGICAL = (ast.BitAnd, ast.BitOr, ast.BitXor)


def computed(operator: ast.operator, left: Kind, right: Kind) -> Kind:
    """`left <operator> right`: a frame if either is one, otherwise a series, otherwise an array."""
    operands = (left, right)
    dtype = _dtype(operator, left, right)
    for kind in operands:
        if isinstance(kind, Frame):
            return like(kind, dtype)
    for kind in operands:
        if isinstance(kind, Series):
            return Series(dtype, kind.sure, index=kind.index)
    for kind in operands:
        if isinstance(kind, Index | Array):
            return Index(dtype, kind.sure) if isinstance(kind, Index) else Array(dtype, sure=kind.sure)
        if isinstance(kind, Foreign):
            return kind
    return _of_python(operator, left, right)


def like(frame: Frame, dtype: Dtype) -> Frame:
    """A frame of the same shape and labels in which all columns have this dtype."""
    return Frame({}, dtype, frame.sure, index=frame.index, header=frame.labels, in_blocks=True)


def _of_python(operator: ast.operator, left: Kind, right: Kind) -> Kind:
    if isinstance(left, Items | Tuple) and isinstance(operator, ast.Add):
        return Items(join(item_of(left), item_of(right)))
    if isinstance(left, Items | Tuple) and isinstance(operator, ast.Mult):
        return Items(item_of(left))
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return Mapping({**left.items, **right.items}, left.rest or right.rest)
    return _scalar(operator, scalar_name(left), scalar_name(right))


def _dtype(operator: ast.operator, left: Kind, right: Kind) -> Dtype:
    if isinstance(operator, _LOGICAL):
        return "bool"
    given = dtype_of(left), dtype_of(right)
    dtypes = {base(each) for each in given}
    if dtypes == {"text"} or (isinstance(operator, ast.Mult) and dtypes == {"text", "int"}):
        return "text"
    if dtypes <= {"int", "float", "bool"}:
        if "epoch" in given and isinstance(operator, ast.Add | ast.Sub):
            return "epoch"
        return "float" if "float" in dtypes or isinstance(operator, ast.Div) else "int"
    return _of_times(operator, given, dtypes)


def _of_times(operator: ast.operator, given: tuple[Dtype, Dtype], dtypes: set[Dtype]) -> Dtype:
    """Arithmetic of dates and times: a difference, or a date and a duration."""
    asked = any(each.endswith("-as-asked") for each in given)
    if isinstance(operator, ast.Sub) and dtypes == {"datetime"}:
        return "timedelta-as-asked" if asked else "timedelta"
    if isinstance(operator, ast.Add | ast.Sub) and dtypes == {"datetime", "timedelta"}:
        return "datetime-as-asked" if asked else "datetime"
    if dtypes == {"timedelta"} and isinstance(operator, ast.Div):
        return "float"
    if dtypes == {"timedelta"} and isinstance(operator, ast.FloorDiv):
        return "int"
    if dtypes <= {"timedelta", "int", "float"} and base(given[0]) == "timedelta":
        return given[0]
    return ""


def _scalar(operator: ast.operator, left: str | None, right: str | None) -> Kind:
    if left == "str" and isinstance(operator, ast.Add | ast.Mod | ast.Mult):
        return Plain("str")
    if left == right == "bool" and isinstance(operator, _LOGICAL):
        return Plain("bool")
    if left in _NUMBERS and right in _NUMBERS:
        return Plain("float" if "float" in (left, right) or isinstance(operator, ast.Div) else "int")
    if isinstance(operator, ast.Sub) and (left, right) == ("datetime", "datetime"):
        return Plain("timedelta")
    if isinstance(operator, ast.Add | ast.Sub) and (left, right) == ("datetime", "timedelta"):
        return Plain("datetime")
    return UNKNOWN if left is None or right is None else Plain()


_NUMBERS = ("int", "float", "bool")


def negated(operator: ast.unaryop, operand: Kind) -> Kind:
    """`-a`, `~a`, `not a`."""
    if isinstance(operator, ast.Not):
        return Plain("bool")
    if isinstance(operator, ast.USub) and isinstance(operand, Constant) and isinstance(operand.value, int):
        return Constant(-operand.value)
    return Plain(scalar_name(operand) or "") if isinstance(operand, Constant) else operand


def compared(operators: Sequence[ast.cmpop], operands: list[Kind]) -> Kind:
    """`a < b < c`: a mask when any operand holds several values."""
    if isinstance(operators[-1], ast.Is | ast.IsNot | ast.In | ast.NotIn):
        return Plain("bool")
    for kind in operands:
        if isinstance(kind, Frame):
            return like(kind, "bool")
    for kind in operands:
        if isinstance(kind, Series):
            return Series("bool", kind.sure, index=kind.index)
        if isinstance(kind, Dtypes):
            return Series("bool", kind.of.sure, index=kind.of.labels)
    for kind in operands:
        if isinstance(kind, Index | Array):
            return Array("bool")
        if isinstance(kind, Foreign):
            return kind
    return UNKNOWN if UNKNOWN in operands else Plain("bool")
