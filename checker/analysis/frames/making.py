"""What the functions and classes of pandas give: the frames that readers and constructors make."""

from collections.abc import Callable

from checker.analysis.frames.arguments import Arguments
from checker.analysis.frames.dtypes import dtype_of, dtype_of_all, named_dtype, scalar_of
from checker.analysis.frames.holders import Items, Mapping, Tuple, item_of, shown_texts
from checker.analysis.frames.kinds import (
    NONE,
    UNKNOWN,
    Array,
    Constant,
    Dtype,
    DtypeName,
    Frame,
    Index,
    Kind,
    Plain,
    Series,
    Value,
    scalar_name,
)
from checker.analysis.frames.tables import words

# Functions whose frame cannot be told more about.
_FRAMES = words(
    """merge merge_asof merge_ordered pivot pivot_table crosstab melt get_dummies from_dummies wide_to_long
    lreshape json_normalize DataFrame.from_dict DataFrame.from_records"""
)
_INDEXES: dict[str, Dtype] = {
    "Index": "",
    "RangeIndex": "int",
    "MultiIndex": "object",
    "CategoricalIndex": "category",
    "DatetimeIndex": "datetime",
    "PeriodIndex": "other",
    "TimedeltaIndex": "timedelta",
    "IntervalIndex": "other",
    "date_range": "datetime",
    "bdate_range": "datetime",
    "period_range": "other",
    "timedelta_range": "timedelta",
    "interval_range": "other",
}
_DTYPES: dict[str, Dtype] = {
    "StringDtype": "string",
    "CategoricalDtype": "category",
    "DatetimeTZDtype": "datetime",
    "PeriodDtype": "other",
    "ArrowDtype": "other",
}
# Classes whose objects are told apart, and what they are as a value of a column.
_VALUES = {
    "Timestamp": "datetime",
    "Timedelta": "timedelta",
    **dict.fromkeys(words("Categorical ExcelFile ExcelWriter Grouper HDFStore Interval Period"), ""),
}
_ALTERNATIVE_CONSTRUCTORS = words(
    "now today utcnow fromtimestamp utcfromtimestamp combine strptime from_codes"
)
# What a function makes of the values that it is given, element by element.
_ELEMENTWISE: dict[str, Dtype] = {
    "to_datetime": "datetime",
    "to_timedelta": "timedelta",
    "to_numeric": "float",
    "isna": "bool",
    "isnull": "bool",
    "notna": "bool",
    "notnull": "bool",
    "cut": "category",
    "qcut": "category",
}


def made(function: str, arguments: Arguments) -> Kind:
    """What `pandas.<function>(...)` gives."""
    if function.startswith("read_"):
        return _read(function, arguments)
    maker = _MAKERS.get(function)
    if maker is not None:
        return maker(arguments)
    if function in _FRAMES:
        return Frame()
    if function in _INDEXES:
        return Index(_INDEXES[function] or dtype_of(arguments.known("data", 0)))
    if function.startswith("MultiIndex."):
        return Index("object")
    if function in _DTYPES:
        return DtypeName(_DTYPES[function])
    if function in _ELEMENTWISE:
        return elementwise(arguments.known("arg", 0), _ELEMENTWISE[function])
    return value_of(function)


def value_of(function: str) -> Kind:
    """An object of a class of pandas that is neither frame, series nor index."""
    name, _, method = function.partition(".")
    if name in ("offsets", "tseries") or name.endswith("Offset"):
        return Value("", "DateOffset")
    if name in _VALUES and (not method or method in _ALTERNATIVE_CONSTRUCTORS):
        return Value(_VALUES[name], name)
    return UNKNOWN


def elementwise(values: Kind, dtype: Dtype) -> Kind:
    """What a function on single elements gives for a series, a list, or one value."""
    if isinstance(values, Frame):
        return Series(dtype, values.sure) if dtype == "datetime" else Frame({}, dtype, values.sure)
    if isinstance(values, Series):
        return Series(dtype, values.sure)
    if isinstance(values, Index):
        return Index(dtype, values.sure)
    if isinstance(values, Items | Tuple | Array):
        return Index(dtype) if dtype in ("datetime", "timedelta") else Array(dtype)
    if not scalar_name(values):
        return UNKNOWN
    return scalar_of(dtype) if dtype in ("datetime", "timedelta") else Plain(dtype)


def _read(function: str, arguments: Arguments) -> Kind:
    frame = _table(arguments)
    if arguments.open:
        return UNKNOWN if function in ("read_excel", "read_json", "read_hdf") else frame
    if function in ("read_pickle", "read_hdf"):
        return UNKNOWN  # whatever was put there
    if function == "read_html":
        return Items(frame)
    if function == "read_excel":
        sheet = arguments.get("sheet_name", 1)
        if sheet == NONE or isinstance(sheet, Items | Tuple):
            return Mapping({}, frame)
        return frame if sheet is None or isinstance(sheet, Constant) else UNKNOWN
    if function == "read_json" and arguments.says("typ", "series"):
        return Series()
    in_parts = arguments.get("chunksize") or arguments.get("iterator")
    return frame if in_parts in (None, NONE, Constant(False)) else Items(frame)


def _table(arguments: Arguments) -> Frame:
    columns: dict[str, Dtype] = {}
    rest: Dtype = ""
    if "dtype_backend" in arguments.named:
        rest = "other"  # nullable or Arrow dtypes, which pandas 3 did not change
    dtype = arguments.get("dtype")
    if isinstance(dtype, Mapping):
        columns = {name: named_dtype(kind) or "" for name, kind in dtype.items.items()}
    elif dtype is not None:
        rest = named_dtype(dtype) or ""
    for name in shown_texts(arguments.get("parse_dates")):
        columns[name] = "datetime"
    return Frame(columns, rest)


def _frame(arguments: Arguments) -> Kind:
    data = arguments.known("data", 0)
    dtype = arguments.get("dtype")
    if dtype is not None and dtype != NONE:
        return Frame({}, named_dtype(dtype) or "")
    if isinstance(data, Frame):
        return Frame(data.columns, data.rest)
    if isinstance(data, Mapping):
        return Frame(_columns(data), None if data.rest is None else "")
    if isinstance(data, Array):
        return Frame({}, data.dtype)
    if isinstance(data, Items):
        return _from_rows(data, shown_texts(arguments.get("columns")))
    return Frame()


def _columns(data: Mapping) -> dict[str, Dtype]:
    return {name: dtype_of(kind) for name, kind in data.items.items()}


def _from_rows(rows: Items, names: list[str]) -> Frame:
    """A frame of a list of dicts, or of a list of rows whose columns have `names`."""
    if isinstance(rows.item, Mapping):
        dicts = [row for row in rows.shown if isinstance(row, Mapping)] or [rows.item]
        columns = {
            name: dtype_of_all(row.items.get(name, row.rest or NONE) for row in dicts)
            for name in rows.item.items
        }
        return Frame(columns, None if rows.item.rest is None else "")
    cells = [
        row.shown if isinstance(row, Items) else row.items
        for row in rows.shown
        if isinstance(row, Items | Tuple)
    ]
    if not cells or len(cells) < len(rows.shown) or any(len(row) != len(names) for row in cells):
        return Frame()
    return Frame(dict(zip(names, map(dtype_of_all, zip(*cells, strict=True)), strict=True)), None)


def _series(arguments: Arguments) -> Kind:
    dtype = arguments.get("dtype", 2)
    if dtype is not None and dtype != NONE:
        return Series(named_dtype(dtype) or "")
    return Series(dtype_of(arguments.known("data", 0)))


def _concat(arguments: Arguments) -> Kind:
    parts = arguments.known("objs", 0)
    part = item_of(parts)
    if isinstance(part, Series):
        axis = arguments.get("axis")
        return Series(part.dtype) if axis in (None, Constant(0), Constant("index")) else Frame()
    if isinstance(part, Frame):
        return Frame(part.columns, part.rest, part.sure)
    return Frame()


def _unique(arguments: Arguments) -> Kind:
    return Array(dtype_of(arguments.known("values", 0)), extension=True)


_MAKERS: dict[str, Callable[[Arguments], Kind]] = {
    "DataFrame": _frame,
    "Series": _series,
    "concat": _concat,
    "unique": _unique,
}
