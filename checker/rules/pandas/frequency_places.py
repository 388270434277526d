"""Which arguments are frequencies, and of which sort: for dates, durations, periods, or as a span."""

import ast
from collections.abc import Iterator, Mapping, Sequence

from checker.analysis.frames.columns import base
from checker.analysis.frames.kinds import Accessor, Frame, Groups, Index, Kind, Series, Value
from checker.analysis.frames.known import Types
from checker.analysis.last_names import last_name
from checker.rules.pandas.receivers import Asked, asked_by_call
from checker.rules.pandas.table import Place

# An argument that takes a frequency: its name, its position (from 0) if it has one, and the sort.
_Where = tuple[str, int | None, Place]

_FUNCTIONS: Mapping[str, Sequence[_Where]] = {
    "date_range": [("freq", 3, "offset")],
    "bdate_range": [("freq", 3, "offset")],
    "interval_range": [("freq", 3, "offset")],
    "timedelta_range": [("start", 0, "span"), ("end", 1, "span"), ("freq", 3, "fixed")],
    "period_range": [("freq", 3, "period")],
    "Grouper": [("freq", 2, "offset")],
    "DatetimeIndex": [("freq", 1, "offset")],
    "TimedeltaIndex": [("freq", None, "fixed"), ("data", 0, "span")],
    "PeriodIndex": [("freq", None, "period")],
    "Period": [("freq", 1, "period")],
    "PeriodDtype": [("freq", 0, "period")],
    "to_offset": [("freq", 0, "offset")],
    "Timedelta": [("value", 0, "span"), ("unit", 1, "span")],
    "to_timedelta": [("arg", 0, "span"), ("unit", 1, "span")],
}
_METHODS: Mapping[str, Sequence[_Where]] = {
    "resample": [("rule", 0, "offset")],
    "asfreq": [("freq", 0, "offset")],
    "shift": [("freq", 1, "offset")],
    "pct_change": [("freq", None, "offset")],
    "snap": [("freq", 0, "offset")],
    "rolling": [("window", 0, "fixed")],
    "floor": [("freq", 0, "fixed")],
    "ceil": [("freq", 0, "fixed")],
    "round": [("freq", 0, "fixed")],
    "to_period": [("freq", 0, "period")],
    "to_timestamp": [("freq", 0, "period")],
}
# For periods these take a period's frequency, otherwise an offset.
_ALSO_OF_PERIODS = frozenset({"resample", "asfreq"})
_OF_TIME = (Frame, Series, Index, Groups, Accessor, Value)
# Functions that make periods, and the one that makes dates of them.
_MAKES_PERIODS = frozenset({"period_range", "PeriodIndex", "to_period", "Period"})


def places(node: ast.Call, types: Types) -> Iterator[tuple[ast.expr, Sequence[Place], Asked]]:
    """The arguments of a call that are frequencies, each with its sort and what is called.

    Several sorts where it may be either: what is valid for one of them is valid.
    """
    name = last_name(node.func)
    asked = None
    for where in (*_METHODS.get(name, ()), *_FUNCTIONS.get(name, ())):
        given = _argument(node, where)
        if given is None:
            continue
        asked = asked or asked_by_call(node, types)
        if asked is not None and _is_asked(name, asked, node, types):
            for each in _each(given, where[2]):
                yield each, _sort(node, name, where[2], types), asked


def _each(given: ast.expr, place: Place) -> Sequence[ast.expr]:
    """The texts of an argument: spans may come in a list, frequencies may not."""
    return given.elts if place == "span" and isinstance(given, ast.List | ast.Tuple) else [given]


def _argument(node: ast.Call, where: _Where) -> ast.expr | None:
    name, position, _ = where
    for word in node.keywords:
        if word.arg == name:
            return word.value
    if position is None or position >= len(node.args):
        return None
    return (
        None
        if any(isinstance(each, ast.Starred) for each in node.args[: position + 1])
        else node.args[position]
    )


def _is_asked(name: str, asked: Asked, node: ast.Call, types: Types) -> bool:
    if name in _FUNCTIONS:
        return bool(asked.owners) and asked.owners[0].startswith("pandas")
    if not asked.owners:
        return not types.has_other_frames
    if isinstance(node.func, ast.Attribute) and isinstance(types.of(node.func.value), _OF_TIME):
        return True
    return not asked.sure  # known only by its form


def _sort(node: ast.Call, name: str, place: Place, types: Types) -> Sequence[Place]:
    if name not in _ALSO_OF_PERIODS or not isinstance(node.func, ast.Attribute):
        return (place,)
    receiver = node.func.value
    known = _index_of(types.of(receiver))
    if known:
        return ("period",) if known == "period" else (place,)
    return ("period", place) if _may_be_periods(receiver, types) else (place,)


def _index_of(kind: Kind) -> str:
    """The sort of an object's labels or values; empty when that is unknown."""
    match kind:
        case (
            Frame(index=labels, sure=True) | Series(index=labels, sure=True) | Index(dtype=labels, sure=True)
        ):
            return base(labels)
        case Groups(of=of) if of.sure:
            return base(of.index)
        case Accessor(of=of) if of.sure:
            return base(of.dtype)
        case Value(of="Period"):
            return "period"
    return ""


def _may_be_periods(node: ast.expr, types: Types) -> bool:
    """Whether an expression may be periods, judging by how it is made or by a name in it."""
    for each in ast.walk(node):
        match each:
            case ast.Attribute(attr="to_timestamp"):
                return False
            case ast.Attribute(attr=name) if name in _MAKES_PERIODS:
                return True
            case ast.Name(id=name) if name in types.period_names or name in _MAKES_PERIODS:
                return True
    return False
