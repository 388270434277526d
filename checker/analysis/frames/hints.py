"""Evidence that an unbound name, or one bound to something unknown, is a pandas frame."""

import ast
from collections.abc import Iterable, Iterator
from functools import cached_property

from checker.analysis.cell import Cell, Session
from checker.analysis.frames.api import (
    ASKING_METHODS,
    SERIES_METHODS,
    SERIES_OF_DATES,
    TELLING_METHODS,
    TELLING_OF_COLUMNS,
    TELLING_PROPERTIES,
)
from checker.analysis.frames.columns import Dtype
from checker.analysis.frames.conventions import CONVENTIONAL, FOREIGN, names_frame, names_series
from checker.analysis.trees import nodes_of, walk
from checker.patterns import regex

# `period_range`, and a course's own functions named after it.
_MAKES_PERIODS = regex(r"PeriodIndex|to_period|\w*period_(range|index|series)\w*")
_LITERALS = (ast.Dict, ast.List, ast.Set, ast.Tuple, ast.Constant, ast.DictComp, ast.ListComp, ast.JoinedStr)
_FOREIGN_NAMES = frozenset(name for name, module in CONVENTIONAL.items() if module in FOREIGN)
_DATE_MAKERS = ("to_datetime", "to_timedelta", "Timestamp", "Timedelta", "DatetimeIndex")
_NAMING_MODULES = (ast.Import, ast.ImportFrom, ast.Name)
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


class Hints:
    """Facts about a whole session; each is computed on first use."""

    def __init__(self, session: Session) -> None:
        self._cells = [cell for cell in session.cells if cell.tree is not None]
        self._trees = [cell.tree for cell in self._cells if cell.tree is not None]
        self._used: dict[ast.AST | None, frozenset[str]] = {}
        self._mentioned: dict[str, bool] = {}

    @cached_property
    def foreign(self) -> bool:
        """Whether the session uses another library's frames, so that `df` need not be a pandas frame."""
        return any(_is_foreign(node) for tree in self._trees for node in nodes_of(tree, *_NAMING_MODULES))

    def mention(self, word: str) -> bool:
        """Whether a word occurs anywhere in the session."""
        if word not in self._mentioned:
            self._mentioned[word] = any(word in cell.source for cell in self._cells)
        return self._mentioned[word]

    def looks_like_frame(self, name: str) -> bool:
        """Whether an unbound name conventionally denotes a frame."""
        return names_frame(name) and not self.foreign and name not in self._bound_to_literals

    def may_be_frame(self, name: str) -> bool:
        """Whether a name bound to something unknown conventionally denotes a frame."""
        return self._mentions_pandas and self.looks_like_frame(name)

    def series_by_use(self, name: str) -> Dtype | None:
        """The index of a name that is a series by convention and use; dates when it is resampled."""
        if not names_series(name) or self.foreign or name in self._bound_to_literals:
            return None
        return self._series.get(name)

    @cached_property
    def _series(self) -> dict[str, Dtype]:
        found: dict[str, Dtype] = {}
        for tree in self._trees:
            for node in nodes_of(tree, ast.Call, ast.Attribute):
                match node:
                    case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=attr)):
                        if attr in SERIES_OF_DATES:
                            found[name] = "datetime"
                        elif attr in TELLING_METHODS or attr in SERIES_METHODS:
                            found.setdefault(name, "")
                    case ast.Attribute(value=ast.Name(id=name), attr="iloc" | "loc" | "index"):
                        found.setdefault(name, "")
        return found

    def used_as_frame(self, name: str, function: ast.AST | None) -> bool:
        """Whether a name is used as only pandas objects are, in a function or (None) at module level."""
        if self.foreign:
            return False
        if function not in self._used:
            roots = [function] if function else [each for tree in self._trees for each in _outside(tree)]
            self._used[function] = frozenset(found for root in roots for found in _told(root))
        return name in self._used[function]

    @cached_property
    def scaled(self) -> frozenset[str]:
        """The code of everything that the session divides, multiplies or converts to dates."""
        return frozenset(
            ast.unparse(operand)
            for tree in self._trees
            for node in walk(tree)
            for operand in _scaled(node)
            if isinstance(operand, ast.Name | ast.Subscript | ast.Attribute)
        )

    @cached_property
    def cast(self) -> frozenset[str]:
        """The code of everything whose dtype the session sets: `x.astype(...)`, `pd.to_numeric(x)`."""
        return frozenset(
            ast.unparse(column)
            for tree in self._trees
            for node in walk(tree)
            if (operand := cast_by(node)) is not None
            for column in _columns(operand)
        )

    @cached_property
    def bound_otherwise(self) -> frozenset[str]:
        """Names that are bound other than by assignment: by a loop, a parameter, `with`, `global`."""
        nodes = (node for tree in self._trees for node in walk(tree))
        return frozenset(name for node in nodes for name in _bound_by(node))

    @cached_property
    def literals(self) -> dict[str, list[tuple[Cell, ast.expr]]]:
        """Every value that an assignment binds each name to, with its cell."""
        found: dict[str, list[tuple[Cell, ast.expr]]] = {}
        for cell in self._cells:
            for node in walk(cell.tree or ast.Module([], [])):
                if isinstance(node, ast.Assign):
                    for target in node.targets:
                        if isinstance(target, ast.Name):
                            found.setdefault(target.id, []).append((cell, node.value))
        return found

    @cached_property
    def period_names(self) -> frozenset[str]:
        """Names that are bound to periods, or to something made from such a name, in order."""
        names: set[str] = set()
        for tree in self._trees:
            for node in walk(tree):
                if isinstance(node, ast.Assign) and _of_periods(node.value, names):
                    names.update(name for target in node.targets if (name := _owner(_whole(target))))
        return frozenset(names)

    @cached_property
    def _mentions_pandas(self) -> bool:
        return self.mention("import pandas") or self.mention("from pandas") or self.mention("pd.")

    @cached_property
    def _bound_to_literals(self) -> frozenset[str]:
        return frozenset(
            target.id
            for tree in self._trees
            for node in nodes_of(tree, ast.Assign)
            if isinstance(node.value, _LITERALS)
            for target in node.targets
            if isinstance(target, ast.Name)
        )


def _of_periods(node: ast.expr, names: set[str]) -> bool:
    """Whether an expression makes periods and keeps them periods."""
    makes = False
    for each in walk(node):
        match each:
            case ast.Attribute(attr="to_timestamp" | "dt"):
                return False
            case ast.Attribute(attr=name) if _MAKES_PERIODS.fullmatch(name):
                makes = True
            case ast.Name(id=name) if name in names or _MAKES_PERIODS.fullmatch(name):
                makes = True
    return makes


def _whole(target: ast.expr) -> ast.expr:
    """`x` for `x.index`: an assignment to an attribute is taken as information about `x`."""
    return target.value if isinstance(target, ast.Attribute) and target.attr == "index" else target


def _bound_by(node: ast.AST) -> Iterator[str]:
    """The names that a loop, a parameter, a `with` or `global` binds."""
    match node:
        case ast.arg(arg=name):
            yield name
        case ast.Global(names=names) | ast.Nonlocal(names=names):
            yield from names
        case ast.For(target=target) | ast.AsyncFor(target=target) | ast.comprehension(target=target):
            yield from (each.id for each in walk(target) if isinstance(each, ast.Name))
        case ast.withitem(optional_vars=ast.Name(id=name)):
            yield name


def _is_foreign(node: ast.AST) -> bool:
    if isinstance(node, ast.Import):
        return any(alias.name.partition(".")[0] in FOREIGN for alias in node.names)
    if isinstance(node, ast.ImportFrom):
        return (node.module or "").partition(".")[0] in FOREIGN
    return isinstance(node, ast.Name) and node.id in _FOREIGN_NAMES


def _scaled(node: ast.AST) -> Iterable[ast.expr]:
    match node:
        case ast.BinOp(op=ast.Div() | ast.FloorDiv() | ast.Mult() | ast.Mod()):
            return node.left, node.right
        case ast.AugAssign(op=ast.Div() | ast.FloorDiv() | ast.Mult() | ast.Mod()):
            return (node.target,)
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=[first, *_]):
            return (first,) if name in _DATE_MAKERS else ()
    return ()


def cast_by(node: ast.AST) -> ast.expr | None:
    """The expression that a call casts to another or a fitting dtype."""
    match node:
        case ast.Call(func=ast.Attribute(value=value, attr="astype" | "infer_objects" | "convert_dtypes")):
            return value
        case ast.Call(func=ast.Attribute(attr="to_numeric") | ast.Name(id="to_numeric"), args=[value, *_]):
            return value
    return None


def _columns(node: ast.expr) -> Iterator[ast.expr]:
    """An expression and each column of a list in its brackets: `df["a"]` of `df[["a", "b"]]`."""
    yield node
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.List):
        yield from (ast.Subscript(node.value, name, ast.Load()) for name in node.slice.elts)


def _outside(tree: ast.Module) -> Iterable[ast.stmt]:
    return (statement for statement in tree.body if not isinstance(statement, _DEFINITIONS))


def _told(root: ast.AST) -> Iterator[str]:
    for node in nodes_of(root, ast.Attribute, ast.Call, ast.Subscript):
        match node:
            case ast.Attribute(value=ast.Name(id=name), attr=attr) if attr in TELLING_PROPERTIES:
                yield name
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=attr)) if attr in TELLING_METHODS:
                yield name
            case ast.Attribute(value=ast.Subscript() | ast.Attribute() as column, attr=attr):
                owner = _owner(column)
                if attr in TELLING_OF_COLUMNS and owner is not None:
                    yield owner
            case ast.Subscript() if is_masked(node):
                yield _owner(node.value) or ""


def is_masked(node: ast.Subscript) -> bool:
    """Whether a subscript's key is a mask, so that the object is a frame or series."""
    masked = _owner(node.value)
    return masked is not None and _is_mask(node.slice, masked)


def _is_mask(key: ast.expr, name: str) -> bool:
    """Whether a key tests a column of its own object: `x[x["age"] > 18]`, `x[x.a.isna()]`."""
    while isinstance(key, ast.BinOp | ast.UnaryOp):
        key = key.left if isinstance(key, ast.BinOp) else key.operand
    match key:
        case ast.Call(func=ast.Attribute(value=ast.Subscript() | ast.Attribute() as column, attr=attr)):
            return attr in ASKING_METHODS and _owner(column) == name
    if not isinstance(key, ast.Compare) or isinstance(key.left, ast.Name):
        return False
    return _owner(key.left) == name


def _owner(node: ast.expr) -> str | None:
    """The name that a column is taken from: `x` of `x`, `x["age"]`, `x.age`."""
    match node:
        case ast.Attribute(value=value) | ast.Subscript(value=value, slice=ast.Constant() | ast.Name()):
            node = value
    return node.id if isinstance(node, ast.Name) else None
