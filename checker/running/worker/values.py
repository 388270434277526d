"""Values as text that can be compared between two versions of pandas.

Values that readers would call the same are the same: text whatever its dtype, a missing value in a column
whatever marks it, a date in any unit. Values outside of columns are compared exactly, as Python does.
"""

import hashlib
import sys
from collections.abc import Iterator
from typing import Any

_MOST_VALUES = 2_000  # of one object
_LONGEST = 120  # characters that are shown
_DEEPEST = 6
_MISSING = "missing"
_NOT_THERE = ("NaTType", "NAType")

Shown = tuple[str, str]  # a digest of everything, and its beginning


def shown(value: Any) -> Shown | None:
    """The digest and beginning of a value; None for a value that cannot be compared."""
    try:
        parts = list(_parts(value, 0))
    except Exception:  # noqa: BLE001 a lesson's own class may do anything
        return None
    if not parts or None in parts:
        return None
    text = " ".join(str(part) for part in parts)
    text = text.encode("utf-8", "backslashreplace").decode()
    return hashlib.sha256(text.encode()).hexdigest()[:16], text[:_LONGEST]


def _parts(value: Any, depth: int) -> Iterator[str | None]:
    """The words of a value; None among them means that it cannot be compared."""
    if depth > _DEEPEST:
        yield None
    elif value is None or isinstance(value, bool | int | str | bytes):
        yield repr(value)
    elif isinstance(value, float):
        yield _number(value)
    elif isinstance(value, list | tuple | dict | set | frozenset):
        yield from _container(value, depth + 1)
    else:
        yield from _of_library(value, depth + 1)


def _container(value: Any, depth: int) -> Iterator[str | None]:
    yield type(value).__name__
    items = sorted(value, key=repr) if isinstance(value, set | frozenset) else list(value)
    for item in items[:_MOST_VALUES]:
        yield from _parts(item, depth)
        if isinstance(value, dict):
            yield ":"
            yield from _parts(value[item], depth)


def _of_library(value: Any, depth: int) -> Iterator[str | None]:
    """The words of objects of pandas and NumPy; neither is imported if the lesson has not done so."""
    pandas, numpy = sys.modules.get("pandas"), sys.modules.get("numpy")
    if type(value).__name__ in _NOT_THERE:
        yield repr(value)
    elif pandas and isinstance(value, pandas.DataFrame | pandas.Series | pandas.Index):
        yield from _of_pandas(value, pandas)
    elif pandas and isinstance(value, pandas.Timestamp | pandas.Timedelta | pandas.Period):
        yield str(value)
    elif numpy and isinstance(value, numpy.ndarray):
        yield f"array {value.shape}"
        yield from _cells(value.reshape(-1))
    elif numpy and isinstance(value, numpy.generic):
        yield from _parts(value.item(), depth)
    else:
        yield None


def _of_pandas(value: Any, pandas: Any) -> Iterator[str]:
    if isinstance(value, pandas.DataFrame):
        yield f"DataFrame {value.shape}"
        rows = max(_MOST_VALUES // max(value.shape[1], 1), 1)
        for number in range(min(value.shape[1], _MOST_VALUES)):
            yield from _column(value.columns[number])
            yield ":"
            yield from _cells(value.iloc[:rows, number])
    else:
        yield f"{'Series' if isinstance(value, pandas.Series) else 'Index'} {len(value)}"
        yield from _cells(value)
    if not isinstance(value, pandas.Index):
        yield from _cells(value.index)


def _cells(values: Any) -> Iterator[str]:
    for value in values[:_MOST_VALUES].astype(object).tolist():
        yield from _column(value)


def _column(value: Any) -> Iterator[str]:
    """A value of a column, in which None, NaN, NaT and NA are equal."""
    if value is None or value != value or type(value).__name__ in _NOT_THERE:  # noqa: PLR0124 NaN
        yield _MISSING
    elif isinstance(value, bool):
        yield repr(value)
    elif isinstance(value, int | float):
        yield _number(float(value)) if abs(value) < 1 << 53 else repr(value)
    else:
        yield str(value)


def _number(value: float) -> str:
    return f"{value:.10g}"
