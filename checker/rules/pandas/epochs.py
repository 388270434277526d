"""Numbers taken from dates and times, which count microseconds since pandas 3, and their uses."""

import ast
from collections.abc import Iterator

from checker.analysis.frames.columns import base, suggested
from checker.analysis.frames.dtypes import cast, dtype_of
from checker.analysis.frames.holders import Items
from checker.analysis.frames.kinds import (
    Array,
    Constant,
    Element,
    Frame,
    Index,
    Kind,
    Member,
    Method,
    Series,
    scalar_name,
)
from checker.analysis.frames.known import Types
from checker.model import Edit, Fix
from checker.patterns import regex
from checker.rules.pandas.wording import quoted, severity
from checker.rules.rule import Report

_SCALING = (ast.Div, ast.FloorDiv, ast.Mult, ast.Mod)
_SCALING_METHODS = frozenset({"div", "floordiv", "truediv", "divide", "mul", "multiply", "mod"})
# Makes numbers, or an array, of a series or index of dates.
_TAKING = frozenset({"astype", "view", "asi8", "values", "to_numpy"})
# Usual divisors of nanoseconds.
_TELLING_DIVISORS = (10**9, 1e9)
_DIVISORS = (*_TELLING_DIVISORS, 10**6, 1e6, 10**3, 1e3)
_CONVERTERS = frozenset({"pandas.to_datetime", "pandas.to_timedelta", "pandas.Timestamp", "pandas.Timedelta"})
# Years whose dates did not fit into nanoseconds.
_YEAR = regex(r"(\d{4})-\d\d?(-\d\d?)?")
_FIRST_YEAR, _LAST_YEAR = 1678, 2262
_REMEDY = 'Convert to a unit first, with `.dt.as_unit("ns")`, or divide by `pd.Timedelta("1s")`.'


def in_operation(
    node: ast.BinOp | ast.AugAssign, left: ast.expr, operator: ast.operator, right: ast.expr, types: Types
) -> Iterator[Report]:
    """Report `dates.astype("int64") // 10**9`: numbers that are taken for nanoseconds and converted."""
    if not isinstance(operator, _SCALING):
        return
    for numbers, by in ((left, right), (right, left)):
        of = types.of(numbers)
        if dtype_of(of) == "epoch":
            told = _is_sure(of) or _number(by, types) in _DIVISORS
            if told and scalar_name(types.of(by)) in ("int", "float"):
                yield _report(node, numbers, types, sure=_is_sure(of))
            return
    if isinstance(operator, ast.Div | ast.FloorDiv) and _looks_like_epoch(left, right, types):
        yield _report(node, left, types, sure=False)


def _looks_like_epoch(numbers: ast.expr, divisor: ast.expr, types: Types) -> bool:
    """Whether unknown values are cast to integers and divided as only nanoseconds are."""
    value = _number(divisor, types)
    origin = _made_whole(numbers, types)
    if origin is None or value not in _DIVISORS:
        return False
    column = origin.name if isinstance(origin, Series) else None
    return value in _TELLING_DIVISORS or suggested(column) == "datetime"


def _number(node: ast.expr, types: Types) -> object:
    """The number that an expression evaluates to; type inference does not evaluate `10**9`."""
    match node:
        case ast.BinOp(ast.Constant(value=10), ast.Pow(), ast.Constant(value=int(power))):
            return 10**power if 0 < power < 20 else None
    kind = types.of(node)
    return kind.value if isinstance(kind, Constant) else None


def _made_whole(node: ast.expr, types: Types) -> Kind | None:
    """The values of unknown dtype that `astype("int64")` or `view("int64")` casts."""
    match node:
        case ast.Call(func=ast.Attribute(value=of, attr="astype" | "view"), args=[to]):
            values = types.of(of)
            unknown = isinstance(values, Series | Index | Array) and values.dtype == ""
            return values if unknown and base(cast("", types.of(to))) == "int" else None
    return None


def in_call(node: ast.Call, types: Types) -> Iterator[Report]:
    """Report conversions of such numbers, lists made of date arrays, and dates that used to be lost."""
    callee = types.of(node.func)
    if isinstance(callee, Member) and callee.name in _CONVERTERS and node.args:
        unit = next((word.value for word in node.keywords if word.arg == "unit"), None)
        of = types.of(node.args[0])
        if dtype_of(of) == "epoch" and (unit is None or types.of(unit) == Constant("ns")):
            yield _converted_back(node, of, types)
        elif _expects_loss(node, types) and (year := _lost_year(node.args[0])):
            yield Report(
                f"Since pandas 3, dates in the year {year} are valid: they no longer become NaT or "
                "raise an error, as they did when dates counted nanoseconds.",
                types.span(node),
            )
        return
    match callee:
        case Method(of=Series(dtype="epoch") as of, name=name) if name in _SCALING_METHODS and node.args:
            if isinstance(node.func, ast.Attribute) and scalar_name(types.of(node.args[0])) in (
                "int",
                "float",
            ):
                yield _report(node, node.func.value, types, sure=of.sure)
        case Method(of=Array(dtype="datetime" | "timedelta", sure=sure), name="tolist" | "item"):
            yield Report(
                "Since pandas 3, the values are microseconds, so this returns `datetime` objects "
                f"instead of numbers of nanoseconds. {_REMEDY}",
                types.span(node),
                severity=severity(sure=sure),
            )


def _converted_back(node: ast.Call, of: Kind, types: Types) -> Report:
    known = _is_sure(of)
    unit = next((word.value for word in node.keywords if word.arg == "unit"), None)
    edit = Edit(types.inside_end(node), ', unit="us"') if unit is None else Edit(types.span(unit), '"us"')
    return Report(
        "Since pandas 3, these numbers count microseconds, but they are read as nanoseconds here: "
        'the dates end up in January 1970. Pass `unit="us"`, or take the numbers with '
        f'`.dt.as_unit("ns")`.{_condition(known)}',
        types.span(node),
        severity=severity(sure=known),
        fix=Fix("Name the unit", "unsafe", (edit,)),
    )


def _expects_loss(node: ast.Call, types: Types) -> bool:
    """Whether the code anticipates dates that do not fit."""
    return "OutOfBoundsDatetime" in types.handled or any(
        word.arg == "errors" and types.of(word.value) == Constant("coerce") for word in node.keywords
    )


def _lost_year(node: ast.expr) -> str:
    """A year among the literals of an argument that nanoseconds could not represent."""
    for each in ast.walk(node):
        if isinstance(each, ast.Constant) and isinstance(each.value, str):
            match = _YEAR.match(each.value)
            if match and not _FIRST_YEAR <= int(match[1]) <= _LAST_YEAR:
                return match[1]
    return ""


def taken_in(node: ast.stmt, types: Types) -> Iterator[Report]:
    """Report numbers that a statement takes from dates and keeps, unless they are converted.

    Conversions are reported where they happen.
    """
    value = getattr(node, "value", None)
    if value is None or not _gives_epoch(value, types):
        return
    targets = node.targets if isinstance(node, ast.Assign) else []
    if any(types.is_scaled(target) for target in targets):
        return
    for each in ast.walk(value):
        if isinstance(each, ast.expr) and _takes(each, types):
            yield _report(each, each, types, sure=_is_sure(types.of(each)))
            return


def _gives_epoch(value: ast.expr, types: Types) -> bool:
    """Whether a statement's value is such numbers, or prints them."""
    shown = value.args if isinstance(value, ast.Call) and _is_print(value, types) else [value]
    for each in shown:
        kind = types.of(each)
        if dtype_of(kind.item if isinstance(kind, Items) else kind) == "epoch":
            return True
    return False


def _is_print(node: ast.Call, types: Types) -> bool:
    return types.of(node.func) == Member("builtins.print")


def _takes(node: ast.expr, types: Types) -> bool:
    """Whether this expression makes numbers of dates."""
    if dtype_of(types.of(node)) != "epoch":
        return False
    match node:
        case ast.Attribute(value=of, attr="asi8"):
            return True
        case ast.Call(func=ast.Attribute(value=of, attr="astype" | "view")):
            return dtype_of(types.of(of)) != "epoch"
        case ast.Call(args=[of, *_]):
            return isinstance(types.of(node.func), Member) and dtype_of(types.of(of)) != "epoch"
    return False


def _report(node: ast.expr | ast.stmt, numbers: ast.expr, types: Types, *, sure: bool) -> Report:
    name = quoted(types.source(numbers), "this")
    return Report(
        f"Since pandas 3, dates and times count microseconds instead of nanoseconds, so {name} "
        f"returns numbers that are 1,000 times smaller. {_REMEDY}{_condition(sure)}",
        types.span(node),
        severity=severity(sure=sure),
        fix=_with_unit(numbers, types, sure=sure),
    )


def _condition(sure: bool) -> str:
    return "" if sure else " This holds if pandas chose the unit of these dates, as it seems."


def _with_unit(numbers: ast.expr, types: Types, *, sure: bool) -> Fix | None:
    """Insert `.dt.as_unit("ns")` before the cast, and before `.values` that are cast."""
    node = numbers.func if isinstance(numbers, ast.Call) else numbers
    while isinstance(node, ast.Attribute):
        kind = types.of(node.value)
        if isinstance(kind, Series | Index):
            unit = '.dt.as_unit("ns")' if isinstance(kind, Series) else '.as_unit("ns")'
            start = types.from_dot(node).start
            edit = Edit(types.lesson.span(start, start), unit)
            taken = kind.dtype in ("", "datetime", "timedelta") and node.attr in _TAKING
            return Fix("Convert to nanoseconds", "safe" if sure else "unsafe", (edit,)) if taken else None
        node = node.value.func if isinstance(node.value, ast.Call) else node.value
    return None


def _is_sure(kind: Kind) -> bool:
    return kind.sure if isinstance(kind, Series | Index | Array | Frame | Element) else True
