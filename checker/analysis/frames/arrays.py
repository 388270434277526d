"""The arrays that frames, series and indexes return: views of their data, or copies."""

from msgspec.structs import replace

from checker.analysis.frames.arguments import Arguments
from checker.analysis.frames.columns import NUMPY_DTYPES, base
from checker.analysis.frames.dtypes import cast, named_dtype
from checker.analysis.frames.kinds import Array, Frame, Index, Series


def values_of(data: Frame | Series | Index) -> Array:
    """The result of `.values`: a view of the data when it is one NumPy array in memory."""
    if isinstance(data, Frame):
        return Array(data.any_column() if data.shared else "", sure=data.sure, view=data.shared)
    in_numpy = base(data.dtype) in NUMPY_DTYPES or data.dtype == "" or isinstance(data, Index)
    return Array(data.dtype, extension=True, sure=data.sure, view=in_numpy)


def copied(values: Array, arguments: Arguments) -> Array:
    """The result of `to_numpy(...)` for these values."""
    dtype = arguments.get("dtype", 0)
    asked = base(named_dtype(dtype) or "") if dtype else ""
    other = dtype is not None and asked != base(values.dtype)
    copies = arguments.get("copy", 1) is not None or other
    return replace(
        values,
        dtype=cast(values.dtype, dtype) if dtype else values.dtype,
        extension=False,
        view=values.view and not copies and base(values.dtype) not in ("text", "string"),
    )
