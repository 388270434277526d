"""Evaluates NumPy functions; elementwise functions of a series return a series."""

from msgspec.structs import replace

from checker.analysis.frames.arguments import Arguments
from checker.analysis.frames.arrays import values_of
from checker.analysis.frames.columns import Dtype, base
from checker.analysis.frames.dtypes import cast, dtype_of, named_dtype
from checker.analysis.frames.holders import Items, Tuple, join_dtypes
from checker.analysis.frames.kinds import (
    UNKNOWN,
    Array,
    DtypeName,
    Frame,
    Index,
    Kind,
    Member,
    Plain,
    Series,
    text_of,
)
from checker.analysis.frames.operators import like
from checker.analysis.frames.tables import words

# Functions that return an array for any argument, with its dtype where it is always the same.
_ARRAYS: dict[str, Dtype] = {
    **dict.fromkeys(
        words("empty full_like diff concatenate stack vstack hstack sort tile repeat split nan_to_num"), ""
    ),
    **dict.fromkeys(words("zeros ones eye linspace logspace rand randn random normal uniform"), "float"),
    **dict.fromkeys(
        words("argsort arange randint integers digitize bincount searchsorted permutation"), "int"
    ),
    **dict.fromkeys(words("isin in1d"), "bool"),
}
_LIKE_ITS_ARGUMENT = words("array asarray asanyarray unique choice copy ravel flip append")
# Functions that return the array they are given, possibly in another shape.
_VIEWING = words("asarray asanyarray ravel squeeze reshape transpose atleast_1d atleast_2d expand_dims")
_REDUCING = words(
    """sum mean median min max std var prod ptp percentile quantile average argmin argmax any all nanmean
    nansum nanmax nanmin nanstd nanmedian corrcoef dot size shape ndim count_nonzero issubdtype array_equal
    allclose isscalar datetime64 timedelta64"""
)


def numpy_call(function: str, arguments: Arguments) -> Kind:
    """The result of `numpy.<function>(...)`, by the last part of its name."""
    first = arguments.known("a", 0)
    if function == "dtype":
        named = named_dtype(first)
        return DtypeName(named, text_of(first) or "") if named else UNKNOWN
    if function == "where":
        choices = [dtype_of(each) for each in arguments.positional[1:]]
        return Array(join_dtypes(*choices)) if len(choices) == 2 else Items(Array("int"))
    if function in _VIEWING or (function == "array" and arguments.says("copy", False)):
        return _shown(first, arguments)
    if function in _LIKE_ITS_ARGUMENT:
        asked = arguments.get("dtype", 1 if function == "array" else None)
        return Array((named_dtype(asked) or "") if asked else dtype_of(first), sure=_is_sure(first))
    if function == "select":
        return Array(_selected(arguments))
    if function in _ARRAYS:
        dtype = _DIFFERENCE.get(dtype_of(first), "") if function == "diff" else _ARRAYS[function]
        return Array("" if "dtype" in arguments.named else dtype, sure=_is_sure(first))
    if function in _REDUCING:
        return Plain()
    if isinstance(first, Series):
        return Series("", first.sure, index=first.index)
    if isinstance(first, Frame):
        return like(first, "")
    return Array() if isinstance(first, Array | Items | Tuple) else Plain()


_DIFFERENCE: dict[Dtype, Dtype] = {"datetime": "timedelta", "epoch": "epoch"}


def _is_sure(kind: Kind) -> bool:
    return kind.sure if isinstance(kind, Series | Frame | Index | Array) else True


def _shown(values: Kind, arguments: Arguments) -> Array:
    """The result of `np.asarray(values)` and similar functions: a view, unless another dtype is asked for."""
    dtype = arguments.get("dtype")
    if not isinstance(values, Array | Series | Frame | Index):
        return Array((named_dtype(dtype) or "") if dtype else dtype_of(values))
    array = values if isinstance(values, Array) else values_of(values)
    is_text = base(array.dtype) == "text"
    if dtype is None:
        # NumPy gets an index's own array, which can be written to (pandas 3.1).
        shows = array.view and not is_text and not isinstance(values, Index)
        return replace(array, extension=False, view=shows)
    # Another width is another dtype: `float32` of a column of `float64` is a copy.
    kept = base(named_dtype(dtype) or "") == base(array.dtype) and _is_default_width(dtype)
    return Array(cast(array.dtype, dtype), sure=array.sure, view=array.view and kept)


def _is_default_width(dtype: Kind) -> bool:
    name = text_of(dtype) or (dtype.name if isinstance(dtype, Member) else "")
    return not name.endswith(("8", "16", "32"))


def _selected(arguments: Arguments) -> Dtype:
    choices = dtype_of(arguments.known("choicelist", 1))
    default = arguments.get("default", 2)
    return join_dtypes(choices, dtype_of(default) if default else "int")
