"""What a method of a pandas object returns, told from its name and arguments."""

from collections.abc import Callable

from msgspec.structs import replace

from checker.analysis.frames import api
from checker.analysis.frames.arguments import Arguments
from checker.analysis.frames.dtypes import dtype_of, named_dtype, scalar_of
from checker.analysis.frames.holders import Items, Mapping, Tuple, shown_texts
from checker.analysis.frames.kinds import (
    UNKNOWN,
    Accessor,
    Array,
    Constant,
    Dtype,
    Dtypes,
    DtypeValue,
    Frame,
    Groups,
    Index,
    Kind,
    Method,
    Plain,
    Series,
    Source,
    Value,
    text_of,
)


def returned(method: Method, arguments: Arguments, name: str | None) -> Kind:
    """What calling a method of pandas gives; `name` is the variable that its object was read from."""
    match method.of:
        case Frame() as frame:
            return _from_frame(frame, method.name, arguments, name)
        case Series() as series:
            return _from_series(series, method.name, arguments)
        case Index() as index:
            return _from_index(index, method.name)
        case Groups() as groups:
            return _from_groups(groups, method.name)
        case Accessor() as accessor:
            return _from_accessor(accessor, method.name, arguments)
        case Dtypes() as dtypes:
            return _from_dtypes(dtypes, method.name)
        case Array() as array:
            return _from_array(array, method.name, arguments)
        case Value() as value:
            return _from_value(value, method.name)
    return UNKNOWN


def _from_frame(frame: Frame, method: str, arguments: Arguments, name: str | None) -> Kind:
    match method:
        case "astype":
            return _cast_frame(frame, arguments.known("dtype", 0))
        case "assign":
            return _assigned(frame, arguments)
        case "rename":
            return _renamed(frame, arguments)
        case "drop":
            return _dropped(frame, arguments)
        case "iterrows":
            return Items(Tuple((UNKNOWN, Series("", frame.sure, Source(name, None) if name else None))))
        case "items" | "iteritems":
            row = Series(frame.any_column(), frame.sure, Source(name, None) if name else None)
            return Items(Tuple((Plain("str"), row)))
        case "get" | "pop":
            key = "item" if method == "pop" else "key"
            return Series(frame.column(text_of(arguments.get(key, 0))), frame.sure)
        case "convert_dtypes":
            return Frame({}, "other", frame.sure)
        case "align":
            return Tuple((Frame(sure=frame.sure), UNKNOWN))
    return _given(api.FRAME[method], method, frame)


def _from_series(series: Series, method: str, arguments: Arguments) -> Kind:
    match method:
        case "astype":
            return Series(named_dtype(arguments.known("dtype", 0)) or "", series.sure)
        case "convert_dtypes":
            return Series("other", series.sure)
        case "reset_index":
            return (
                Series(series.dtype, series.sure) if arguments.says("drop", True) else Frame(sure=series.sure)
            )
        case "get" | "pop":
            return UNKNOWN
        case "to_list" | "tolist":
            return Items(scalar_of(series.dtype))
        case "unique":
            return Array(series.dtype, extension=True, sure=series.sure)
        case "items" | "iteritems":
            return Items(Tuple((UNKNOWN, UNKNOWN)))
        case "align":
            return Tuple((Series(sure=series.sure), UNKNOWN))
    return _given(api.SERIES[method], method, series)


def _given(gives: api.Gives, method: str, of: Frame | Series) -> Kind:
    return Groups(replace(of, source=None), method) if gives == "groups" else _GIVES[gives](of)


def _from_index(index: Index, method: str) -> Kind:
    if method in ("tolist", "to_list"):
        return Items(scalar_of(index.dtype))
    match api.INDEX[method]:
        case "same":
            return Index("", index.sure)
        case "array":
            return Array()
        case "series":
            return Series("", index.sure)
        case "frame":
            return Frame(sure=index.sure)
    return UNKNOWN


def _from_groups(groups: Groups, method: str) -> Kind:
    sure = groups.of.sure
    match api.GROUPS[method]:
        case "same" if isinstance(groups.of, Frame):
            return Frame(sure=sure)
        case "same" | "series":
            return Series("", sure)
        case "groups":
            return Groups(groups.of, method)
        case "scalar":
            return Plain()
    return UNKNOWN


def _from_accessor(accessor: Accessor, method: str, arguments: Arguments) -> Kind:
    sure = accessor.of.sure
    if arguments.says("expand", True) or method in ("extract", "extractall", "get_dummies", "isocalendar"):
        return Frame(sure=sure)
    if method == "cat" and accessor.name == "str" and not arguments.positional:
        return Plain("str")
    dtypes = {"str": api.TEXT_METHODS, "dt": api.DATE_METHODS, "cat": {}}.get(accessor.name, {})
    return Series(dtypes.get(method, ""), sure)


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


def _from_array(array: Array, method: str, arguments: Arguments) -> Kind:
    if method == "tolist":
        return Items(scalar_of(array.dtype))
    if method == "astype":
        return Array(named_dtype(arguments.known("dtype", 0)) or "")
    return replace(array, extension=False)


def _from_value(value: Value, method: str) -> Kind:
    if value.of == "Styler":
        return Plain("str") if method.startswith("to_") else value
    if value.of == "ExcelFile" and method == "parse":
        return Frame()
    return value if method in api.VALUE_METHODS else UNKNOWN


def _all_of(of: Frame | Series, dtype: Dtype) -> Frame | Series:
    return Frame({}, dtype, of.sure) if isinstance(of, Frame) else Series(dtype, of.sure)


_GIVES: dict[api.Gives, Callable[[Frame | Series], Kind]] = {
    "same": lambda of: replace(of, source=None),
    "shape": lambda of: _all_of(of, ""),
    "bool": lambda of: _all_of(of, "bool"),
    "frame": lambda of: Frame(sure=of.sure),
    "series": lambda of: Series("", of.sure),
    "reduced": lambda of: Series("", of.sure) if isinstance(of, Frame) else UNKNOWN,
    "column": lambda _: UNKNOWN,
    "index": lambda of: Index("", of.sure),
    "array": lambda _: Array(),
    "scalar": lambda _: Plain(),
    "unknown": lambda _: UNKNOWN,
}


def _cast_frame(frame: Frame, to: Kind) -> Frame:
    """`df.astype("str")` casts every column, `df.astype({"a": "str"})` those that it names."""
    if not isinstance(to, Mapping):
        return Frame({}, named_dtype(to) or "", frame.sure)
    if to.rest is not None:
        return Frame(sure=frame.sure)
    cast = {name: named_dtype(kind) or "" for name, kind in to.items.items()}
    return replace(frame, columns={**frame.columns, **cast}, source=None)


def _assigned(frame: Frame, arguments: Arguments) -> Frame:
    columns = {name: dtype_of(kind) for name, kind in arguments.named.items()}
    return replace(frame, columns={**frame.columns, **columns}, source=None)


def _dropped(frame: Frame, arguments: Arguments) -> Frame:
    named = arguments.get("columns")
    if named is None and arguments.get("axis", 1) in (Constant(1), Constant("columns")):
        named = arguments.get("labels", 0)
    gone = {text_of(named), *shown_texts(named)}
    columns = {name: dtype for name, dtype in frame.columns.items() if name not in gone}
    return replace(frame, columns=columns, source=None)


def _renamed(frame: Frame, arguments: Arguments) -> Frame:
    names = arguments.named.get("columns")
    if names is None and "index" in arguments.named:
        return replace(frame, source=None)
    if not isinstance(names, Mapping) or names.rest is not None:
        return Frame({}, "" if frame.rest is None else frame.rest, frame.sure)
    columns: dict[str, Dtype] = {}
    for name, dtype in frame.columns.items():
        new = text_of(names.items[name]) if name in names.items else name
        if new is not None:
            columns[new] = dtype
    return replace(frame, columns=columns, source=None)
