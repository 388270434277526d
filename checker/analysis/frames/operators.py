"""What operators make of their operands."""

import ast

from checker.analysis.frames.dtypes import dtype_of
from checker.analysis.frames.holders import Items, Mapping, Tuple, item_of, join
from checker.analysis.frames.kinds import (
    UNKNOWN,
    Array,
    Constant,
    Dtype,
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
    """`left <operator> right`: of the larger kind of the two, frame before series before array."""
    operands = (left, right)
    dtype = _dtype(operator, left, right)
    for kind in operands:
        if isinstance(kind, Frame):
            return Frame({}, dtype, kind.sure)
    for kind in operands:
        if isinstance(kind, Series):
            return Series(dtype, kind.sure)
    for kind in operands:
        if isinstance(kind, Index | Array):
            return Index("", kind.sure) if isinstance(kind, Index) else Array(dtype)
        if isinstance(kind, Foreign):
            return kind
    return _of_python(operator, left, right)


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
    dtypes = {dtype_of(left), dtype_of(right)}
    if dtypes == {"text"} or (isinstance(operator, ast.Mult) and dtypes == {"text", "int"}):
        return "text"
    if dtypes <= {"int", "float", "bool"}:
        return "float" if "float" in dtypes or isinstance(operator, ast.Div) else "int"
    return ""


def _scalar(operator: ast.operator, left: str | None, right: str | None) -> Kind:
    if left == "str" and isinstance(operator, ast.Add | ast.Mod | ast.Mult):
        return Plain("str")
    if left in _NUMBERS and right in _NUMBERS:
        return Plain("float" if "float" in (left, right) or isinstance(operator, ast.Div) else "int")
    return UNKNOWN if left is None or right is None else Plain()


_NUMBERS = ("int", "float", "bool")


def negated(operator: ast.unaryop, operand: Kind) -> Kind:
    """`-a`, `~a`, `not a`."""
    if isinstance(operator, ast.Not):
        return Plain("bool")
    if isinstance(operator, ast.USub) and isinstance(operand, Constant) and isinstance(operand.value, int):
        return Constant(-operand.value)
    return Plain(scalar_name(operand) or "") if isinstance(operand, Constant) else operand


def compared(operands: list[Kind]) -> Kind:
    """`a < b < c`: a mask when something with many values takes part."""
    for kind in operands:
        if isinstance(kind, Frame):
            return Frame({}, "bool", kind.sure)
    for kind in operands:
        if isinstance(kind, Series | Dtypes):
            return Series("bool", kind.sure if isinstance(kind, Series) else kind.of.sure)
    for kind in operands:
        if isinstance(kind, Index | Array):
            return Array("bool")
        if isinstance(kind, Foreign):
            return kind
    return Plain("bool")
