"""The row labels of a frame or series after a method."""

from checker.analysis.frames.arguments import Arguments
from checker.analysis.frames.columns import Dtype, as_labels, base
from checker.analysis.frames.dtypes import dtype_of
from checker.analysis.frames.holders import Items, Mapping, Tuple, shown_texts
from checker.analysis.frames.kinds import NONE, Constant, Frame, Index, Kind, Series, text_of
from checker.analysis.frames.tables import words

# Methods after which the labels are different and unknown.
RELABELLING = words(
    """reindex reindex_like set_axis reorder_levels droplevel swaplevel append combine combine_first asfreq
    to_period to_timestamp T transpose swapaxes align add_prefix add_suffix"""
)
# Methods of a grouping whose result has the rows of the original data.
KEEPING_ROWS = words(
    """bfill cumcount cummax cummin cumprod cumsum diff ffill fillna filter head ngroup nth pct_change rank
    sample shift tail transform get_group"""
)
_WITH_NUMBERS = frozenset({"int", "float", ""})


def keys_of(data: Frame | Series, by: Kind | None) -> Dtype:
    """The labels when grouping by a key or making it the index: a column, several columns, or values."""
    if isinstance(by, Items | Tuple):
        shown = by.shown if isinstance(by, Items) else by.items
        if len(shown) == 1:
            return keys_of(data, shown[0])
        first = keys_of(data, shown[0]) if shown else ""
        return "" if base(first) in _WITH_NUMBERS and first != "text-by-name" else "pairs"
    if isinstance(by, Series):
        return as_labels(by.dtype, by.name)
    column = text_of(by)
    if isinstance(data, Frame) and column is not None:
        return as_labels(data.column(column), column)
    return dtype_of(by) if isinstance(by, Index) else ""


def grouped_by(data: Frame | Series, method: str, arguments: Arguments) -> Dtype:
    """The labels of the reduced data of a grouping."""
    if method == "groupby":
        if arguments.says("as_index", False):
            return "int"
        return keys_of(data, arguments.get("by", 0))
    return "datetime" if method == "resample" else data.index


def grouped_by_list(method: str, arguments: Arguments) -> bool:
    """Whether a grouping is by a list of one column."""
    keys = arguments.get("by", 0)
    return method == "groupby" and isinstance(keys, Items) and len(keys.shown) == 1


def grouping_columns(arguments: Arguments) -> frozenset[str]:
    """The names of the columns that a frame is grouped by."""
    by = arguments.get("by", 0)
    names = [text_of(by), *shown_texts(by)]
    return frozenset(name for name in names if name is not None)


def reduced_index(frame: Frame, arguments: Arguments) -> Dtype:
    """The labels after `sum` and similar methods of a frame: one value for each column, or for each row."""
    over_rows = arguments.get("axis", 0) in (Constant(1), Constant("columns"))
    return frame.index if over_rows else frame.labels


def made_with(arguments: Arguments, data: Kind) -> Dtype:
    """The labels of what a constructor makes of data."""
    index = arguments.get("index", 1)
    if index is not None and index != NONE:
        return dtype_of(index)
    if arguments.open:
        return ""
    if isinstance(data, Series | Frame):
        return data.index
    if isinstance(data, Mapping):
        return _of_values(data)
    return "int" if isinstance(data, Items | Tuple) or dtype_of(data) else ""


def _of_values(data: Mapping) -> Dtype:
    """The labels of a frame made of a dict: those of the series in it, otherwise numbers."""
    indexes = {part.index if isinstance(part, Series) else "int" for part in data.parts()}
    return indexes.pop() if len(indexes) == 1 else ""


def read_with(arguments: Arguments, columns: dict[str, Dtype], rest: Dtype) -> Dtype:
    """The labels of the rows that a reader returns."""
    if arguments.open:
        return ""
    column = arguments.get("index_col")
    if column is None or column == NONE or column == Constant(False):
        return "int"
    if arguments.says("parse_dates", True):
        return "datetime"
    name = text_of(column) or next(iter(shown_texts(column)), None)
    return as_labels(columns.get(name, rest), name) if name and not _several(column) else ""


def _several(kind: Kind) -> bool:
    return isinstance(kind, Items | Tuple) and len(shown_texts(kind)) > 1


def header_of(arguments: Arguments) -> Dtype:
    """The labels of the columns that a reader returns."""
    if arguments.get("names") is not None:
        return dtype_of(arguments.known("names"))
    return "int" if arguments.get("header") == NONE else "text"
