"""What a condition says about a name: `isinstance(data, pd.DataFrame)`."""

import ast
from collections.abc import Callable

from msgspec import Struct

from checker.analysis.frames.annotations import annotated
from checker.analysis.frames.kinds import UNKNOWN, Kind


class Narrowing(Struct, frozen=True):
    """A name is of a kind where the condition holds, or (`negated`) where it does not."""

    name: str
    kind: Kind
    negated: bool = False


def narrowings(test: ast.expr, kind_of: Callable[[ast.expr], Kind]) -> list[Narrowing]:
    """What the `isinstance` tests in a condition say."""
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
        conditions = [(value, False) for value in test.values]
    elif isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        conditions = [(test.operand, True)]
    else:
        conditions = [(test, False)]
    found = []
    for condition, negated in conditions:
        match condition:
            case ast.Call(func=ast.Name(id="isinstance"), args=[ast.Name(id=name), of]):
                kind = UNKNOWN if isinstance(of, ast.Tuple) else annotated(of, kind_of)
                found.append(Narrowing(name, kind, negated))
    return found
