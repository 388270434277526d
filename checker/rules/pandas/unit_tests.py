"""Tests that expect nanoseconds in dates: comparisons with `"datetime64[ns]"`, and calls."""

import ast
from collections.abc import Iterator
from itertools import pairwise

from checker.analysis.frames.columns import Dtype, base
from checker.analysis.frames.holders import Items, one_or_several
from checker.analysis.frames.kinds import (
    Accessor,
    Constant,
    DtypeName,
    Dtypes,
    DtypeValue,
    Frame,
    Kind,
    Member,
    Method,
)
from checker.analysis.frames.known import Types
from checker.model import Applicability, Edit, Fix
from checker.patterns import regex
from checker.rules.pandas.editing import renamed
from checker.rules.pandas.wording import severity
from checker.rules.rule import Report

# `datetime64[ns]`, `timedelta64[ns]`, `<M8[ns]`, and with a time zone.
_IN_NANOSECONDS = regex(r"[<=]?(datetime64|timedelta64|M8|m8)\[ns\b")
_ANY_UNIT = regex(r"[<=]?(datetime64|timedelta64|M8|m8)\b")
_REMEDY = 'Use `pd.api.types.is_datetime64_any_dtype`, or `select_dtypes("datetime")`.'


def in_comparison(node: ast.Compare, types: Types) -> Iterator[Report]:
    """Report `dtype == "datetime64[ns]"` and similar tests, unless other units are tested as well."""
    operands = [node.left, *node.comparators]
    if _asks_for_unit(node, types):
        yield from _report(node, node.comparators[0], DtypeValue("datetime", sure=True), types)
        return
    for left, right in pairwise(operands):
        for asked, met in ((right, left), (left, right)):
            dtype = _met(types.of(met))
            if dtype is not None and _asks(types.of(asked)) and not _asks_for_others(types):
                yield from _report(node, asked, dtype, types)
                return


def _asks_for_unit(node: ast.Compare, types: Types) -> bool:
    """Whether this is `dates.dt.unit == "ns"`, for dates whose unit pandas chose."""
    match node:
        case ast.Compare(
            left=ast.Attribute(value=of, attr="unit"),
            ops=[ast.Eq() | ast.NotEq()],
            comparators=[ast.Constant(value="ns")],
        ):
            kind = types.of(of)
            return isinstance(kind, Accessor) and kind.of.dtype in ("datetime", "timedelta")
    return False


def in_question(node: ast.Call, types: Types) -> Iterator[Report]:
    """Report functions and methods that ask for nanoseconds."""
    callee = types.of(node.func)
    match callee:
        case Member(name="pandas.api.types.is_datetime64_ns_dtype") if node.args:
            dtype = _met(types.of(node.args[0])) or DtypeValue("", sure=True)
            yield from _report(node, node, dtype, types)
        case Method(of=Frame() as frame, name="select_dtypes"):
            asked = [*node.args, *(word.value for word in node.keywords)]
            for each in asked:
                if _asks(types.of(each)):
                    yield from _report(node, each, DtypeValue(_any_date(frame), frame.sure), types)
                    return
        case Method(of=Dtypes(of=frame), name="eq" | "ne") if node.args and _asks(types.of(node.args[0])):
            yield from _report(node, node.args[0], DtypeValue(_any_date(frame), frame.sure), types)


def _any_date(frame: Frame) -> Dtype:
    """The dtype of the dates in a frame; of any other column when there are none."""
    dtypes: set[Dtype] = {*frame.columns.values(), *(() if frame.rest is None else (frame.rest,))}
    for each in ("datetime", "timedelta", ""):
        if each in dtypes:
            return each
    return "other"


def _met(kind: Kind) -> DtypeValue | None:
    match kind:
        case DtypeValue():
            return kind
        case Dtypes(of=frame):
            return DtypeValue(_any_date(frame), frame.sure)
        case Items(item=DtypeValue() as value):
            return value
    return None


def _asks(kind: Kind) -> bool:
    """Whether nanoseconds are among the alternatives, and other units are not."""
    names = [name for each in one_or_several(kind) if (name := _name(each))]
    return any(map(_IN_NANOSECONDS.match, names)) and not any(map(_is_other, names))


def _name(kind: Kind) -> str:
    if isinstance(kind, DtypeName):
        return kind.name
    return kind.value if isinstance(kind, Constant) and isinstance(kind.value, str) else ""


def _asks_for_others(types: Types) -> bool:
    """Whether another operand of the same `or` asks for a date of any unit."""
    for alternative in types.alternatives:
        for node in ast.walk(alternative):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and _is_other(node.value):
                return True
    return False


def _is_other(name: str) -> bool:
    return _ANY_UNIT.match(name) is not None and not _IN_NANOSECONDS.match(name)


def _report(node: ast.expr, asked: ast.expr, met: DtypeValue, types: Types) -> Iterator[Report]:
    if base(met.dtype) not in ("", "datetime", "timedelta") or met.dtype.endswith("-as-asked"):
        return
    known = met.sure and met.dtype != ""
    condition = "" if known else " This matters if pandas chose the unit of the dates."
    yield Report(
        "Since pandas 3, dates and times have the unit that fits, mostly microseconds: a test for "
        f"nanoseconds no longer matches them. {_REMEDY}{condition}",
        types.span(node),
        severity=severity(sure=known),
        fix=_in_microseconds(asked, types, known=known),
    )


def _is_function_of_pandas(asked: ast.Call, types: Types) -> bool:
    kind = types.of(asked.func)
    return isinstance(kind, Member) and kind.name.startswith("pandas.api.types.")


def _in_microseconds(asked: ast.expr, types: Types, *, known: bool) -> Fix | None:
    """The same test for the current unit, or one for dates of any unit where there is a function."""
    how: Applicability = "safe" if known else "unsafe"
    if isinstance(asked, ast.Call) and _is_function_of_pandas(asked, types):
        name = "is_datetime64_any_dtype"
        if not isinstance(asked.func, ast.Attribute):
            return None
        return Fix(f"Use `{name}`", "safe", (renamed(asked.func, name, types),))
    texts = [each for each in ast.walk(asked) if isinstance(each, ast.Constant)]
    edits = [
        Edit(types.span(each), f'"{each.value.replace("[ns", "[us")}"')
        for each in texts
        if isinstance(each.value, str) and _IN_NANOSECONDS.match(each.value)
    ]
    return Fix("Test for microseconds", how, tuple(edits)) if edits else None
