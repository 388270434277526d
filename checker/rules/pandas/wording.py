"""How the pandas rules quote the lesson and express certainty."""

import ast

from checker.analysis.frames.kinds import Indexer, Member
from checker.analysis.frames.known import Types
from checker.model import Severity

_LONGEST = 90


def quoted(code: str, otherwise: str) -> str:
    """Code in a message, or other words when there is too much of it."""
    return f"`{code}`" if len(code) <= _LONGEST else otherwise


def root_of(node: ast.expr, types: Types) -> ast.expr:
    """The beginning of a chain of selections: the object that the author means to change."""
    while types.is_temporary(node):
        below = node.func if isinstance(node, ast.Call) else node
        if not isinstance(below, ast.Subscript | ast.Attribute) or isinstance(types.of(below), Member):
            break  # a function of pandas made it
        node = below.value
        if isinstance(node, ast.Attribute) and isinstance(types.of(node), Indexer):
            node = node.value
    return node


def lost_copy(node: ast.expr, root: ast.expr, types: Types, doing: str) -> str:
    """What happens to a temporary object that the code changes by `doing`; `root` is its origin."""
    made = quoted(types.source(node), "the selection")
    if root is node:
        return (
            f"The result of {made} is not stored, so {doing} is lost with it. Give the result a name first."
        )
    name = quoted(types.source(root), "the frame")
    return f"In pandas 3, {made} is a copy, and {doing} changes only that copy: {name} stays unchanged."


def severity(*, sure: bool) -> Severity | None:
    """The rule's own severity when it is sure, otherwise a warning."""
    return None if sure else "warning"


def unless_other(name: str, *, sure: bool) -> str:
    """What would make a finding certain when only a name and its use suggest pandas."""
    if sure:
        return ""
    return f" The lesson does not show where {name} comes from: define it there to make this certain."


def expects_warning(types: Types) -> bool:
    """Whether the surrounding code expects the warning of pandas, and so shows it on purpose."""
    return any(name.endswith("Warning") or name in _ITS_NAMES for name in types.handled)


_ITS_NAMES = ("ChainedAssignmentError", "SettingWithCopyError")
