"""Functions of NumPy and Python that pandas 2 replaced with its own, or called column by column."""

import ast
from collections.abc import Collection, Iterator

from checker.analysis.frames.kinds import UNKNOWN, Frame, Groups, Kind, Member, Method, Series
from checker.analysis.frames.known import Types
from checker.analysis.last_names import last_name
from checker.analysis.trees import walk
from checker.model import Edit, Fix
from checker.rules.pandas.calling import functions_in, is_of_all_rows
from checker.rules.pandas.wording import quoted
from checker.rules.rule import Report

_AGGREGATING = frozenset({"agg", "aggregate", "transform", "pivot_table"})
_DIVIDING_BY_N = {"numpy.std": "std", "numpy.var": "var", "numpy.nanstd": "std", "numpy.nanvar": "var"}
# With a gap among the values they give NaN, where those of pandas pass over it.
_WITHOUT_GAPS = {"builtins.sum": "sum", "numpy.median": "median"}
_REPLACED = _DIVIDING_BY_N.keys() | _WITHOUT_GAPS.keys()
# What NumPy asks a frame itself for, all axes at once.
_REDUCING = ("numpy.sum", "numpy.prod", "numpy.std", "numpy.var")


def in_aggregation(node: ast.Call, types: Types) -> Iterator[Report]:
    """Report functions in `agg` and its like that mean what they say now."""
    callee = types.of(node.func)
    replaced = _replaced_by(callee)
    # `ddof=1` says itself by what is divided.
    if not replaced or any(word.arg == "ddof" for word in node.keywords):
        return
    for argument in (*node.args, *(word.value for word in node.keywords)):
        for each in functions_in(argument):
            kind = types.of(each)
            if isinstance(kind, Member) and kind.name in replaced:
                yield from _own(each, kind.name, node, types)


def _replaced_by(callee: Kind) -> Collection[str]:
    """The functions that pandas 2 replaced when they were handed to this one."""
    match callee:
        case Member(name="pandas.pivot_table" | "pandas.crosstab"):
            return _REPLACED
        case Method(of=Frame() | Series() | Groups(), name=name) if name in _AGGREGATING:
            return _REPLACED
        case Method(of=Groups(by="resample"), name="apply"):
            return _REPLACED
        case Method(of=Groups(by="groupby"), name="apply"):
            return ("builtins.sum",)
    return ()


def _own(node: ast.expr, function: str, call: ast.Call, types: Types) -> Iterator[Report]:
    code = types.source(node)
    if function in _DIVIDING_BY_N:
        name = _DIVIDING_BY_N[function]
        yield Report(
            f"Since pandas 3, `{code}` means NumPy's own function, which divides by n; "
            f"pandas 2 replaced it with its own `{name}`, which divides by n - 1. Write "
            f'`"{name}"` to keep that.',
            types.span(node),
            fix=Fix(f'Write "{name}"', "safe", (Edit(types.span(node), f'"{name}"'),)),
        )
        return
    callee = types.of(call.func)
    of = callee.of if isinstance(callee, Method) else UNKNOWN
    values = of.of if isinstance(of, Groups) else of
    if _has_gaps(values) and is_of_all_rows(call):
        name = _WITHOUT_GAPS[function]
        yield Report(
            f"Since pandas 3, `{code}` is called itself and gives NaN where a value is missing; pandas 2 "
            f"replaced it with its own `{name}`, which leaves missing values out. Write "
            f'`"{name}"` to keep that.',
            types.span(node),
            severity="warning",
        )


def _has_gaps(values: Kind) -> bool:
    if isinstance(values, Frame):
        return "float-or-nan" in values.columns.values()
    return isinstance(values, Series) and values.dtype == "float-or-nan"


def of_a_whole_frame(node: ast.Call, types: Types) -> Iterator[Report]:
    """Report `np.sum(df)` without an axis."""
    function = types.of(node.func)
    if not isinstance(function, Member) or function.name not in _REDUCING or len(node.args) != 1:
        return
    if {"axis", None} & {word.arg for word in node.keywords} or _is_reduced(node, types.statement):
        return
    if isinstance(types.of(node.args[0]), Frame):
        code = quoted(types.source(node), "this")
        yield Report(
            f"Since pandas 3, {code} is one number, made of all values of the frame; pandas 2 gave one for "
            "each column. Pass `axis=0` to keep that.",
            types.span(node),
            severity="warning",
            fix=Fix("Keep one for each column", "unsafe", (Edit(types.inside_end(node), ", axis=0"),)),
        )


def _is_reduced(node: ast.Call, statement: ast.stmt) -> bool:
    """Whether it is reduced once more, as in `np.sum(np.sum(df))`: the total is the same."""
    return last_name(node.func) in ("sum", "prod") and any(
        isinstance(each, ast.Call)
        and (node in each.args or (isinstance(each.func, ast.Attribute) and each.func.value is node))
        and last_name(each.func) == last_name(node.func)
        for each in walk(statement)
    )
