"""Evaluates the functions and classes of pandas: frames from readers and constructors."""

from collections.abc import Callable

from msgspec.structs import replace

from checker.analysis.frames.arguments import Arguments
from checker.analysis.frames.columns import Dtype, base
from checker.analysis.frames.dtypes import dtype_of, dtype_of_all, named_dtype, scalar_of
from checker.analysis.frames.holders import Items, Mapping, Tuple, item_of, shown_texts
from checker.analysis.frames.indexes import header_of, keys_of, made_with, read_with
from checker.analysis.frames.kinds import (
    NONE,
    UNKNOWN,
    Array,
    Constant,
    DtypeName,
    Frame,
    Index,
    Kind,
    Member,
    Plain,
    Series,
    Value,
    scalar_name,
)
from checker.analysis.frames.tables import words

# Functions that return a frame about which nothing more is known.
_FRAMES = words(
    """merge merge_asof merge_ordered melt from_dummies wide_to_long
    lreshape json_normalize DataFrame.from_records"""
)
_INDEXES: dict[str, Dtype] = {
    "Index": "",
    "RangeIndex": "int",
    "MultiIndex": "pairs",
    "CategoricalIndex": "category",
    "DatetimeIndex": "datetime",
    "PeriodIndex": "period",
    "TimedeltaIndex": "timedelta",
    "IntervalIndex": "other",
    "date_range": "datetime",
    "bdate_range": "datetime",
    "period_range": "period",
    "timedelta_range": "timedelta",
    "interval_range": "other",
}
_DTYPES: dict[str, Dtype] = {
    "StringDtype": "string",
    "CategoricalDtype": "category",
    "DatetimeTZDtype": "datetime",
    "PeriodDtype": "period",
    "ArrowDtype": "other",
}
# Classes whose objects are distinguished, and their dtype in a column.
_VALUES = {
    "Timestamp": "datetime",
    "Timedelta": "timedelta",
    **dict.fromkeys(words("ExcelFile ExcelWriter Grouper HDFStore Interval Period"), ""),
}
_ALTERNATIVE_CONSTRUCTORS = words("now today utcnow fromtimestamp utcfromtimestamp combine strptime")
# The dtype of the result of functions that work element by element.
_ELEMENTWISE: dict[str, Dtype] = {
    "to_datetime": "datetime",
    "to_timedelta": "timedelta",
    "to_numeric": "float",
    "isna": "bool",
    "isnull": "bool",
    "notna": "bool",
    "notnull": "bool",
    "cut": "category-listed",
    "qcut": "category",
}


def made(function: str, arguments: Arguments) -> Kind:
    """The result of `pandas.<function>(...)`."""
    if function.startswith("read_"):
        return _read(function, arguments)
    maker = _MAKERS.get(function)
    if maker is not None:
        return maker(arguments)
    if function in _FRAMES:
        return Frame()
    if function in _INDEXES:
        return Index(_unit_asked(_INDEXES[function] or dtype_of(arguments.known("data", 0)), arguments))
    if function.startswith("MultiIndex."):
        return Index("other")
    if function in _DTYPES:
        listed = function == "CategoricalDtype" and arguments.get("categories", 0)
        return DtypeName("category-listed" if listed else _DTYPES[function])
    if function in _ELEMENTWISE:
        values = arguments.known("arg", 0)
        return elementwise(values, _converted(dtype_of(values), _ELEMENTWISE[function], arguments))
    return value_of(function)


def value_of(function: str) -> Kind:
    """An object of a pandas class other than frame, series and index."""
    name, _, method = function.partition(".")
    if name in ("offsets", "tseries") or name.endswith("Offset"):
        return Value("", "DateOffset")
    if name in _VALUES and (not method or method in _ALTERNATIVE_CONSTRUCTORS):
        return Value(_VALUES[name], name)
    return UNKNOWN


def _unit_asked(dtype: Dtype, arguments: Arguments) -> Dtype:
    """`date_range(..., unit="ns")`: the unit is the lesson's own choice."""
    asked = arguments.get("unit") is not None or arguments.get("dtype") is not None
    if dtype == "datetime":
        return "datetime-as-asked" if asked else dtype
    return "timedelta-as-asked" if dtype == "timedelta" and asked else dtype


def _converted(values: Dtype, to: Dtype, arguments: Arguments) -> Dtype:
    """The dtype of the result of `to_datetime`, `to_timedelta`, `to_numeric` and the like.

    Integers without a unit count nanoseconds and keep them; so do floats with any unit.
    """
    if to == "float":
        return "epoch" if values in ("datetime", "timedelta") else "float"
    if to not in ("datetime", "timedelta"):
        return to
    unit, numbers = arguments.get("unit"), base(values) in ("int", "float")
    in_nanoseconds = numbers and (unit in (None, Constant("ns")) or base(values) == "float")
    if values == "epoch" or not (in_nanoseconds or values.endswith("-as-asked")):
        return to
    return "datetime-as-asked" if to == "datetime" else "timedelta-as-asked"


def elementwise(values: Kind, dtype: Dtype) -> Kind:
    """The result of an elementwise function for a series, a list, or one value."""
    if isinstance(values, Frame):
        if base(dtype) == "datetime":
            return Series(dtype, values.sure, index=values.index)
        return replace(values, columns={}, rest=dtype, source=None, header=values.labels, in_blocks=True)
    if isinstance(values, Series):
        return Series(dtype, values.sure, index=values.index)
    if isinstance(values, Index):
        return Index(dtype, values.sure)
    if isinstance(values, Items | Tuple | Array):
        return Index(dtype) if base(dtype) in ("datetime", "timedelta") else Array(dtype)
    if not scalar_name(values):
        return UNKNOWN
    return scalar_of(dtype) if base(dtype) in ("datetime", "timedelta") else Plain(base(dtype))


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
    return Frame(columns, rest, index=read_with(arguments, columns, rest), header=header_of(arguments))


def _frame(arguments: Arguments) -> Kind:
    data = arguments.known("data", 0)
    names = arguments.get("columns", 2)
    header = "" if names is None else dtype_of(names)
    frame = _of_data(data, names)
    dtype = arguments.get("dtype", 3)
    if dtype is not None and dtype != NONE:
        frame = Frame({}, named_dtype(dtype) or "", header=frame.labels)
    return replace(
        frame,
        index=made_with(arguments, data),
        header=header or frame.header,
        in_blocks=isinstance(data, Mapping | Items | Tuple | Array) or frame.in_blocks,
    )


def _of_data(data: Kind, names: Kind | None) -> Frame:
    if isinstance(data, Frame):
        return Frame(data.columns, data.rest, header=data.header, in_blocks=data.in_blocks)
    if isinstance(data, Mapping):
        frame = Frame(_columns(data), None if data.rest is None else "")
        return frame if names is None else _selected(frame, shown_texts(names))
    if isinstance(data, Array):
        return Frame({}, data.dtype, header="int" if names is None else "")
    if isinstance(data, Items):
        frame = _from_rows(data, shown_texts(names))
        return _selected(frame, shown_texts(names)) if names and isinstance(data.item, Mapping) else frame
    return Frame()


def _selected(frame: Frame, names: list[str]) -> Frame:
    """`columns=` picks columns of a dict, and makes those that it lacks."""
    if not names:
        return replace(frame, rest="")
    return replace(frame, columns={name: frame.columns.get(name, "") for name in names}, rest=None)


def _columns(data: Mapping) -> dict[str, Dtype]:
    return {name: dtype_of(kind) for name, kind in data.items.items()}


def _from_rows(rows: Items, names: list[str]) -> Frame:
    """A frame made of a list of dicts, or of a list of rows whose columns have `names`."""
    if isinstance(rows.item, Mapping):
        dicts = [row for row in rows.shown if isinstance(row, Mapping)] or [rows.item]
        columns = {
            name: dtype_of_all(row.items.get(name, row.rest or _NAN) for row in dicts)
            for name in rows.item.items
        }
        return Frame(columns, None if rows.item.rest is None else "")
    cells = [
        row.shown if isinstance(row, Items) else row.items
        for row in rows.shown
        if isinstance(row, Items | Tuple)
    ]
    if not cells or len(cells) < len(rows.shown) or len({len(row) for row in cells}) > 1:
        return Frame()
    dtypes = [dtype_of_all(column) for column in zip(*cells, strict=True)]
    if len(names) == len(dtypes):
        return Frame(dict(zip(names, dtypes, strict=True)), None)
    return Frame({}, dtypes[0] if len(set(dtypes)) == 1 else "", header="" if names else "int")


def _series(arguments: Arguments) -> Kind:
    dtype = arguments.get("dtype", 2)
    data = arguments.known("data", 0)
    index = _index_of_series(arguments, data)
    if dtype is not None and dtype != NONE:
        return Series(named_dtype(dtype) or "", index=index)
    return Series(dtype_of(data), index=index)


def _index_of_series(arguments: Arguments, data: Kind) -> Dtype:
    """A dict makes a series whose labels are its keys."""
    if isinstance(data, Mapping) and arguments.get("index", 1) is None:
        return "text" if data.rest is None else ""
    return made_with(arguments, data)


def _concat(arguments: Arguments) -> Kind:
    parts = arguments.known("objs", 0)
    part = item_of(parts)
    if isinstance(part, Series):
        index = "int" if arguments.says("ignore_index", True) else part.index
        axis = arguments.get("axis", 1)
        if axis not in (None, Constant(0), Constant("index")):
            return Frame(index=part.index)
        return Series(part.dtype, part.sure, index=index)
    if isinstance(part, Frame):
        index = "int" if arguments.says("ignore_index", True) else part.index
        return Frame(part.columns, part.rest, part.sure, index=index, header=part.header)
    return Frame()


def _unique(arguments: Arguments) -> Kind:
    return Array(dtype_of(arguments.known("values", 0)), extension=True)


def _from_dict(arguments: Arguments) -> Kind:
    return _frame(arguments) if arguments.get("orient", 1) in (None, Constant("columns")) else Frame()


def _pivoted(arguments: Arguments) -> Kind:
    """`pivot_table(data, ...)`: the rows have the values of a column as labels."""
    data = arguments.known("data", 0)
    sure = data.sure if isinstance(data, Frame) else True
    index = arguments.get("index")
    return Frame(sure=sure, index=keys_of(data, index) if isinstance(data, Frame) else "")


def _crosstab(arguments: Arguments) -> Kind:
    rows = arguments.known("index", 0)
    index = keys_of(rows, rows) if isinstance(rows, Series) else ""
    columns = arguments.known("columns", 1)
    header = keys_of(columns, columns) if isinstance(columns, Series) else ""
    cells: Dtype = "" if "values" in arguments.named else "float" if "normalize" in arguments.named else "int"
    return Frame({}, cells, index=index, header=header, in_blocks=True)


def _dummies(arguments: Arguments) -> Kind:
    data = arguments.known("data", 0)
    if not isinstance(data, Series):
        return Frame()
    return Frame({}, "" if "dtype" in arguments.named else "bool", index=data.index, in_blocks=True)


_NAN = Member("numpy.nan")
_MAKERS: dict[str, Callable[[Arguments], Kind]] = {
    "Categorical": lambda arguments: Array(
        "category-listed" if arguments.get("categories", 1) else "category", extension=True
    ),
    "DataFrame": _frame,
    "DataFrame.from_dict": _from_dict,
    "pivot_table": _pivoted,
    "pivot": _pivoted,
    "crosstab": _crosstab,
    "get_dummies": _dummies,
    "Series": _series,
    "concat": _concat,
    "unique": _unique,
}
