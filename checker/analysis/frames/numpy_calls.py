"""What NumPy's functions give: functions on single elements leave a series what it is."""

from checker.analysis.frames.arguments import Arguments
from checker.analysis.frames.dtypes import dtype_of, named_dtype
from checker.analysis.frames.holders import Items, Tuple, join_dtypes
from checker.analysis.frames.kinds import UNKNOWN, Array, Dtype, DtypeName, Frame, Kind, Plain, Series
from checker.analysis.frames.tables import words

# Functions that make an array whatever they are given, with its dtype where it is always the same.
_ARRAYS: dict[str, Dtype] = {
    **dict.fromkeys(
        words("empty full_like concatenate stack vstack hstack sort tile repeat split nan_to_num"), ""
    ),
    **dict.fromkeys(words("zeros ones eye linspace logspace rand randn random normal uniform"), "float"),
    **dict.fromkeys(
        words("argsort arange randint integers digitize bincount searchsorted permutation"), "int"
    ),
    **dict.fromkeys(words("isin in1d"), "bool"),
}
_LIKE_ITS_ARGUMENT = words("array asarray asanyarray unique choice copy ravel flip append")
_REDUCING = words(
    """sum mean median min max std var prod ptp percentile quantile average argmin argmax any all nanmean
    nansum nanmax nanmin nanstd nanmedian corrcoef dot size shape ndim count_nonzero issubdtype array_equal
    allclose isscalar datetime64 timedelta64"""
)


def numpy_call(function: str, arguments: Arguments) -> Kind:
    """What `numpy.<function>(...)` gives, by the last part of its name."""
    first = arguments.known("a", 0)
    if function == "dtype":
        named = named_dtype(first)
        return DtypeName(named) if named else UNKNOWN
    if function == "where":
        choices = [dtype_of(each) for each in arguments.positional[1:]]
        return Array(join_dtypes(*choices)) if len(choices) == 2 else Items(Array("int"))
    if function in _LIKE_ITS_ARGUMENT:
        dtype = arguments.get("dtype")
        return Array((named_dtype(dtype) or "") if dtype else dtype_of(first))
    if function == "select":
        return Array(_selected(arguments))
    if function in _ARRAYS:
        return Array("" if "dtype" in arguments.named else _ARRAYS[function])
    if function in _REDUCING:
        return Plain()
    if isinstance(first, Series):
        return Series("", first.sure)
    if isinstance(first, Frame):
        return Frame(sure=first.sure)
    return Array() if isinstance(first, Array | Items | Tuple) else Plain()


def _selected(arguments: Arguments) -> Dtype:
    choices = dtype_of(arguments.known("choicelist", 1))
    default = arguments.get("default", 2)
    return join_dtypes(choices, dtype_of(default) if default else "int")
