"""The last part of dotted names, by which functions and classes are recognised wherever they come from."""

import ast
from collections.abc import Iterable, Iterator


def last_name(node: ast.AST) -> str:
    """`read_csv` for `read_csv` and for `pandas.read_csv`; "" for anything but a name or an attribute."""
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
    """The exceptions that handlers name; a bare handler counts as BaseException."""
    for each in handlers:
        yield from ("BaseException",) if each.type is None else last_names(each.type)
