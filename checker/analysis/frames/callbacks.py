"""Functions that pandas calls: what they are called with, and what the method makes of their results."""

from checker.analysis.frames.dtypes import element_dtype, scalar_of
from checker.analysis.frames.kinds import (
    UNKNOWN,
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

# What a method calls a function with, by the kind that it is a method of.
_WHOLE = words("pipe assign where mask")
_PARTS = words("apply filter pipe")
_COLUMNS = words("apply agg aggregate transform")
_ELEMENTS = words("apply map agg aggregate transform")


def called_with(method: Method) -> Kind | None:
    """What a function that is handed to this method will be called with; None when it is not called."""
    match method.of:
        case Frame() as frame if method.name in _WHOLE:
            return frame
        case Frame() as frame if method.name in _COLUMNS:
            return Series("", frame.sure)
        case Frame() if method.name in ("map", "applymap"):
            return UNKNOWN
        case Series() as series if method.name in _WHOLE:
            return series
        case Series() | Index() as values if method.name in _ELEMENTS:
            return scalar_of(values.dtype)
        case Dtypes(of=frame) if method.name in ("apply", "map"):
            return DtypeValue(frame.any_column(), frame.sure)
        case Groups(of=part) if method.name in _PARTS:
            return part
        case Groups(of=part) if method.name in _COLUMNS:
            return Series("", part.sure)
    return None


def made_of(method: Method, result: Kind) -> Kind | None:
    """What the method returns when its function returns `result`; None when the function does not decide."""
    if method.name == "pipe":
        return result
    match method.of:
        case Series() as series if method.name in ("apply", "map"):
            return (
                Frame(sure=series.sure)
                if isinstance(result, Series)
                else Series(element_dtype(result), series.sure)
            )
        case Frame() as frame if method.name == "apply":
            return _joined(result, frame.sure)
        case Groups(of=part) if method.name == "apply":
            return _joined(result, part.sure)
    return None


def _joined(result: Kind, sure: bool) -> Kind:
    """What becomes of one result for each row, column or group."""
    if isinstance(result, Series | Frame):
        return Frame(sure=sure)
    dtype = element_dtype(result)
    return Series(dtype, sure) if dtype or scalar_name(result) is not None else UNKNOWN
