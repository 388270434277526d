"""Evaluates attributes: properties, bound methods, and columns."""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from checker.analysis.frames import api
from checker.analysis.frames.arrays import values_of
from checker.analysis.frames.columns import Dtype, base
from checker.analysis.frames.conventions import TO_PANDAS
from checker.analysis.frames.dtypes import dtype_of, scalar_of
from checker.analysis.frames.holders import Items, Mapping, Tuple
from checker.analysis.frames.kinds import (
    UNKNOWN,
    Accessor,
    Array,
    Dtypes,
    DtypeValue,
    Foreign,
    Frame,
    Groups,
    Index,
    Indexer,
    Kind,
    Member,
    Method,
    Module,
    Plain,
    Row,
    Series,
    Source,
    Value,
    scalar_name,
)
from checker.analysis.frames.libraries import member
from checker.analysis.frames.tables import words

_PARTS_OF_DATES = words(
    """year month day hour minute second quarter weekday dayofweek day_of_week dayofyear day_of_year"""
)
_ACCESSORS = words("str dt cat sparse")
_ZONES = words("tz tzinfo")
# Members of `.dt` that are called; the others are properties.
_DT_METHODS = words(
    """as_unit ceil day_name floor isocalendar month_name normalize round strftime to_period to_pydatetime
    to_timestamp total_seconds tz_convert tz_localize"""
)


def attribute(of: Kind, attr: str, name: str | None) -> Kind:
    """The kind of `of.attr`; `name` is the variable that `of` was read from, if any."""
    if isinstance(of, Frame):
        return _of_frame(of, attr, name)
    if type(of) in _OF_PANDAS:
        return _OF_PANDAS[type(of)](of, attr)
    if isinstance(of, Module | Member):
        return member(of, attr)
    if isinstance(of, Value) and attr == "asm8":
        return Array(dtype_of(of))
    if isinstance(of, Value) and of.of == "Timestamp" and attr in _ZONES:
        return Value(of="tz")
    if isinstance(of, Mapping | Items | Tuple | Value) or attr in TO_PANDAS or scalar_name(of) == "str":
        return Method(of, attr)
    return of if isinstance(of, Foreign) else UNKNOWN


def _of_frame(frame: Frame, attr: str, name: str | None) -> Kind:
    if attr not in api.FRAME:
        if attr.startswith("_") or (attr in api.ACCESSORS_OF_LIBRARIES and attr not in frame.columns):
            return UNKNOWN
        return column_of(frame, attr, name)
    match attr:
        case "loc" | "iloc" | "at" | "iat":
            return Indexer(frame, attr)
        case "dtypes":
            return Dtypes(frame)
        case "columns":
            return Index(frame.labels, frame.sure)
        case "index":
            return Index(frame.index, frame.sure)
        case "T":
            return Frame(sure=frame.sure, index=frame.labels, header=frame.index)
        case "values":
            return values_of(frame)
        case "style":
            return Value(of="Styler")
    return Plain() if attr in api.PROPERTIES else Method(frame, attr)


def column_of(frame: Frame, column: str, name: str | None) -> Series:
    """A column by name, of a frame that was read from the variable `name`."""
    source = Source(name, column) if name else None
    return Series(frame.column(column), frame.sure, source, frame.index, name=column)


def _of_series(series: Series, attr: str) -> Kind:
    if series.row_of is not None and attr not in api.SERIES and not attr.startswith("_"):
        return scalar_of(series.row_of.column(attr), attr, sure=series.sure)
    match attr:
        case "loc" | "iloc" | "at" | "iat":
            return Indexer(series, attr)
        case "dtype" | "dtypes":
            return DtypeValue(series.dtype, series.sure)
        case "values":
            return values_of(series)
        case "array":
            # The dtype of a text column differs from both `object` and `str` in every version.
            dtype = "" if base(series.dtype) == "text" else series.dtype
            return Array(dtype, extension=True, sure=series.sure)
        case "index":
            return Index(series.index, series.sure)
        case "T":
            return series
    if attr in _ACCESSORS:
        return Accessor(series, attr)
    if attr in api.PROPERTIES:
        return Plain()
    return Method(series, attr) if attr in api.SERIES else UNKNOWN


def _of_index(index: Index, attr: str) -> Kind:
    if attr == "dtype":
        return DtypeValue(index.dtype, index.sure)
    if attr in ("values", "array"):
        return values_of(index)
    if attr == "asi8":
        return _whole_numbers(index)
    if base(index.dtype) == "datetime" and attr in _PARTS_OF_DATES:
        return Index("int", index.sure)
    if base(index.dtype) == "datetime" and attr in _ZONES:
        return Value(of="tz")
    if attr in _ACCESSORS:
        return Accessor(index, attr)
    return Method(index, attr) if attr in api.INDEX else UNKNOWN


def _whole_numbers(dates: Index | Array) -> Array:
    """The result of `.asi8`: only dates and times have it, mostly in the unit that pandas chose."""
    if dates.dtype.endswith("-as-asked") or dates.dtype == "period":
        return Array("int", sure=dates.sure)
    return Array("epoch", sure=dates.sure and dates.dtype != "")


def _of_groups(groups: Groups, attr: str) -> Kind:
    if attr in api.GROUPS:
        is_property = api.GROUPS[attr] == "scalar" and attr in api.PROPERTIES
        return Plain() if is_property else Method(groups, attr)
    if isinstance(groups.of, Frame) and not attr.startswith("_"):
        part = Series(groups.of.column(attr), groups.of.sure, index=groups.of.index, name=attr)
        return replace(groups, of=part, columns=frozenset())
    return UNKNOWN


def _of_accessor(accessor: Accessor, attr: str) -> Kind:
    if accessor.name == "dt" and attr == "tz":
        return Value(of="tz")
    if accessor.name == "dt" and attr not in _DT_METHODS:
        dtypes: dict[str, Dtype] = {"date": "object", "time": "object"}
        return Series(dtypes.get(attr, "int"), accessor.of.sure, index=index_of(accessor))
    if accessor.name == "cat" and attr in ("codes", "categories"):
        codes = Series("int", accessor.of.sure, index=index_of(accessor))
        return codes if attr == "codes" else Index("", accessor.of.sure)
    return Method(accessor, attr)


def index_of(accessor: Accessor) -> Dtype:
    """The index of what an accessor's members return."""
    return accessor.of.index if isinstance(accessor.of, Series) else ""


def _of_array(array: Array, attr: str) -> Kind:
    if attr == "dtype":
        # A NumPy array of text has the same dtype under all versions of pandas; of dates the unit changed.
        changed = array.extension or base(array.dtype) in ("datetime", "timedelta")
        return DtypeValue(array.dtype, array.sure) if changed else Plain()
    if attr in ("T", "real"):
        return array
    if attr == "asi8" and array.extension:
        return _whole_numbers(array)
    return Plain() if attr in ("shape", "size", "ndim", "flags", "base") else Method(array, attr)


_OF_PANDAS: dict[type[Kind], Callable[[Any, str], Kind]] = {
    Series: _of_series,
    Index: _of_index,
    Groups: _of_groups,
    Accessor: _of_accessor,
    Array: _of_array,
    Row: lambda of, attr: scalar_of(of.of.column(attr), attr, sure=of.of.sure),
    Dtypes: lambda of, attr: of if attr in ("values", "array") else Method(of, attr),
    DtypeValue: lambda of, attr: of if attr in ("name", "str", "type") else Plain(),
}
