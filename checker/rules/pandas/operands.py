"""What pandas no longer takes beside an operator.

Each function is a test by the name of its row in the table; it gives the node to mark and whether it is sure.
"""

import ast

from checker.analysis.frames.columns import base
from checker.analysis.frames.holders import Items, Tuple
from checker.analysis.frames.kinds import Frame, Index, Member, Series, Value
from checker.analysis.frames.known import Types
from checker.rules.pandas.calling import Found

Operation = ast.BinOp | ast.Compare | ast.AugAssign

_LOGICAL = (ast.BitAnd, ast.BitOr, ast.BitXor)


def _operands(node: Operation) -> list[ast.expr]:
    if isinstance(node, ast.BinOp):
        return [node.left, node.right]
    return [node.target, node.value] if isinstance(node, ast.AugAssign) else [node.left, *node.comparators]


def tuple_operand(node: Operation, types: Types) -> Found | None:
    """`series + (1, 2, 3)`; as a mask it is not taken at all."""
    if not isinstance(node, ast.Compare) and isinstance(node.op, _LOGICAL):
        return None
    if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In | ast.NotIn | ast.Is | ast.IsNot):
        return None
    operands = _operands(node)
    pandas = [kind for kind in map(types.of, operands) if isinstance(kind, Series | Frame | Index)]
    other = next((each for each in operands if _is_sequence(each, types)), None)
    if not pandas or other is None:
        return None
    # Cells may be equal to a tuple; none is greater than one, or equal to a range.
    equal = isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Eq | ast.NotEq)
    if equal and isinstance(types.of(other), Tuple) and _may_hold_objects(pandas[0]):
        return None
    return other, pandas[0].sure


_WARNING = ("int", "float", "bool", "datetime", "timedelta")


def _may_hold_objects(kind: Series | Frame | Index) -> bool:
    """Whether it is not known to hold numbers or dates: what else is compared with a tuple does not warn."""
    return isinstance(kind, Frame) or base(kind.dtype) not in _WARNING


def _is_sequence(node: ast.expr, types: Types) -> bool:
    """A tuple, or a call of `range` or `tuple`; a list is welcome."""
    if isinstance(node, ast.Call):
        return types.of(node.func) in (Member("builtins.range"), Member("builtins.tuple"))
    return isinstance(types.of(node), Tuple)


def list_in_mask(node: ast.BinOp | ast.AugAssign, types: Types) -> Found | None:
    """`mask & [True, False]`."""
    if not isinstance(node.op, _LOGICAL):
        return None
    operands = _operands(node)
    masks = [kind for kind in map(types.of, operands) if isinstance(kind, Series)]
    other = next((each for each in operands if isinstance(types.of(each), Items | Tuple)), None)
    return None if not masks or other is None else (other, masks[0].sure)


def length_by_day(node: Operation, types: Types) -> Found | None:
    """`delta / pd.offsets.Day(1)`: a calendar day has no length."""
    operands = _operands(node)
    day = next((each for each in operands if _is_day(each, types)), None)
    operator = node.ops[0] if isinstance(node, ast.Compare) else node.op
    if day is None or not isinstance(operator, _MEASURING):
        return None
    if day is operands[0] and isinstance(operator, _DIVIDING):
        return day, True
    for kind in map(types.of, operands):
        if isinstance(kind, Series | Index) and base(kind.dtype) == "timedelta":
            return day, kind.sure
        if isinstance(kind, Value) and kind.of == "Timedelta":
            return day, True
    return None


_DIVIDING = (ast.Div, ast.FloorDiv, ast.Mod)
_MEASURING = (*_DIVIDING, ast.Lt, ast.LtE, ast.Gt, ast.GtE)


def _is_day(node: ast.expr, types: Types) -> bool:
    kind = types.of(node.func) if isinstance(node, ast.Call) else None
    return isinstance(kind, Member) and kind.name in _DAYS


_DAYS = ("pandas.offsets.Day", "pandas.tseries.offsets.Day")
