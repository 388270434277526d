"""The names by which code speaks of functions and classes, wherever it has them from."""

import ast
from collections.abc import Iterable, Iterator


def last_name(node: ast.AST) -> str:
    """`read_csv` of `read_csv` and of `pandas.read_csv`, "" of what is neither a name nor an attribute."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def last_names(node: ast.expr | None) -> Iterator[str]:
    """The last names of one class or of a tuple of classes, as handlers and `isinstance` take them."""
    if isinstance(node, ast.Tuple):
        for each in node.elts:
            yield from last_names(each)
    elif node is not None and (name := last_name(node)):
        yield name


def handled_names(handlers: Iterable[ast.ExceptHandler]) -> Iterator[str]:
    """The exceptions that handlers name; a bare one is ready for all."""
    for each in handlers:
        yield from ("BaseException",) if each.type is None else last_names(each.type)
