"""Records the values of top-level statements whose results the lesson states.

An expression's value is taken as it is evaluated, an assignment's from the namespace: nothing is evaluated
twice.
"""

import ast
import io
import sys
from collections.abc import Collection, Iterator, Mapping
from contextlib import redirect_stderr, redirect_stdout
from typing import Any

from checker.running.worker.failures import sendable

# The name of the call around an expression, in the lesson's namespace while its cell runs.
TELL = "__statement_tells__"
_MOST_CHARACTERS = 200_000  # of one report
_MOST_STATEMENTS = 2_000
_LONGEST_TEXT = 2_000
_MOST_PARTS = 1_000  # of a container or a column
_PLAIN = (list, tuple, dict, set, frozenset)
_NOTHING = object()

# Index, printed text, and of the value: its texts, those of its dtype, the names of its types.
Told = tuple[int, str, list[str], list[str], list[str]]


class Telling:
    """The results of the selected statements since the last call of `take`."""

    def __init__(self) -> None:
        self._told: list[Told] = []
        self._room = _MOST_CHARACTERS
        self._value: Any = _NOTHING

    def take(self) -> list[Told]:
        """The results since the last call, in order."""
        told, self._told, self._room = self._told, [], _MOST_CHARACTERS
        return told

    def instrument(self, tree: ast.Module, statements: Collection[int]) -> ast.Module:
        """The tree with a call around each expression among these statements."""
        for number in statements:
            statement = tree.body[number]
            if isinstance(statement, ast.Expr):
                call = ast.Call(ast.Name(TELL, ast.Load()), [statement.value], [])
                statement.value = ast.fix_missing_locations(ast.copy_location(call, statement.value))
        return tree

    def pass_on(self, value: Any) -> Any:
        """Record and return the value of an expression among them."""
        self._value = value
        return value

    def note(self, number: int, statement: ast.stmt, names: Mapping[str, Any], printed: str) -> None:
        """Record that a statement has run and has printed this."""
        value, self._value = self._value, _NOTHING
        if not isinstance(statement, ast.Expr):
            value = _assigned(statement, names)
        printed = sendable(printed)
        texts, dtypes, types = _described(value)
        self._room -= len(printed) + sum(map(len, (*texts, *dtypes, *types)))
        if self._room > 0 and len(self._told) < _MOST_STATEMENTS:
            self._told.append((number, printed, texts, dtypes, types))


def _assigned(statement: ast.stmt, names: Mapping[str, Any]) -> Any:
    """The value that an assignment gave to its target, or to its first one."""
    match statement:
        case ast.Assign(targets=[target, *_]) | ast.AnnAssign(target=target) | ast.AugAssign(target=target):
            return _held(target, names)
    return _NOTHING


def _held(target: ast.expr, names: Mapping[str, Any]) -> Any:
    match target:
        case ast.Name(id=name):
            return names.get(name, _NOTHING)
        case ast.Tuple(elts=parts):
            held = tuple(_held(each, names) for each in parts)
            return _NOTHING if any(each is _NOTHING for each in held) else held
        case ast.Subscript(value=ast.Name(id=name), slice=ast.Constant(value=key)):
            return _looked_up(names.get(name), key)
    return _NOTHING


def _looked_up(container: Any, key: Any) -> Any:
    """The value for a key, if looking it up has no side effects."""
    pandas = sys.modules.get("pandas")
    kinds = (dict, list) if pandas is None else (dict, list, pandas.DataFrame)
    return container[key] if type(container) in kinds else _NOTHING


def _described(value: Any) -> tuple[list[str], list[str], list[str]]:
    """The texts of a value, those of its dtype, and the names of its types."""
    if value is _NOTHING:
        return [], [], []
    try:
        # What its methods print is not the lesson's output.
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            return list(_texts(value)), list(_dtypes(value)), _types(value)
    except Exception:  # noqa: BLE001 a lesson's own class may do anything
        return [], [], []


def _types(value: Any) -> list[str]:
    return [sendable(each.__name__) for each in type(value).__mro__ if each is not object]


def _texts(value: Any) -> Iterator[str]:
    if _parts(value, _MOST_PARTS) > _MOST_PARTS:
        return
    texts = [repr(value), str(value)]
    if _is_column(value):
        texts.append(repr(value.tolist()))
    yield from (sendable(text) for text in dict.fromkeys(texts) if len(text) <= _LONGEST_TEXT)


def _parts(value: Any, most: int) -> int:
    """The number of values inside a value, counted up to `most`."""
    if isinstance(value, str | bytes | bytearray):
        return 1 if len(value) <= _LONGEST_TEXT else most + 1
    if not isinstance(value, _PLAIN):
        return len(value) if _is_column(value) else 1
    count = len(value)
    items = iter(value)
    while count <= most and (each := next(items, _NOTHING)) is not _NOTHING:
        inner = (each, value[each]) if isinstance(value, dict) else (each,)
        count += sum(_parts(one, most - count) for one in inner if isinstance(one, (*_PLAIN, str, bytes)))
    return count


def _is_column(value: Any) -> bool:
    """Whether this is an array, an index or a series: it has one dtype and can be made a list."""
    return _has_dtype(value) and hasattr(value, "tolist") and getattr(value, "ndim", 0) > 0


def _has_dtype(value: Any) -> bool:
    # The type is asked: a frame may have a column of that name.
    return hasattr(type(value), "dtype")


def _dtypes(value: Any) -> Iterator[str]:
    if _has_dtype(value):
        dtype = value.dtype
        texts = (str(dtype), repr(dtype), getattr(dtype, "name", ""))
        yield from (sendable(text) for text in dict.fromkeys(texts) if text and len(text) <= _LONGEST_TEXT)
