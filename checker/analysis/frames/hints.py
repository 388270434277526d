"""What speaks for a name that nothing binds, or that is bound to something unknown, being a pandas frame."""

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from checker.analysis.cell import Session
from checker.analysis.frames.api import TELLING
from checker.analysis.frames.libraries import CONVENTIONAL, FOREIGN

_FRAME_NAME = re.compile(r"df\d*|df_\w+|\w+_df\d*|dataframe|data_frame", re.IGNORECASE)
# `df_columns`, `df_path`: named after a frame, and not one.
_NOT_A_FRAME = re.compile(
    r".*_(cols?|columns?|names?|paths?|files?|list|dict|map|json|dtypes?|shape|size|rows?|index|url|by\w*)"
)
_LITERALS = (ast.Dict, ast.List, ast.Set, ast.Tuple, ast.Constant, ast.DictComp, ast.ListComp, ast.JoinedStr)
_FOREIGN_NAMES = frozenset(name for name, module in CONVENTIONAL.items() if module in FOREIGN)
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


class Hints:
    """Facts about a whole session; each is gathered when it is first asked for."""

    def __init__(self, session: Session) -> None:
        self._cells = [cell for cell in session.cells if cell.tree is not None]
        self._trees = [cell.tree for cell in self._cells if cell.tree is not None]
        self._used: dict[ast.AST | None, frozenset[str]] = {}

    @cached_property
    def foreign(self) -> bool:
        """Whether the session works with another library's frames, so that `df` need not be of pandas."""
        return any(_is_foreign(node) for tree in self._trees for node in ast.walk(tree))

    def mention(self, word: str) -> bool:
        """Whether a word stands anywhere in the session."""
        return any(word in cell.source for cell in self._cells)

    def looks_like_frame(self, name: str) -> bool:
        """Whether a name that nothing has bound so far is, by convention, a frame."""
        if not _FRAME_NAME.fullmatch(name) or _NOT_A_FRAME.fullmatch(name):
            return False
        return not self.foreign and name not in self._bound_to_literals

    def used_as_frame(self, name: str, function: ast.AST | None) -> bool:
        """Whether a name is asked for what only pandas has, in the function or (None) outside all functions."""
        if not self._telling or self.foreign:
            return False
        if function not in self._used:
            roots = [function] if function else [each for tree in self._trees for each in _outside(tree)]
            self._used[function] = frozenset(found for root in roots for found in _told(root))
        return name in self._used[function]

    @cached_property
    def _telling(self) -> bool:
        return any(self.mention(f".{name}") for name in TELLING)

    @cached_property
    def _bound_to_literals(self) -> frozenset[str]:
        return frozenset(
            target.id
            for tree in self._trees
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign) and isinstance(node.value, _LITERALS)
            for target in node.targets
            if isinstance(target, ast.Name)
        )


def _is_foreign(node: ast.AST) -> bool:
    if isinstance(node, ast.Import):
        return any(alias.name.partition(".")[0] in FOREIGN for alias in node.names)
    if isinstance(node, ast.ImportFrom):
        return (node.module or "").partition(".")[0] in FOREIGN
    return isinstance(node, ast.Name) and node.id in _FOREIGN_NAMES


def _outside(tree: ast.Module) -> Iterable[ast.stmt]:
    return (statement for statement in tree.body if not isinstance(statement, _DEFINITIONS))


def _told(root: ast.AST) -> Iterator[str]:
    for node in ast.walk(root):
        if isinstance(node, ast.Attribute) and node.attr in TELLING and isinstance(node.value, ast.Name):
            yield node.value.id
