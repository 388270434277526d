"""Calls on groups whose arguments pandas no longer takes in the form that they have.

Each function is a test by the name of its row in the table; it gives the node to mark and whether it is sure.
"""

import ast
from collections.abc import Iterable

from checker.analysis.frames.holders import Mapping as Dict
from checker.analysis.frames.kinds import (
    NONE,
    Constant,
    Frame,
    Function,
    Groups,
    Kind,
    Member,
    Method,
    Series,
)
from checker.analysis.frames.known import Types
from checker.rules.pandas.calling import Found, functions_in, given, method_of


def group_key(node: ast.Call, types: Types) -> Found | None:
    """`df.groupby(["city"]).get_group("Riga")`."""
    groups = method_of(node, types, "get_group")
    key = given(node, "name", 0)
    if not isinstance(groups, Groups) or not groups.by_list or key is None:
        return None
    kind = types.of(key)
    return (key, groups.of.sure) if isinstance(kind, Constant) else None


def axis_by_position(node: ast.Call, types: Types) -> Found | None:
    """`df.groupby("city", 0)`: the second argument is a level now."""
    of = method_of(node, types, "groupby")
    if not isinstance(of, Frame | Series) or len(node.args) < 2 or types.of(node.args[0]) == NONE:
        return None
    axis = node.args[1]
    is_axis = isinstance(axis, ast.Constant) and axis.value in (0, 1, "index", "columns")
    return (axis, of.sure) if is_axis else None


def nested_renamer(node: ast.Call, types: Types) -> Found | None:
    """`agg({"price": {"total": "sum"}})`."""
    how = given(node, "func", 0)
    of = method_of(node, types, "agg") or method_of(node, types, "aggregate")
    if how is None or of is None or not isinstance(types.of(how), Dict):
        return None
    names = types.of(how)
    match of:
        case Groups(of=Series(sure=sure), by="groupby"):
            return how, sure
        case Groups(of=Frame(sure=sure)) | Frame(sure=sure) if _holds_dicts(names):
            return how, sure
    return None


def _holds_dicts(kind: Kind) -> bool:
    parts: Iterable[Kind] = kind.parts() if isinstance(kind, Dict) else ()
    return any(isinstance(each, Dict) for each in parts)


def series_from_agg(node: ast.Call, types: Types) -> Found | None:
    """`agg(lambda ages: ages.mode())`, wherever the function stands among others."""
    of = method_of(node, types, "agg") or method_of(node, types, "aggregate")
    if not isinstance(of, Groups) or of.by != "groupby":
        return None
    for argument in (*node.args, *(word.value for word in node.keywords)):
        for each in functions_in(argument):
            if _gives_series(each, types):
                return each, of.of.sure
    return None


def _gives_series(node: ast.expr, types: Types) -> bool:
    if isinstance(node, ast.Lambda):
        return isinstance(types.of(node.body), Series) or _is_mode(node.body, node.args)
    match types.of(node):
        case Member(name="pandas.Series.mode"):
            return True
        case Function(node=ast.FunctionDef(body=[*_, ast.Return(value=ast.Call() as made)], args=parameters)):
            return _is_mode(made, parameters)
    return False


def _is_mode(node: ast.expr, parameters: ast.arguments) -> bool:
    """Whether it is `values.mode()` of the function's own argument, which is a Series."""
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="mode")):
            return len(parameters.args) == 1 and parameters.args[0].arg == name
    return False


def quantile_of_bools(node: ast.Call, types: Types) -> Found | None:
    """`df.groupby("city")["vip"].quantile()`."""
    of = method_of(node, types, "quantile")
    if not isinstance(of, Groups) or of.by != "groupby" or not isinstance(of.of, Series):
        return None
    return (node, of.of.sure) if of.of.dtype == "bool" else None


def extreme_of_gaps(node: ast.Call, types: Types) -> Found | None:
    """`idxmax(skipna=False)` of numbers with gaps."""
    kind, kept = types.of(node.func), given(node, "skipna")
    of = kind.of if isinstance(kind, Method) else None
    data = of.of if isinstance(of, Groups) else of
    if not isinstance(data, Series) or data.dtype != "float-or-nan" or kept is None:
        return None
    # That no gap was filled in the meantime is likely, and no more.
    return (kept, False) if types.of(kept) == Constant(value=False) else None
