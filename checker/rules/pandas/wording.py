"""How the pandas rules quote the lesson, and say how certain they are."""

import ast

from checker.analysis.frames.kinds import Indexer
from checker.analysis.frames.known import Types
from checker.model import Severity

_LONGEST = 90


def quoted(code: str, otherwise: str) -> str:
    """Code in a message, or other words where there is too much of it to read at a glance."""
    return f"`{code}`" if len(code) <= _LONGEST else otherwise


def root_of(node: ast.expr, types: Types) -> ast.expr:
    """What stands at the bottom of a chain of selections: the object that the author means to change."""
    while types.is_temporary(node):
        below = node.func if isinstance(node, ast.Call) else node
        if not isinstance(below, ast.Subscript | ast.Attribute):
            break
        node = below.value
        if isinstance(node, ast.Attribute) and isinstance(types.of(node), Indexer):
            node = node.value
    return node


def severity(*, sure: bool) -> Severity | None:
    """The rule's own severity for what is known, a warning for what is likely."""
    return None if sure else "warning"


def unless_other(name: str, *, sure: bool) -> str:
    """What would make a finding certain that rests on a name and its use alone."""
    if sure:
        return ""
    return f" Nothing in this lesson shows where {name} comes from: make it there, and this is certain."


def expects_warning(types: Types) -> bool:
    """Whether the code around waits for the warning that pandas gives: it shows it on purpose."""
    return any(name.endswith("Warning") or name in _ITS_NAMES for name in types.handled)


_ITS_NAMES = ("ChainedAssignmentError", "SettingWithCopyError")
