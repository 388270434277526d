"""What tests of calls ask: which argument is given, and what is called."""

import ast
from collections.abc import Iterator

from checker.analysis.frames.conventions import MAKING_GROUPS
from checker.analysis.frames.kinds import Constant, Kind, Member, Method
from checker.analysis.frames.known import Types
from checker.analysis.last_names import last_name
from checker.analysis.trees import walk

# What a test gives: the node to mark, and whether it is sure.
Found = tuple[ast.expr | ast.keyword, bool]


def given(node: ast.Call, name: str, position: int | None = None) -> ast.expr | None:
    """The argument with a name, or at a position (from 0)."""
    for word in node.keywords:
        if word.arg == name:
            return word.value
    if position is not None and position < len(node.args):
        found = node.args[position]
        return None if isinstance(found, ast.Starred) else found
    return None


def is_called(node: ast.Call, types: Types, *names: str) -> bool:
    """Whether a function of pandas is called."""
    kind = types.of(node.func)
    return isinstance(kind, Member) and kind.name.removeprefix("pandas.") in names


def method_of(node: ast.Call, types: Types, name: str) -> Kind | None:
    """What a method with this name is called on."""
    kind = types.of(node.func)
    return kind.of if isinstance(kind, Method) and kind.name == name else None


def functions_in(node: ast.expr) -> Iterator[ast.expr]:
    """The functions to aggregate with, however they are given."""
    match node:
        case ast.List(elts=elements) | ast.Tuple(elts=elements) | ast.Dict(values=elements):
            for each in elements:
                yield from functions_in(each)
        case ast.Lambda() | ast.Name() | ast.Attribute():
            yield node


def is_of_all_rows(node: ast.Call) -> bool:
    """Whether a method is called on all rows of something: a gap may be in those that are left out."""
    receiver = node.func.value if isinstance(node.func, ast.Attribute) else node.func
    return not any(
        isinstance(each, ast.Slice)
        or (isinstance(each, ast.Attribute) and each.attr in ("loc", "iloc"))
        or (isinstance(each, ast.Call) and last_name(each.func) not in MAKING_GROUPS)
        for each in walk(receiver)
    )


def is_number(kind: Kind) -> bool:
    """Whether it is a number that stands in the code."""
    return isinstance(kind, Constant) and isinstance(kind.value, int | float) and kind.value is not True
