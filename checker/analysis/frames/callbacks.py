"""Functions that pandas calls: their arguments, and what the method makes of their results."""

from msgspec.structs import replace

from checker.analysis.frames.arguments import Arguments
from checker.analysis.frames.columns import Dtype
from checker.analysis.frames.dtypes import element_dtype, scalar_of
from checker.analysis.frames.kinds import (
    UNKNOWN,
    Array,
    Constant,
    Dtypes,
    DtypeValue,
    Frame,
    Groups,
    Index,
    Kind,
    Method,
    Series,
    scalar_name,
)
from checker.analysis.frames.tables import words

# What a method passes to its function, by the kind that it is a method of.
_WHOLE = words("pipe assign where mask")
_PARTS = words("apply filter pipe")
_COLUMNS = words("apply agg aggregate transform")
_ELEMENTS = words("apply map agg aggregate transform")


def by_row(arguments: Arguments) -> bool:
    """Whether a method goes through the rows of a frame instead of its columns."""
    return arguments.get("axis", 1) in (Constant(1), Constant("columns"))


def called_with(method: Method, arguments: Arguments) -> Kind | None:
    """The argument with which this method calls a function; None when it calls none."""
    parameter = _parameter(method, rows=by_row(arguments))
    as_array = method.name == "apply" and isinstance(parameter, Series) and arguments.says("raw", True)
    return Array() if as_array else parameter


def _parameter(method: Method, *, rows: bool) -> Kind | None:
    """The same, unless `raw` asks for arrays; `rows` says that the method goes through a frame's rows."""
    match method.of:
        case Frame() as frame if method.name in _WHOLE:
            return frame
        case Frame() as frame if method.name in _COLUMNS:
            if rows:
                return Series("", frame.sure, index=frame.labels, row_of=frame)
            return Series("", frame.sure, index=frame.index)
        case Frame() if method.name in ("map", "applymap"):
            return UNKNOWN
        case Series() as series if method.name in _WHOLE:
            return series
        case Series() | Index() as values if method.name in _ELEMENTS:
            column = values.name if isinstance(values, Series) else None
            return scalar_of(values.dtype, column, sure=values.sure)
        case Dtypes(of=frame) if method.name in ("apply", "map"):
            return DtypeValue(frame.any_column(), frame.sure)
        case Groups() as groups if method.name in _PARTS:
            return _part(groups, method.name)
        case Groups(of=part) if method.name in _COLUMNS:
            return Series(part.dtype if isinstance(part, Series) else "", part.sure, index=part.index)
    return None


def _part(groups: Groups, method: str) -> Frame | Series:
    """One group; `apply` passes it without the columns that were grouped by."""
    part = groups.of
    if method != "apply" or not isinstance(part, Frame) or not groups.columns:
        return part
    columns = {name: dtype for name, dtype in part.columns.items() if name not in groups.columns}
    return replace(part, columns=columns, header=part.labels, gone=groups.columns)


def made_of(method: Method, result: Kind, *, rows: bool) -> Kind | None:
    """The method's result when its function returns `result`.

    None when it does not depend on the function.
    """
    if method.name == "pipe":
        return result
    match method.of:
        case Series() as series if method.name in ("apply", "map"):
            return (
                Frame(sure=series.sure)
                if isinstance(result, Series)
                else Series(element_dtype(result), series.sure, index=series.index)
            )
        case Frame() as frame if method.name == "apply":
            return _joined(result, frame.index if rows else frame.labels, frame.sure)
        case Groups(of=part, flat=True) if method.name == "apply":
            return Frame(sure=part.sure, gone=_still_gone(result))
        case Groups(of=part, keys=keys) if method.name == "apply":
            return _joined(result, keys, part.sure)
    return None


def _still_gone(result: Kind) -> frozenset[str]:
    """The columns that were grouped by, except those that the function put back."""
    return result.gone - result.columns.keys() if isinstance(result, Frame) else frozenset()


def _joined(result: Kind, index: Dtype, sure: bool) -> Kind:
    """The combined results for all rows, columns or groups."""
    if isinstance(result, Series | Frame):
        return Frame(sure=sure, gone=_still_gone(result))
    dtype = element_dtype(result)
    return Series(dtype, sure, index=index) if dtype or scalar_name(result) is not None else UNKNOWN
