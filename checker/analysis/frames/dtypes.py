"""Dtypes as lessons write them, and the dtype that values get in a column."""

from collections.abc import Iterable

from checker.analysis.frames.columns import Dtype, base
from checker.analysis.frames.holders import Items, Mapping, Tuple
from checker.analysis.frames.kinds import (
    NONE,
    UNKNOWN,
    Array,
    Constant,
    DtypeName,
    Element,
    Index,
    Kind,
    Member,
    Plain,
    Series,
    Value,
    scalar_name,
)
from checker.patterns import regex

_NAMES: dict[str, Dtype] = {
    "object": "object",
    "object_": "object",
    "O": "object",
    "str": "text",
    "str_": "text",
    "U": "lost",
    "string": "string",
    "StringDtype": "string",
    "int": "int",
    "int_": "int",
    "float": "float",
    "bool": "bool",
    "bool_": "bool",
    "boolean": "other",  # accepts missing values as well
    "BooleanDtype": "other",
    "category": "category",
    "CategoricalDtype": "category",
    "datetime": "datetime",
    "datetimetz": "datetime",
    "datetime64": "datetime",
    "timedelta64": "timedelta",
    "M8": "datetime",
    "m8": "timedelta",
    "i": "int",
    "i8": "int",
    "period": "period",
}
# A unit in the name: `datetime64[ns]`, `datetime64[us, UTC]`, `<M8[ns]`.
_WITH_UNIT = regex(r"[<=]?(datetime64|timedelta64|M8|m8)\[")
# The width or unit in `int64`, `UInt8`, `float32`, `string[pyarrow]`, `datetime64[ns, UTC]`.
_WIDTH = regex(r"(\d+$|Dtype$|\[.*)")
_SCALARS: dict[str, Dtype] = {
    "str": "text",
    "int": "int",
    "float": "float",
    "bool": "bool",
    "datetime": "datetime",
    "timedelta": "timedelta",
    "NoneType": "object",
    "object": "object",
    "bytes": "object",
    "list": "object",
    "dict": "object",
    "set": "object",
    "tuple": "object",
}


_PYTHON_NAMES: dict[Dtype, str] = {
    "text": "str",
    "string": "str",
    "int": "int",
    "float": "float",
    "bool": "bool",
}
_VALUE_CLASSES: dict[Dtype, str] = {"datetime": "Timestamp", "timedelta": "Timedelta"}
# The dtype that other values get when a missing value joins them; for booleans it depends on the value.
WITH_MISSING: dict[Dtype, Dtype] = {"int": "float-or-nan", "float": "float-or-nan", "bool": "bool-as-object"}
_NANS = {"numpy.nan", "math.nan"}
_NOT_A_TIME = Member("pandas.NaT")
_MISSING = _NANS | {"pandas.NA", "pandas.NaT"}


def named_dtype(kind: Kind) -> Dtype | None:
    """The dtype that `object`, `"int64"` or `np.dtype("O")` asks for; None for anything else."""
    if isinstance(kind, DtypeName):
        return kind.dtype
    if isinstance(kind, Constant) and isinstance(kind.value, str):
        return _named(kind.value)
    if isinstance(kind, Member):
        return _named(kind.name.rpartition(".")[2])
    return None


def _named(name: str) -> Dtype:
    if name in _NAMES:
        return _NAMES[name]
    if unit := _WITH_UNIT.match(name):
        return "datetime-as-asked" if unit[1] in ("datetime64", "M8") else "timedelta-as-asked"
    bare = _WIDTH.sub("", name)
    return _NAMES.get(bare) or _NAMES.get(bare.lower().removeprefix("u")) or "other"


def cast(values: Dtype, to: Kind) -> Dtype:
    """The dtype of values after `astype(to)`."""
    named = named_dtype(to) or ""
    if named == "text":
        return "text" if values in ("text", "int", "bool") else "text-cast"
    if named in ("int", "float") and values in ("datetime", "timedelta"):
        return "epoch"
    return named


def scalar_of(dtype: Dtype, column: str | None = None, *, sure: bool = True) -> Kind:
    """One value of a column with this dtype and name."""
    if dtype in ("text-or-none", "epoch") or (dtype == "" and not sure):
        return Element(dtype, sure, column)
    known = base(dtype)
    if known in _VALUE_CLASSES:
        return Value(known, _VALUE_CLASSES[known])
    return Plain(_PYTHON_NAMES[known]) if known in _PYTHON_NAMES else UNKNOWN


def dtype_of(kind: Kind) -> Dtype:
    """The dtype of a column that this value is assigned to: a scalar, an array, a list, a series."""
    if isinstance(kind, Series | Index | Array | Element):
        return kind.dtype
    if isinstance(kind, Items):
        return dtype_of_all(kind.shown or [kind.item])
    if isinstance(kind, Tuple):
        return dtype_of_all(kind.items)
    if isinstance(kind, Mapping):
        return dtype_of_all(kind.parts())
    if isinstance(kind, Member):
        return "float-or-nan" if kind.name in _NANS else ""
    return _SCALARS.get(scalar_name(kind) or "", "")


def dtype_of_all(values: Iterable[Kind]) -> Dtype:
    """The dtype that pandas infers for a list of values."""
    values = list(values)
    present = [value for value in values if not is_missing(value)]
    dtypes = {element_dtype(value) for value in present}
    if not dtypes:
        return "object" if all(value == NONE for value in values) else "float-or-nan"
    if {"int", "float"} == dtypes:
        dtypes = {"float"}
    if len(present) < len(values):
        dtypes = {WITH_MISSING.get(each, each) for each in dtypes}
        if dtypes == {"text"} and _NOT_A_TIME in values:
            return "object"
        if dtypes == {"text"} and NONE in values:
            return "text-or-none"
    if "" in dtypes:
        return ""
    return dtypes.pop() if len(dtypes) == 1 else "object"


def element_dtype(value: Kind) -> Dtype:
    """The dtype of a column of such values; collections as values make it `object`."""
    if isinstance(value, Mapping | Items | Tuple | Array):
        return "object"
    if isinstance(value, Element):
        return value.dtype
    return _SCALARS.get(scalar_name(value) or "", "")


def is_missing(kind: Kind) -> bool:
    """Whether a value is a missing value, which a column of any dtype accepts."""
    return kind == NONE or (isinstance(kind, Member) and kind.name in _MISSING)
