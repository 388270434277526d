"""Evaluates methods of a DataFrame from their name and arguments."""

from collections.abc import Callable

from msgspec.structs import replace

from checker.analysis.frames import api
from checker.analysis.frames.arguments import Arguments
from checker.analysis.frames.arrays import values_of
from checker.analysis.frames.attributes import column_of
from checker.analysis.frames.columns import Dtype, base
from checker.analysis.frames.dtypes import cast, dtype_of, named_dtype, scalar_of
from checker.analysis.frames.holders import Items, Mapping, Tuple, one_or_several, shown_texts
from checker.analysis.frames.indexes import (
    RELABELLING,
    grouped_by,
    grouped_by_list,
    grouping_columns,
    keys_of,
    reduced_index,
)
from checker.analysis.frames.kinds import (
    NONE,
    UNKNOWN,
    Array,
    Constant,
    Frame,
    Groups,
    Index,
    Kind,
    Member,
    Plain,
    Row,
    Series,
    Source,
    text_of,
)
from checker.analysis.frames.operators import like
from checker.analysis.frames.written import written


def from_frame(frame: Frame, method: str, arguments: Arguments, name: str | None) -> Kind:
    """The result of `frame.method(...)`; `name` is the variable that the frame was read from."""
    special = _SPECIAL.get(method)
    if special is not None:
        return special(frame, arguments)
    match method:
        case "head" | "tail":
            return replace(frame, source=Source(name, None) if name else None, header=frame.labels)
        case "copy" if arguments.get("deep", 0) == Constant(value=False):
            return replace(frame, source=Source(name, None) if name else None)
        case "iterrows":
            source = Source(name, None) if name else None
            row = Series(frame.row_dtype(), frame.sure, source, frame.labels, frame)
            return Items(Tuple((UNKNOWN, row)))
        case "items" | "iteritems":
            source = Source(name, None) if name else None
            return Items(Tuple((Plain("str"), Series(frame.any_column(), frame.sure, source, frame.index))))
        case "get" | "pop":
            key = "item" if method == "pop" else "key"
            column = text_of(arguments.get(key, 0))
            if column is None:
                return Series(frame.any_column(), frame.sure, index=frame.index)
            return replace(column_of(frame, column, name), source=None)
    return _by_table(frame, method, arguments)


def _by_table(frame: Frame, method: str, arguments: Arguments) -> Kind:
    index = "" if method in RELABELLING else frame.index
    sure, labels = frame.sure, frame.labels
    match api.FRAME[method]:
        case "same":
            return replace(frame, source=None, index=index, header=labels)
        case "shape" | "bool" as gives:
            dtype: Dtype = "bool" if gives == "bool" else ""
            return Frame({}, dtype, sure, index=index, header=labels, in_blocks=True)
        case "frame":
            return Frame(sure=sure)
        case "series":
            return Series("", sure)
        case "reduced":
            dtype = "int" if method in ("count", "nunique") else ""
            return Series(dtype, sure, index=reduced_index(frame, arguments))
        case "groups":
            columns = grouping_columns(arguments) if method == "groupby" else frozenset[str]()
            keys = grouped_by(frame, method, arguments)
            by_list = grouped_by_list(method, arguments)
            flat = method == "groupby" and arguments.says("as_index", False)
            return Groups(replace(frame, source=None), method, keys, columns, by_list, flat)
        case "index":
            return Index(labels if method == "keys" else frame.index, sure)
        case "array":
            return Array()
        case "scalar":
            return Plain()
    return UNKNOWN


def _aggregated(frame: Frame, arguments: Arguments) -> Kind:
    function = arguments.get("func", 0)
    if isinstance(function, Items | Tuple):
        return Frame(sure=frame.sure, index="text", header=frame.labels)
    if isinstance(function, Mapping) and any(isinstance(each, Items | Tuple) for each in function.parts()):
        return Frame(sure=frame.sure, index="text", header="text")
    return Series("", frame.sure, index=reduced_index(frame, arguments))


def _reset(frame: Frame, arguments: Arguments) -> Frame:
    """`reset_index`: the old index becomes a column, unless it is dropped."""
    level = arguments.get("level", 0)
    gone = frame.gone if arguments.says("drop", True) else frozenset[str]()
    if level is not None:
        return replace(frame, source=None, index="", gone=gone)
    rest = frame.rest if frame.rest is not None or arguments.says("drop", True) else frame.index
    blocks = frame.in_blocks and arguments.says("drop", True)
    return replace(frame, rest=rest, source=None, index="int", in_blocks=blocks, gone=gone)


def _of_dtypes(frame: Frame, arguments: Arguments) -> Frame:
    """Those columns that are known to be of the dtypes asked for; others may be there as well."""
    include = arguments.get("include", 0)
    wanted: set[Dtype] = set()
    for kind in one_or_several(include) if include else ():
        numbers = text_of(kind) == "number" or kind == Member("numpy.number")
        named = named_dtype(kind) or ""
        wanted |= {"int", "float"} if numbers else {"object", "text"} if named == "object" else {named}
    columns = {name: dtype for name, dtype in frame.columns.items() if base(dtype) in wanted - {""}}
    return replace(frame, columns=columns, rest="", source=None, header=frame.labels)


def _relabelled(frame: Frame, arguments: Arguments) -> Frame:
    labels = dtype_of(arguments.known("labels", 0))
    if arguments.get("axis", 1) in (Constant(1), Constant("columns")):
        return Frame(sure=frame.sure, index=frame.index, header=labels)
    return replace(frame, source=None, index=labels)


def _reindexed(frame: Frame, arguments: Arguments) -> Frame:
    """Other columns come in an order of their own."""
    columns = arguments.get("columns") or arguments.get("axis")
    found = replace(frame, source=None, index="", header=frame.labels)
    return found if columns is None else replace(found, rest="")


def _indexed(frame: Frame, arguments: Arguments) -> Frame:
    keys = arguments.get("keys", 0)
    gone = set() if arguments.says("drop", False) else {text_of(keys), *shown_texts(keys)}
    columns = {name: dtype for name, dtype in frame.columns.items() if name not in gone}
    return replace(frame, columns=columns, source=None, index=keys_of(frame, keys), header=frame.labels)


def _cast(frame: Frame, arguments: Arguments) -> Frame:
    """`df.astype("str")` casts every column, `df.astype({"a": "str"})` only those that it names."""
    to = arguments.known("dtype", 0)
    if not isinstance(to, Mapping):
        dtype = cast(frame.any_column() if base(named_dtype(to) or "") == "int" else "", to)
        return replace(frame, columns={}, rest=dtype, source=None, header=frame.labels)
    if to.rest is not None:
        return replace(frame, columns={}, rest="", source=None, header=frame.labels)
    columns = {name: cast(frame.column(name), kind) for name, kind in to.items.items()}
    return replace(frame, columns={**frame.columns, **columns}, source=None, in_blocks=False)


def _assigned(frame: Frame, arguments: Arguments) -> Frame:
    columns = {name: dtype_of(kind) for name, kind in arguments.named.items()}
    return replace(frame, columns={**frame.columns, **columns}, source=None, in_blocks=False)


def _dropped(frame: Frame, arguments: Arguments) -> Frame:
    named = arguments.get("columns")
    if named is None and arguments.get("axis", 1) in (Constant(1), Constant("columns")):
        named = arguments.get("labels", 0)
    gone = {text_of(named), *shown_texts(named)}
    columns = {name: dtype for name, dtype in frame.columns.items() if name not in gone}
    return replace(frame, columns=columns, source=None, header=frame.labels)


def _renamed(frame: Frame, arguments: Arguments) -> Frame:
    names = arguments.named.get("columns")
    if names is None and "index" in arguments.named:
        return replace(frame, source=None, index="")
    if not isinstance(names, Mapping) or names.rest is not None:
        rest = "" if frame.rest is None else frame.rest
        return replace(frame, columns={}, rest=rest, source=None, header=frame.labels)
    columns: dict[str, Dtype] = {}
    for name, dtype in frame.columns.items():
        new = text_of(names.items[name]) if name in names.items else name
        if new is not None:
            columns[new] = dtype
    return replace(frame, columns=columns, source=None)


def _filled(frame: Frame, arguments: Arguments) -> Frame:
    """`fillna` keeps a dtype when it is given a value of that dtype."""
    value = dtype_of(arguments.known("value", 0))
    fits = {"int", "float"} if base(value) in ("int", "float") else {base(value)}
    columns = {name: base(dtype) if base(dtype) in fits else dtype for name, dtype in frame.columns.items()}
    return replace(frame, columns=columns, source=None)


def _to_numpy(frame: Frame, arguments: Arguments) -> Array:
    values, dtype = values_of(frame), arguments.get("dtype", 0)
    # A frame that has to be cast first is not copied a second time: its array is read-only with any dtype.
    return replace(
        values,
        view=values.view and arguments.get("copy", 1) is None,
        dtype=cast(values.dtype, dtype) if dtype else values.dtype,
    )


def _correlations(frame: Frame, _: Arguments) -> Frame:
    return Frame({}, "float", frame.sure, index=frame.labels, header=frame.labels, in_blocks=True)


def _pivoted(frame: Frame, arguments: Arguments) -> Frame:
    several = isinstance(arguments.get("aggfunc", 3), Items | Tuple)
    index = keys_of(frame, arguments.get("index"))
    return Frame(sure=frame.sure, index=index, header="pairs" if several else "")


def _quantiles(frame: Frame, arguments: Arguments) -> Kind:
    if isinstance(arguments.get("q", 0), Items | Tuple | Array):
        return Frame({}, "float", frame.sure, index="float", header=frame.labels)
    return Series("float", frame.sure, index=reduced_index(frame, arguments))


def _replaced(frame: Frame, arguments: Arguments) -> Frame:
    """`replace({np.nan: None})` makes columns of dtype object."""
    new = arguments.get("to_replace", 0)
    makes_objects = isinstance(new, Mapping) and NONE in new.parts()
    return replace(like(frame, "lost" if makes_objects else ""), in_blocks=not makes_objects)


def _as_dict(frame: Frame, arguments: Arguments) -> Kind:
    """`to_dict("records")` makes a dict for each row, the default a dict for each column."""
    rest = None if frame.rest is None else UNKNOWN
    cells = {name: scalar_of(dtype, name, sure=frame.sure) for name, dtype in frame.columns.items()}
    match text_of(arguments.get("orient", 0)):
        case "records":
            return Items(Mapping(cells, rest))
        case "list":
            return Mapping({name: Items(kind) for name, kind in cells.items()}, rest)
        case None:
            return Mapping({name: Mapping({}, kind) for name, kind in cells.items()}, rest)
    return Plain()


_SPECIAL: dict[str, Callable[[Frame, Arguments], Kind]] = {
    "astype": _cast,
    "assign": _assigned,
    "rename": _renamed,
    "drop": _dropped,
    "dropna": lambda frame, _: replace(frame.some_rows(), header=frame.labels),
    "droplevel": lambda frame, _: Frame(sure=frame.sure),
    "select_dtypes": _of_dtypes,
    "set_axis": _relabelled,
    "reindex": _reindexed,
    "reindex_like": lambda frame, _: Frame(sure=frame.sure),
    "query": lambda frame, _: replace(frame.some_rows(), header=frame.labels),
    "reset_index": _reset,
    "set_index": _indexed,
    "fillna": _filled,
    "to_numpy": _to_numpy,
    "corr": _correlations,
    "to_dict": _as_dict,
    "to_json": written("path_or_buf"),
    "to_html": written("buf"),
    "to_xml": written("path_or_buffer"),
    "replace": _replaced,
    "mode": lambda frame, _: replace(frame, source=None, index="int", header=frame.labels),
    "cov": _correlations,
    "pivot": _pivoted,
    "pivot_table": _pivoted,
    "quantile": _quantiles,
    "agg": _aggregated,
    "aggregate": _aggregated,
    "itertuples": lambda frame, _: Items(Row(frame)),
    "transpose": lambda frame, _: Frame(sure=frame.sure, index=frame.labels, header=frame.index),
    "describe": lambda frame, _: Frame(sure=frame.sure, index="text", header=frame.labels),
    "memory_usage": lambda frame, _: Series("int", frame.sure, index=frame.labels),
    "convert_dtypes": lambda frame, _: replace(frame, columns={}, rest="other", header=frame.labels),
    "align": lambda frame, _: Tuple((Frame(sure=frame.sure), UNKNOWN)),
}
