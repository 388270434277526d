"""What a subscript of a value is."""

from msgspec.structs import replace

from checker.analysis.frames.dtypes import scalar_of
from checker.analysis.frames.holders import Items, Mapping, Tuple, item_of, shown_texts
from checker.analysis.frames.kinds import (
    UNKNOWN,
    Array,
    Constant,
    Dtype,
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
    """What `of[key]` is; `name` is the variable that `of` was read from, when it was."""
    match of:
        case Frame() | Series() | Indexer() | Groups() | Dtypes():
            return _of_pandas(of, key, name)
        case Mapping():
            return of.value(text_of(key))
        case Items():
            return of if key == SLICE else of.item
        case Tuple():
            return _of_tuple(of, key)
        case Index():
            return of if _many(key) else _item(of, key)
        case Array():
            return of if _many(key) else UNKNOWN
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
        case Groups(of=Frame() as frame, by=by):
            return Groups(frame if _several(key) else Series(column_dtype(frame, key), frame.sure), by)
    return of


def _item(index: Index, key: Kind) -> Kind:
    return scalar_of(index.dtype) if index.dtype in ("datetime", "timedelta") and _one(key) else UNKNOWN


def column_dtype(frame: Frame, key: Kind) -> Dtype:
    """The dtype of the column, or of any column, that a key means."""
    return frame.column(key.value) if isinstance(key, Constant) else frame.any_column()


def _several(key: Kind) -> bool:
    """Whether a key picks several things: a list, a mask, an index, a function that makes a mask."""
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
    return Series(column_dtype(frame, key), frame.sure, _source(name, key))


def _with_columns(frame: Frame, key: Kind) -> Frame:
    """`df[["a", "b"]]`, or any rows of a frame."""
    names = shown_texts(key)
    if not names or (isinstance(key, Items) and len(names) < len(key.shown)):
        return replace(frame, source=None)
    return Frame({name: frame.column(name) for name in names}, None, frame.sure)


def _of_series(series: Series, key: Kind, name: str | None) -> Kind:
    if key == SLICE:
        return replace(series, source=_source(name))
    if _several(key):
        return replace(series, source=None)
    return Plain("str") if series.dtype == "text" and _one(key) else UNKNOWN


def _of_indexer(indexer: Indexer, key: Kind, name: str | None) -> Kind:
    if indexer.how in ("at", "iat"):
        return UNKNOWN
    if isinstance(indexer.of, Series):
        return _of_series(indexer.of, key, name)
    frame = indexer.of
    if isinstance(key, Tuple) and len(key.items) == 2:
        return _cut(frame, key.items[0], key.items[1], name)
    if _many(key):
        return replace(frame, source=_source(name) if key == SLICE else None)
    # One row, or rows by a key that is not known: of pandas either way.
    return Series("", frame.sure, _source(name))


def _cut(frame: Frame, rows: Kind, columns: Kind, name: str | None) -> Kind:
    """What `.loc[rows, columns]` is: a frame, a series or one value."""
    if _many(columns):
        if not _many(rows):
            return Series("", frame.sure)
        return replace(
            _with_columns(frame, columns), source=_source(name) if SLICE in (rows, columns) else None
        )
    if not _many(rows):  # one value, or not known
        return UNKNOWN
    dtype = column_dtype(frame, columns) if isinstance(columns, Constant) else ""
    return Series(dtype, frame.sure, _source(name, columns) if rows == SLICE else None)


def _source(name: str | None, column: Kind = UNKNOWN) -> Source | None:
    """Where a view comes from; only what has a name can be looked at again."""
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
