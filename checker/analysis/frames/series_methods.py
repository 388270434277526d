"""Evaluates methods of a Series from their name and arguments."""

from collections.abc import Callable

from msgspec.structs import replace

from checker.analysis.frames import api
from checker.analysis.frames.arguments import Arguments
from checker.analysis.frames.arrays import copied, values_of
from checker.analysis.frames.columns import Dtype, as_labels, base, suggested, without_gaps
from checker.analysis.frames.dtypes import WITH_MISSING, cast, dtype_of, is_missing, scalar_of
from checker.analysis.frames.holders import Items, Mapping, Tuple
from checker.analysis.frames.indexes import RELABELLING, grouped_by, grouped_by_list
from checker.analysis.frames.kinds import (
    NONE,
    UNKNOWN,
    Array,
    Frame,
    Groups,
    Index,
    Kind,
    Plain,
    Series,
)
from checker.analysis.frames.tables import words
from checker.analysis.frames.written import written

_DIFFERENCE: dict[Dtype, Dtype] = {
    "datetime": "timedelta",
    "datetime-as-asked": "timedelta-as-asked",
    "timedelta": "timedelta",
    "timedelta-as-asked": "timedelta-as-asked",
    "epoch": "epoch",
    "int": "float",
    "float": "float",
    "float-or-nan": "float",
}
# Reductions whose result is one of the values, or has their dtype.
_OF_ITS_DTYPE = words("max min mean median item")
_WITH_EXTREMES = words("datetime timedelta int")
_GIVEN_DTYPE: dict[api.Gives, Dtype] = {"same": "", "shape": "", "bool": "bool"}


def from_series(series: Series, method: str, arguments: Arguments) -> Kind:
    """The result of `series.method(...)`."""
    special = _SPECIAL.get(method)
    if special is not None:
        return special(series, arguments)
    sure, gives = series.sure, api.SERIES[method]
    index = "" if method in RELABELLING else series.index
    if gives in _GIVEN_DTYPE:
        dtype = series.dtype if gives == "same" else _GIVEN_DTYPE[gives]
        return Series(dtype, sure, index=index, name=series.name if gives == "same" else None)
    match gives:
        case "frame":
            return Frame(sure=sure, index=index)
        case "groups":
            keys = grouped_by(series, method, arguments)
            return Groups(
                replace(series, source=None), method, keys, by_list=grouped_by_list(method, arguments)
            )
        case "index":
            return Index(series.index, sure)
        case "array":
            return Array()
        case "scalar":
            return Plain()
        case "reduced" if method in _OF_ITS_DTYPE and base(series.dtype) in _WITH_EXTREMES:
            return scalar_of(series.dtype, sure=sure)
    return UNKNOWN


def _replaced(series: Series, arguments: Arguments) -> Series:
    """`replace`: an object column stays one; replacing missing values by None makes one."""
    new = arguments.get("to_replace", 0)
    makes_objects = isinstance(new, Mapping) and NONE in new.parts()
    dtype: Dtype = "lost" if makes_objects or base(series.dtype) in ("object", "lost") else ""
    return Series(dtype, series.sure, index=series.index)


def _kept(series: Series, arguments: Arguments) -> Series:
    """`where` and `mask` keep a column's dtype when the new values fit."""
    other = arguments.get("other", 1)
    fits = other is None or is_missing(other) or base(dtype_of(other)) == base(series.dtype)
    return Series(series.dtype if fits else "lost", series.sure, index=series.index)


def _labelled(series: Series, arguments: Arguments, name: str) -> Series:
    return Series(series.dtype, series.sure, index=dtype_of(arguments.known(name, 0)))


def _cast(series: Series, arguments: Arguments) -> Series:
    """`astype`: a column with a name like that of dates probably holds dates if it is cast to integers.

    Not so in a frame that the lesson reads itself, where it would have passed `parse_dates`.
    """
    to = arguments.known("dtype", 0)
    dtype = cast(series.dtype, to)
    named = series.dtype == "" and not series.sure and suggested(series.name) == "datetime"
    if named and dtype == "int":
        return Series("epoch", sure=False, index=series.index)
    return Series(dtype, series.sure, index=series.index)


def _reset(series: Series, arguments: Arguments) -> Kind:
    if arguments.says("drop", True):
        return Series(series.dtype, series.sure, index="int")
    return Frame(sure=series.sure, index="int", header="text")


def _aggregated(series: Series, arguments: Arguments) -> Kind:
    if isinstance(arguments.get("func", 0), Items | Tuple):
        return Series("", series.sure, index="text")
    return UNKNOWN


def _quantiles(series: Series, arguments: Arguments) -> Kind:
    if isinstance(arguments.get("q", 0), Items | Tuple | Array):
        return Series("float", series.sure, index="float")
    return UNKNOWN


def _counted(series: Series, _: Arguments) -> Series:
    return Series("int", series.sure, index=as_labels(series.dtype, series.name))


def _filled(series: Series, arguments: Arguments) -> Series:
    """`fillna`: text whose gaps are filled has none; a value that is not text changes the dtype."""
    value = dtype_of(arguments.known("value", 0))
    fits = base(value) == base(series.dtype) or (
        series.dtype == "float-or-nan" and base(value) in ("int", "")
    )
    dtype = without_gaps(series.dtype) if fits else series.dtype
    if dtype in ("text", "text-or-none") and base(value) not in ("text", ""):
        dtype = "object"
    return Series(dtype, series.sure, index=series.index)


def _without_gaps(series: Series, _: Arguments) -> Series:
    return Series(without_gaps(series.dtype), series.sure, index=series.index, name=series.name)


def _to_numpy(series: Series, arguments: Arguments) -> Kind:
    return copied(values_of(series), arguments)


def _shifted(series: Series, arguments: Arguments) -> Series:
    """`shift`: the first values are missing, unless others are given or the index is moved instead."""
    moved = arguments.get("fill_value", 3) is not None or arguments.get("freq", 1) is not None
    dtype = series.dtype if moved else WITH_MISSING.get(series.dtype, series.dtype)
    return Series(dtype, series.sure, index=series.index, name=series.name)


def _unique(series: Series, _: Arguments) -> Array:
    return Array(series.dtype, extension=True, sure=series.sure)


def _taken(series: Series, _: Arguments) -> Kind:
    return scalar_of(series.dtype, series.name, sure=series.sure)


_SPECIAL: dict[str, Callable[[Series, Arguments], Kind]] = {
    "astype": _cast,
    "view": _cast,
    "convert_dtypes": lambda series, _: Series("other", series.sure, index=series.index),
    "reset_index": _reset,
    "get": _taken,
    "pop": _taken,
    "to_list": lambda series, _: Items(scalar_of(series.dtype, series.name, sure=series.sure)),
    "tolist": lambda series, _: Items(scalar_of(series.dtype, series.name, sure=series.sure)),
    "unique": _unique,
    "items": lambda series, _: Items(Tuple((UNKNOWN, _taken(series, _)))),
    "iteritems": lambda series, _: Items(Tuple((UNKNOWN, _taken(series, _)))),
    "align": lambda series, _: Tuple((Series(sure=series.sure), UNKNOWN)),
    "agg": _aggregated,
    "aggregate": _aggregated,
    "quantile": _quantiles,
    "value_counts": _counted,
    "where": _kept,
    "mask": _kept,
    "replace": _replaced,
    "set_axis": lambda series, arguments: _labelled(series, arguments, "labels"),
    "reindex": lambda series, arguments: _labelled(series, arguments, "index"),
    "describe": lambda series, _: Series("", series.sure, index="text"),
    "mode": lambda series, _: Series(base(series.dtype), series.sure, index="int"),
    "dropna": lambda series, _: Series(without_gaps(series.dtype), series.sure, index=series.index),
    "shift": _shifted,
    "diff": lambda series, _: Series(_DIFFERENCE.get(series.dtype, ""), series.sure, index=series.index),
    "fillna": _filled,
    **dict.fromkeys(words("ffill bfill interpolate"), _without_gaps),
    "to_numpy": _to_numpy,
    "to_json": written("path_or_buf"),
}
