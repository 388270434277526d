"""What an annotation says about a name."""

import ast
from collections.abc import Callable

from checker.analysis.frames.kinds import (
    NONE,
    UNKNOWN,
    Array,
    Class,
    Foreign,
    Frame,
    Index,
    Instance,
    Items,
    Kind,
    Mapping,
    Member,
    Plain,
    Series,
    Tuple,
    join_all,
)
from checker.analysis.frames.tables import words

_CLASSES: dict[str, Kind] = {
    "pandas.DataFrame": Frame(),
    "pandas.Series": Series(),
    "pandas.Index": Index(),
    "numpy.ndarray": Array(),
    "builtins.None": NONE,
}
_LISTS = words("list set frozenset List Set Sequence Iterable Iterator Generator Collection deque")
_DICTS = words("dict Dict Mapping MutableMapping defaultdict OrderedDict DefaultDict")
_SCALARS = words("int float str bool bytes complex")
_UNIONS = words("Optional Union")


def annotated(node: ast.expr | None, kind_of: Callable[[ast.expr], Kind]) -> Kind:
    """What an annotation says; `kind_of` evaluates the names in it."""
    if node is None:
        return UNKNOWN
    if isinstance(node, ast.Constant):
        return _quoted(node.value, kind_of)
    if isinstance(node, ast.BinOp):
        return _union([node.left, node.right], kind_of)
    if isinstance(node, ast.Subscript):
        return _generic(node, kind_of)
    return _class(kind_of(node))


def _quoted(value: object, kind_of: Callable[[ast.expr], Kind]) -> Kind:
    if value is None:
        return NONE
    try:
        return annotated(ast.parse(str(value).strip(), mode="eval").body, kind_of)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return UNKNOWN


def _union(nodes: list[ast.expr], kind_of: Callable[[ast.expr], Kind]) -> Kind:
    return join_all([annotated(node, kind_of) for node in nodes])


def _class(kind: Kind) -> Kind:
    """What an object of a class is."""
    if isinstance(kind, Foreign):
        return kind
    if isinstance(kind, Class):
        return Instance(kind)
    if not isinstance(kind, Member):
        return UNKNOWN
    name = kind.name.rpartition(".")[2]
    if name in _LISTS:
        return Items(UNKNOWN)
    if name in _DICTS:
        return Mapping({}, UNKNOWN)
    if name in _SCALARS:
        return Plain(name)
    # A copy: what is learnt of one name's frame must not be told of all.
    known = _CLASSES.get(kind.name, UNKNOWN)
    return type(known)() if isinstance(known, Frame | Series | Index | Array) else known


def _generic(node: ast.Subscript, kind_of: Callable[[ast.expr], Kind]) -> Kind:
    of = kind_of(node.value)
    arguments = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    name = of.name.rpartition(".")[2] if isinstance(of, Member) else ""
    if name in _LISTS:
        return Items(annotated(arguments[0], kind_of))
    if name in _DICTS and len(arguments) == 2:
        return Mapping({}, annotated(arguments[1], kind_of))
    if name in _UNIONS:
        return _union(arguments, kind_of)
    if name == "Annotated":
        return annotated(arguments[0], kind_of)
    if name in ("tuple", "Tuple"):
        if isinstance(arguments[-1], ast.Constant):  # tuple[T, ...]
            return Items(annotated(arguments[0], kind_of))
        return Tuple(tuple(annotated(each, kind_of) for each in arguments))
    return _class(of)
