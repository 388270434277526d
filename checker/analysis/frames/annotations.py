"""Evaluates type annotations."""

import ast
from collections.abc import Callable

from checker.analysis.frames.holders import Items, Mapping, Tuple, join_all
from checker.analysis.frames.kinds import (
    NONE,
    UNKNOWN,
    Array,
    Class,
    Foreign,
    Frame,
    Index,
    Instance,
    Kind,
    Member,
    Plain,
    Series,
)
from checker.analysis.frames.tables import words

_CLASSES: dict[str, Callable[[], Kind]] = {
    "pandas.DataFrame": Frame,
    "pandas.Series": Series,
    "pandas.Index": Index,
    "numpy.ndarray": Array,
}
_LISTS = words(
    "list set frozenset deque List Set FrozenSet Deque Sequence Iterable Iterator Generator Collection"
)
_DICTS = words("dict defaultdict OrderedDict Dict DefaultDict Mapping MutableMapping")
_TUPLES = words("tuple Tuple")
_SCALARS = words("int float str bool bytes complex")
_UNIONS = words("Optional Union")
# Deeper annotations are not written by people.
_DEEPEST = 12

KindOf = Callable[[ast.expr], Kind]


def annotated(node: ast.expr | None, kind_of: KindOf, depth: int = 0) -> Kind:
    """The kind that an annotation stands for; `kind_of` evaluates the names in it."""
    if node is None or depth > _DEEPEST:
        return UNKNOWN
    if isinstance(node, ast.Constant):
        return NONE if node.value is None else _quoted(str(node.value), kind_of, depth)
    if isinstance(node, ast.BinOp):
        return _union([node.left, node.right], kind_of, depth)
    if isinstance(node, ast.Subscript):
        return _generic(node, kind_of, depth)
    return _object_of(kind_of(node))


def _quoted(text: str, kind_of: KindOf, depth: int) -> Kind:
    try:
        node = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return UNKNOWN
    return annotated(node, kind_of, depth + 1)


def _union(nodes: list[ast.expr], kind_of: KindOf, depth: int) -> Kind:
    return join_all([annotated(node, kind_of, depth + 1) for node in nodes])


def _object_of(kind: Kind) -> Kind:
    """The kind of an instance of a class."""
    if isinstance(kind, Class):
        return Instance(kind)
    if not isinstance(kind, Member):
        return kind if isinstance(kind, Foreign) else UNKNOWN
    if kind.name in _CLASSES:
        return _CLASSES[kind.name]()
    name = kind.name.rpartition(".")[2]
    if name in _LISTS | _TUPLES:
        return Items(UNKNOWN)
    if name in _DICTS:
        return Mapping({}, UNKNOWN)
    return Plain(name) if name in _SCALARS else UNKNOWN


def _generic(node: ast.Subscript, kind_of: KindOf, depth: int) -> Kind:
    """`list[X]`, `dict[K, X]`, `Optional[X]`, `tuple[X, Y]`, `Annotated[X, …]`."""
    of = kind_of(node.value)
    name = of.name.rpartition(".")[2] if isinstance(of, Member) else ""
    arguments = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    if name in _UNIONS:
        return _union(arguments, kind_of, depth)
    if name not in _LISTS | _DICTS | _TUPLES | {"Annotated"} or not arguments:
        return _object_of(of)
    kinds = [annotated(each, kind_of, depth + 1) for each in arguments]
    if name in _DICTS:
        return Mapping({}, kinds[-1])
    if name == "Annotated":
        return kinds[0]
    any_length = isinstance(arguments[-1], ast.Constant)  # tuple[X, ...]
    return Tuple(tuple(kinds)) if name in _TUPLES and not any_length else Items(kinds[0])
