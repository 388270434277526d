"""Which names a piece of Python binds in its own scope."""

import ast
from collections.abc import Iterable, Iterator

from msgspec import Struct

from checker.analysis.trees import children

Function = ast.FunctionDef | ast.AsyncFunctionDef
Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
_BINDING = (
    ast.Name, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom,
    ast.ExceptHandler, ast.MatchAs, ast.MatchStar, ast.MatchMapping,
)  # fmt: skip
# Half of all nodes, with nothing below them.
_LEAVES = (ast.Name, ast.Constant)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


class BoundNames(Struct, frozen=True):
    """The names that statements bind: `bound` in their own scope, `declared` by `global` or `nonlocal`.

    Names that are only augmented (`n += 1`) are in `bound` and in `augmented`. `yields` is true when the
    statements make a function a generator.
    """

    bound: set[str]
    augmented: set[str]
    declared: set[str]
    yields: bool = False


def bound_names(body: Iterable[ast.AST]) -> BoundNames:
    """The names bound by statements, without those of inner scopes."""
    plain: set[str] = set()
    augmented: set[str] = set()
    declared: set[str] = set()
    yields = False
    for node in own_nodes(body):
        if isinstance(node, _BINDING):
            plain.update(_names_bound_by(node))
        elif isinstance(node, ast.Global | ast.Nonlocal):
            declared.update(node.names)
        elif isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
            augmented.add(node.target.id)
        elif isinstance(node, ast.Yield | ast.YieldFrom):
            yields = True
    return BoundNames(plain | augmented, augmented - plain, declared, yields)


def own_nodes(body: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """The nodes of statements without the bodies of the functions, lambdas and classes in them.

    The target of a comprehension is left out as well: it has a scope of its own.
    """
    todo = list(body)
    while todo:
        node = todo.pop()
        yield node
        if isinstance(node, _LEAVES):
            continue
        if isinstance(node, _COMPREHENSIONS):
            todo += _comprehended(node)
        elif isinstance(node, ast.AugAssign):
            todo += [node.value] if isinstance(node.target, ast.Name) else [node.target, node.value]
        elif not isinstance(node, _SCOPES):
            todo += children(node)


def parameters(arguments: ast.arguments) -> Iterator[ast.arg]:
    """All parameters, in the order of the signature."""
    yield from (*arguments.posonlyargs, *arguments.args)
    if arguments.vararg:
        yield arguments.vararg
    yield from arguments.kwonlyargs
    if arguments.kwarg:
        yield arguments.kwarg


def type_parameters(node: ast.AST) -> set[str]:
    """The names in the brackets of `def f[T]` or `class C[T]`, which Python has since 3.12."""
    return {each.name for each in getattr(node, "type_params", ())}


def imported_name(alias: ast.alias) -> str:
    """The name that an import binds: `os` for `import os.path`."""
    return alias.asname or alias.name.partition(".")[0]


def _comprehended(node: Comprehension) -> Iterator[ast.AST]:
    if isinstance(node, ast.DictComp):
        yield from (node.key, node.value)
    else:
        yield node.elt
    for each in node.generators:
        yield from (each.iter, *each.ifs)


def _names_bound_by(node: ast.AST) -> Iterable[str]:
    if isinstance(node, ast.Name):  # the most frequent type
        return () if isinstance(node.ctx, ast.Load) else (node.id,)
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return [node.name]
        case ast.Import() | ast.ImportFrom():
            return [imported_name(alias) for alias in node.names]
        case ast.ExceptHandler() | ast.MatchAs() | ast.MatchStar() if node.name:
            return [node.name]
        case ast.MatchMapping() if node.rest:
            return [node.rest]
    return []
