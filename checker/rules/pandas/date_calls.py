"""Calls about dates and times whose arguments pandas no longer takes in the form that they have.

Each function is a test by the name of its row in the table; it gives the node to mark and whether it is sure.
"""

import ast
import re
from collections.abc import Iterator

from checker.analysis.frames.columns import base
from checker.analysis.frames.holders import Items, Tuple, shown_items
from checker.analysis.frames.kinds import (
    UNKNOWN,
    Accessor,
    Frame,
    Index,
    Kind,
    Member,
    Series,
    Value,
    scalar_name,
    texts_of,
)
from checker.analysis.frames.known import Types
from checker.patterns import regex
from checker.rules.pandas.calling import Found, given, is_called, is_number, method_of

# The offset from UTC at the end of a time.
_OFFSET = regex(r"\d:\d\d(?::\d\d(?:\.\d+)?)? ?(Z|[+-]\d\d:?\d\d)$")
_QUARTER = regex(r"\d{2,4}-?q[1-4]|[1-4]q-?\d{2,4}", re.IGNORECASE)
_NUMBER = regex(r"\d{5,}(\.\d*)?")
_HALF_OF_DAY = regex(r"\d:\d\d:\d\d ?[ap]m", re.IGNORECASE)
_PARTS = ("year", "month", "day", "hour", "minute", "second", "microsecond")


def is_quarter(kind: Kind) -> bool:
    """Whether a text is a quarter, as in "2014Q2"."""
    return any(_QUARTER.fullmatch(text) for text in texts_of(kind))


def _texts(kind: Kind) -> Iterator[str]:
    """The texts that stand in the code, alone or in a list."""
    for each in (kind, *shown_items(kind)):
        yield from texts_of(each)


def number_with_format(node: ast.Call, types: Types) -> Found | None:
    """`pd.to_datetime([20240105], format="%Y%m%d")`."""
    values = given(node, "arg", 0)
    form = given(node, "format", 4)
    if not is_called(node, types, "to_datetime") or values is None or form is None:
        return None
    match types.of(values):
        case Series(dtype=dtype, sure=sure) | Index(dtype=dtype, sure=sure):
            return (values, sure) if base(dtype) in ("int", "float") else None
        case kind if is_number(kind) or (shown_items(kind) and all(map(is_number, shown_items(kind)))):
            return values, True
    return None


def number_text_with_unit(node: ast.Call, types: Types) -> Found | None:
    """`pd.to_datetime(["1700000000"], unit="s")`; what is text in a column may be dates as well."""
    values = given(node, "arg", 0)
    if not is_called(node, types, "to_datetime") or values is None or given(node, "unit", 6) is None:
        return None
    kind = types.of(values)
    if isinstance(kind, Series):
        return (values, False) if base(kind.dtype) == "text" else None
    texts = list(_texts(kind))
    return (values, True) if texts and all(map(_NUMBER.fullmatch, texts)) else None


def mixed_offsets(node: ast.Call, types: Types) -> Found | None:
    """`pd.to_datetime` of times with several offsets from UTC."""
    values, utc = given(node, "arg", 0), given(node, "utc", 4)
    if not is_called(node, types, "to_datetime") or values is None or utc is not None:
        return None
    texts = (text for each in shown_items(types.of(values)) for text in texts_of(each))
    offsets = {match[1] for text in texts if (match := _OFFSET.search(text))}
    return (values, True) if len(offsets) > 1 else None


def quarter_text(node: ast.Call, types: Types) -> Found | None:
    """`pd.Timestamp("2014Q2")`."""
    if not is_called(node, types, "Timestamp", "to_datetime", "DatetimeIndex", "date_range", "bdate_range"):
        return None
    for argument in node.args[:2]:
        kind = types.of(argument)
        if is_quarter(kind) or any(map(is_quarter, shown_items(kind))):
            return argument, True
    return None


def timestamp_gap(node: ast.Call, types: Types) -> Found | None:
    """`pd.Timestamp(2024, 1, 5, minute=5)`; what fills the next places stands for its neighbour."""
    if not is_called(node, types, "Timestamp") or len(node.args) < 2:
        return None
    words = {word.arg: word for word in node.keywords if word.arg in _PARTS}
    for name in _PARTS[len(node.args) - 1 :]:
        if words.pop(name, None) is None:
            break
    return next(((word, True) for word in words.values()), None)


def timestamp_with_parts(node: ast.Call, types: Types) -> Found | None:
    """`pd.Timestamp(date, hour=5)`; a number is the year only in front of `year=`."""
    if not is_called(node, types, "Timestamp") or len(node.args) != 1:
        return None
    words = {word.arg: word for word in node.keywords if word.arg in _PARTS}
    counted = is_number(types.of(node.args[0])) and "year" not in words
    if not counted and not _is_moment(node.args[0], types):
        return None
    return next(((word, True) for word in words.values()), None)


def _is_moment(node: ast.expr, types: Types) -> bool:
    """A text, a Timestamp, or a call of the module `datetime`."""
    kind = types.of(node)
    made = getattr(types.of(node.func), "name", "") if isinstance(node, ast.Call) else ""
    return bool(texts_of(kind)) or (isinstance(kind, Value) and kind.of == "Timestamp") or _is_date(made)


def _is_date(function: object) -> bool:
    return isinstance(function, str) and function.startswith(("datetime.date", "datetime.datetime"))


def half_of_day(node: ast.Call, types: Types) -> Found | None:
    """`pd.Timedelta("3:25:00 PM")`."""
    value = node.args[0] if node.args else None
    if value is None or not is_called(node, types, "Timedelta", "to_timedelta"):
        return None
    return (value, True) if any(map(_HALF_OF_DAY.search, _texts(types.of(value)))) else None


def broken_periods(node: ast.Call, types: Types) -> Found | None:
    """`pd.date_range(start, periods=10 / 2)`."""
    periods = given(node, "periods", 2)
    if periods is None or not is_called(node, types, *_RANGES):
        return None
    return (periods, True) if scalar_name(types.of(periods)) == "float" else None


_RANGES = ("date_range", "bdate_range", "period_range", "timedelta_range", "interval_range")


def period_from_int(node: ast.Call, types: Types) -> Found | None:
    """`pd.Period(2024, freq="Y")`."""
    value = given(node, "value", 0)
    if not is_called(node, types, "Period") or value is None:
        return None
    return (value, True) if is_number(types.of(value)) else None


def periods_from_ints(node: ast.Call, types: Types) -> Found | None:
    """`pd.period_range(2020, 2024, freq="Y")`, and a list of years for `pd.PeriodIndex`."""
    if is_called(node, types, "period_range"):
        ends = [given(node, "start", 0), given(node, "end", 1)]
        return next(((end, True) for end in ends if end is not None and is_number(types.of(end))), None)
    data = given(node, "data", 0)
    if data is None or not is_called(node, types, "PeriodIndex"):
        return None
    kind = types.of(data)
    if isinstance(kind, Series | Index):
        return (data, kind.sure) if base(kind.dtype) == "int" else None
    shown = shown_items(kind) if isinstance(kind, Items | Tuple) else ()
    return (data, True) if shown and all(map(is_number, shown)) else None


def periods_of_dates(node: ast.Call, types: Types) -> Found | None:
    """`pd.PeriodIndex(series_of_dates)` without a frequency."""
    data = given(node, "data", 0)
    if data is None or not is_called(node, types, "PeriodIndex"):
        return None
    kind = types.of(data)
    if not isinstance(kind, Series) or base(kind.dtype) != "datetime":
        return None
    return None if {"freq", "dtype", None} & {word.arg for word in node.keywords} else (data, kind.sure)


def period_of_business_days(node: ast.Call, types: Types) -> Found | None:
    """`pd.Period("2024-01-05", freq="B")`, and `.to_period("B")`."""
    of = types.of(node.func.value) if isinstance(node.func, ast.Attribute) else UNKNOWN
    if isinstance(of, Accessor | Series | Frame | Index):
        freq = given(node, "freq", 0)
    elif is_called(node, types, "Period", "period_range", "PeriodIndex"):
        freq = given(node, "freq", 1 if is_called(node, types, "Period") else 3)
    else:
        return None
    if freq is None:
        return None
    made = types.of(freq.func) if isinstance(freq, ast.Call) else UNKNOWN
    is_day = isinstance(made, Member) and made.name in ("pandas.offsets.BDay", "pandas.offsets.BusinessDay")
    return (freq, True) if is_day or texts_of(types.of(freq)) in (("B",), ("b",)) else None


def any_of_dates(node: ast.Call, types: Types) -> Found | None:
    """`dates.any()`; a frame may have lost its dates by then."""
    of = method_of(node, types, "any") or method_of(node, types, "all")
    return (node, of.sure) if isinstance(of, Series) and base(of.dtype) == "datetime" else None
