"""Evaluates subscripts."""

from msgspec.structs import replace

from checker.analysis.frames.columns import Dtype, without_gaps
from checker.analysis.frames.dtypes import scalar_of
from checker.analysis.frames.holders import Items, Mapping, Tuple, item_of, shown_texts
from checker.analysis.frames.kinds import (
    UNKNOWN,
    Array,
    Constant,
    Dtypes,
    DtypeValue,
    Foreign,
    Frame,
    Function,
    Groups,
    Index,
    Indexer,
    Kind,
    Member,
    Plain,
    Series,
    Source,
    scalar_name,
    text_of,
)

SLICE = Plain("slice")


def subscript(of: Kind, key: Kind, name: str | None) -> Kind:
    """The kind of `of[key]`; `name` is the variable that `of` was read from, if any."""
    match of:
        case Frame() | Series() | Indexer() | Groups() | Dtypes():
            return _of_pandas(of, key, name)
        case Mapping():
            return of.value(text_of(key))
        case Items():
            return of if key == SLICE else of.item
        case Tuple():
            return _of_tuple(of, key)
        case Array():
            return _of_array(of, key)
        case Index():
            return of if _many(key) else scalar_of(of.dtype, sure=of.sure)
        case Foreign() | Member():
            return of
    return Plain("str") if scalar_name(of) == "str" else UNKNOWN


def _of_pandas(of: Frame | Series | Indexer | Groups | Dtypes, key: Kind, name: str | None) -> Kind:
    match of:
        case Frame():
            return _of_frame(of, key, name)
        case Series():
            return _of_series(of, key, name)
        case Indexer():
            return _of_indexer(of, key, name)
        case Dtypes():
            return of if _many(key) else DtypeValue(column_dtype(of.of, key), of.of.sure)
        case Groups(of=Frame() as frame):
            part = Series(column_dtype(frame, key), frame.sure, index=frame.index, name=text_of(key))
            selected = _with_columns(frame, key) if _several(key) else part
            return replace(of, of=selected, columns=frozenset())
    return of


def column_dtype(frame: Frame, key: Kind) -> Dtype:
    """The dtype of the column that a key means, or of any column."""
    return frame.column(key.value) if isinstance(key, Constant) else frame.any_column()


def _several(key: Kind) -> bool:
    """Whether a key selects several things: a list, a mask, an index, a function that returns a mask."""
    return isinstance(key, Items | Series | Index | Array | Frame | Function)


def _many(key: Kind) -> bool:
    return key == SLICE or _several(key)


def _one(key: Kind) -> bool:
    """Whether a key is certainly a single label."""
    return key != SLICE and isinstance(key, Constant | Plain)


def _of_frame(frame: Frame, key: Kind, name: str | None) -> Kind:
    if key == SLICE:
        return replace(frame, source=_source(name))
    if _several(key):
        return _with_columns(frame, key)
    column = text_of(key)
    if frame.header == "pairs" and column not in frame.columns:
        return UNKNOWN  # several columns, or one
    return Series(column_dtype(frame, key), frame.sure, _source(name, key), frame.index, name=column)


def _with_columns(frame: Frame, key: Kind) -> Frame:
    """`df[["a", "b"]]`, or any rows of a frame."""
    names = shown_texts(key)
    if not names or (isinstance(key, Items) and len(names) < len(key.shown)):
        return replace(frame, source=None) if isinstance(key, Items) else frame.some_rows()
    columns = {name: frame.column(name) for name in names}
    return replace(frame, columns=columns, rest=None, source=None, gone=frame.gone & columns.keys())


def _of_series(series: Series, key: Kind, name: str | None) -> Kind:
    if key == SLICE:
        # The first value is what shifting leaves out, and the slice may begin behind it.
        dtype = "float" if series.dtype == "float-or-nan" else series.dtype
        return replace(series, dtype=dtype, source=_source(name))
    if _several(key):
        return replace(series, dtype=without_gaps(series.dtype), source=None)
    if series.row_of is not None:
        column = text_of(key)
        return scalar_of(series.row_of.column(column), column, sure=series.sure) if column else UNKNOWN
    if not _one(key) and series.dtype not in ("text-or-none", "epoch"):
        return UNKNOWN
    return scalar_of(series.dtype, series.name, sure=series.sure)


def _of_array(array: Array, key: Kind) -> Kind:
    """Slices of an array are views of it; masks and lists of positions make a copy."""
    keys = key.items if isinstance(key, Tuple) else (key,)
    if any(isinstance(each, Items | Series | Index | Array) for each in keys):
        return replace(array, view=False)
    if SLICE in keys:
        return array
    return scalar_of(array.dtype, sure=array.sure) if _one(key) else UNKNOWN


def _of_indexer(indexer: Indexer, key: Kind, name: str | None) -> Kind:
    if indexer.how in ("at", "iat"):
        return _one_value(indexer, key)
    if isinstance(indexer.of, Series):
        return _of_series(indexer.of, key, name)
    frame = indexer.of
    if isinstance(key, Tuple) and len(key.items) == 2:
        return _cut(frame, key.items[0], key.items[1], name)
    if _many(key):
        return replace(frame, source=_source(name)) if key == SLICE else frame.some_rows()
    # One row, or rows by an unknown key: of pandas either way.
    if not _one(key):
        return Series("", frame.sure, _source(name))
    return Series(frame.row_dtype(), frame.sure, _source(name), frame.labels, frame)


def _one_value(indexer: Indexer, key: Kind) -> Kind:
    """The result of `.at` and `.iat`."""
    data = indexer.of
    if isinstance(data, Series):
        return scalar_of(data.dtype, data.name, sure=data.sure)
    column = text_of(key.items[1]) if isinstance(key, Tuple) and len(key.items) == 2 else None
    return scalar_of(data.column(column), column, sure=data.sure) if column else UNKNOWN


def _cut(frame: Frame, rows: Kind, columns: Kind, name: str | None) -> Kind:
    """The kind of `.loc[rows, columns]`: a frame, a series or one value."""
    if _many(columns):
        if not _many(rows):
            return Series("", frame.sure, index=frame.labels if _one(rows) else "")
        part = _with_columns(frame, columns) if rows == SLICE else _with_columns(frame.some_rows(), columns)
        return replace(part, source=_source(name) if SLICE in (rows, columns) else None)
    dtype = column_dtype(frame, columns) if isinstance(columns, Constant) else ""
    if not _many(rows):  # one value, or unknown
        return scalar_of(dtype, text_of(columns), sure=frame.sure) if _one(rows) else UNKNOWN
    source = _source(name, columns) if rows == SLICE else None
    dtype = dtype if rows == SLICE else without_gaps(dtype)
    return Series(dtype, frame.sure, source, frame.index, name=text_of(columns))


def _source(name: str | None, column: Kind = UNKNOWN) -> Source | None:
    """The source of a view; only data with a name can be looked at again."""
    if name is None:
        return None
    return Source(name, text_of(column))


def _of_tuple(of: Tuple, key: Kind) -> Kind:
    if (
        isinstance(key, Constant)
        and isinstance(key.value, int)
        and -len(of.items) <= key.value < len(of.items)
    ):
        return of.items[key.value]
    return Items(item_of(of)) if key == SLICE else item_of(of)
