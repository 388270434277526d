"""Evaluates methods of pandas objects from their name and arguments."""

from msgspec.structs import replace

from checker.analysis.frames import api
from checker.analysis.frames.arguments import Arguments
from checker.analysis.frames.arrays import copied, values_of
from checker.analysis.frames.attributes import index_of
from checker.analysis.frames.columns import NUMPY_DTYPES, Dtype, base
from checker.analysis.frames.dtypes import cast, dtype_of, scalar_of
from checker.analysis.frames.frame_methods import from_frame
from checker.analysis.frames.holders import Items, Mapping, Tuple
from checker.analysis.frames.indexes import KEEPING_ROWS
from checker.analysis.frames.kinds import (
    UNKNOWN,
    Accessor,
    Array,
    Dtypes,
    DtypeValue,
    Frame,
    Groups,
    Index,
    Kind,
    Method,
    Plain,
    Series,
    Value,
)
from checker.analysis.frames.series_methods import from_series
from checker.analysis.frames.tables import words

# Methods of an array that show the same values in another shape.
_VIEWING = words("reshape ravel view squeeze transpose swapaxes")
# Methods of a grouping whose results are numbers of rows.
_COUNTING = words("size count nunique cumcount ngroup value_counts")
_SAME_DTYPE = words("max min first last nth get_group head tail sample ffill bfill shift cummax cummin")


def returned(method: Method, arguments: Arguments, name: str | None) -> Kind:
    """The result of a pandas method; `name` is the variable that its object was read from."""
    match method.of:
        case Frame() as frame:
            return from_frame(frame, method.name, arguments, name)
        case Series() as series:
            return from_series(series, method.name, arguments)
        case Index() as index:
            return _from_index(index, method.name, arguments)
        case Groups() as groups:
            return _from_groups(groups, method.name, arguments)
        case Accessor() as accessor:
            return _from_accessor(accessor, method.name, arguments)
        case Dtypes() as dtypes:
            return _from_dtypes(dtypes, method.name)
        case Array() as array:
            return _from_array(array, method.name, arguments)
        case Value() as value:
            return _from_value(value, method.name)
    return UNKNOWN


def _from_index(index: Index, method: str, arguments: Arguments) -> Kind:
    match method:
        case "tolist" | "to_list":
            return Items(scalar_of(index.dtype, sure=index.sure))
        case "astype":
            return Index(cast(index.dtype, arguments.known("dtype", 0)), index.sure)
        case "view":
            return Array(cast(index.dtype, arguments.known("cls", 0)), sure=index.sure)
        case "to_numpy":
            return copied(values_of(index), arguments)
        case "min" | "max":
            return scalar_of(index.dtype, sure=index.sure)
    match api.INDEX[method]:
        case "same":
            return Index(index.dtype if method in _KEEPING_DTYPE else "", index.sure)
        case "array":
            return Array()
        case "series":
            return Series("", index.sure)
        case "frame":
            return Frame(sure=index.sure)
    return UNKNOWN


_KEEPING_DTYPE = words("copy delete drop drop_duplicates dropna rename repeat shift sort_values take unique")


def _from_groups(groups: Groups, method: str, arguments: Arguments) -> Kind:
    part, sure = groups.of, groups.of.sure
    index = part.index if method in KEEPING_ROWS else groups.keys
    match api.GROUPS[method]:
        case "same" | "series" if groups.flat and method not in KEEPING_ROWS:
            levels = isinstance(part, Frame) and _makes_levels(method, arguments)
            return Frame(sure=sure, index="int", header="pairs" if levels else "text")
        case "same" if isinstance(part, Frame):
            header = "pairs" if _makes_levels(method, arguments) else part.labels
            return Frame(sure=sure, index=index, header=header)
        case "same" | "series":
            if isinstance(part, Series) and _makes_columns(method, arguments):
                return Frame(sure=sure, index=index, header="text")
            return Series(_dtype_of_group(part, method), sure, index=index)
        case "groups":
            return Groups(groups.of, method, groups.keys)
        case "scalar":
            return Plain()
    return UNKNOWN


def _makes_columns(method: str, arguments: Arguments) -> bool:
    """Whether a method returns several values for each group of a series, each in a column."""
    if method in ("agg", "aggregate"):
        function = arguments.get("func", 0)
        return function is None or isinstance(function, Items | Mapping)
    return method in ("describe", "ohlc")


def _makes_levels(method: str, arguments: Arguments) -> bool:
    """Whether a method gives several values for each column of a group: the columns get a level more."""
    if method in ("agg", "aggregate"):
        function = arguments.get("func", 0)
        several = function.parts() if isinstance(function, Mapping) else [function]
        return any(isinstance(each, Items | Tuple) for each in several)
    return method == "describe"


def _dtype_of_group(part: Frame | Series, method: str) -> Dtype:
    if method in _COUNTING:
        return "int"
    return part.dtype if isinstance(part, Series) and method in _SAME_DTYPE else ""


def _from_accessor(accessor: Accessor, method: str, arguments: Arguments) -> Kind:
    sure, index = accessor.of.sure, index_of(accessor)
    if arguments.says("expand", True) or method in ("extract", "extractall", "get_dummies", "isocalendar"):
        return Frame(sure=sure, index=index, header="int" if method in ("split", "rsplit", "extract") else "")
    if method == "cat" and accessor.name == "str" and not arguments.positional:
        return Plain("str")
    tables: dict[str, dict[str, Dtype]] = {"str": api.TEXT_METHODS, "dt": api.DATE_METHODS}
    dtype = tables.get(accessor.name, {}).get(method, "")
    if dtype == "datetime" and base(accessor.of.dtype) in ("datetime", "timedelta"):
        dtype = accessor.of.dtype  # the unit does not change
    if method == "as_unit":
        dtype = "timedelta-as-asked" if base(accessor.of.dtype) == "timedelta" else "datetime-as-asked"
    if isinstance(accessor.of, Index):
        return Index(dtype, sure)
    return Series(dtype, sure, index=index)


def _from_dtypes(dtypes: Dtypes, method: str) -> Kind:
    one = DtypeValue(dtypes.of.any_column(), dtypes.of.sure)
    match method:
        case "items":
            return Items(Tuple((Plain("str"), one)))
        case "tolist" | "to_list" | "unique":
            return Items(one)
        case "to_dict":
            return Mapping({}, one)
        case "astype" | "apply" | "map" | "sort_values" | "sort_index" | "head" | "tail" | "copy":
            return dtypes
        case "value_counts" | "isin" | "eq" | "ne":
            return Series("", dtypes.of.sure)
    return UNKNOWN


def _from_value(value: Value, method: str) -> Kind:
    if value.of == "Styler":
        return Plain("str") if method.startswith("to_") else value
    if method in ("to_datetime64", "to_timedelta64", "to_numpy"):
        return Array(dtype_of(value))
    if method in ("date", "time"):
        return Plain("object")
    if value.of == "ExcelFile" and method == "parse":
        return Frame()
    return value if method in api.VALUE_METHODS else UNKNOWN


def _from_array(array: Array, method: str, arguments: Arguments) -> Kind:
    match method:
        case "tolist":
            return Items(scalar_of(array.dtype, sure=array.sure))
        case "astype":
            kept = array.view and arguments.says("copy", False)
            return Array(cast(array.dtype, arguments.known("dtype", 0)), sure=array.sure, view=kept)
        case "view" if arguments.positional or arguments.named:
            return Array(cast(array.dtype, arguments.known("dtype", 0)), sure=array.sure, view=array.view)
        case "to_numpy":
            return copied(replace(array, view=array.view or base(array.dtype) in NUMPY_DTYPES), arguments)
        case "min" | "max" | "mean" | "sum" | "item":
            return scalar_of(array.dtype, sure=array.sure) if not arguments.all() else UNKNOWN
    return replace(array, extension=False, view=array.view and method in _VIEWING)
