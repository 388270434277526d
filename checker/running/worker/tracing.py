"""Records, for each statement of a cell, the values of the names it mentions and what it prints."""

import ast
import re
import sys
from collections.abc import Mapping
from typing import Any

from checker.running.worker.values import Shown, shown

_MOST_STATEMENTS = 300
_MOST_NAMES = 20  # of one statement
_BLANKS = re.compile(r"\s+")
# Names of dtypes in printed text; in most tables only these differ between versions.
_DTYPES = re.compile(r"\b(?:object|str|string|dtype)\b|\b(?:datetime|timedelta)64\[\w+\]")
_UNSPOKEN = "@"  # prefix of names that a statement does not mention
_PRINTED, _WHOLE = "", "*"  # keys of the printed text: without and with names of dtypes

# The line of a statement, and the digest for each name.
Traced = tuple[int, dict[str, Shown]]


class Trace:
    """The statements that have run since the last call of `take`."""

    def __init__(self) -> None:
        self._steps: list[Traced] = []

    def take(self) -> list[Traced]:
        """The statements since the last call, in order."""
        steps, self._steps = self._steps, []
        return steps

    def note(self, statement: ast.stmt, names: Mapping[str, Any], printed: str) -> None:
        """Record that a statement has run, has left these names and printed this."""
        if len(self._steps) < _MOST_STATEMENTS:
            self._steps.append((statement.lineno, _left(statement, names, printed)))


def _left(statement: ast.stmt, names: Mapping[str, Any], whole: str) -> dict[str, Shown]:
    spoken = dict.fromkeys(node.id for node in ast.walk(statement) if isinstance(node, ast.Name))
    found = {}
    for name in list(spoken)[:_MOST_NAMES]:
        if name in names and (value := shown(names[name])) is not None:
            found[name] = value
    if _may_write(statement):  # it may also change objects that share its memory under another name
        others = [name for name, value in names.items() if name not in spoken and _is_table(value)]
        for name in others[:_MOST_NAMES]:
            if (value := shown(names[name])) is not None:
                found[_UNSPOKEN + name] = value
    for name, text in ((_PRINTED, _DTYPES.sub("", whole)), (_WHOLE, whole)):
        value = shown(_BLANKS.sub(" ", text).strip())
        if whole and value is not None:
            found[name] = value
    return found


def _may_write(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Assign):
        return any(isinstance(target, ast.Subscript | ast.Attribute) for target in statement.targets)
    return isinstance(statement, ast.AugAssign | ast.Delete | ast.Expr)


def _is_table(value: Any) -> bool:
    pandas = sys.modules.get("pandas")
    return pandas is not None and isinstance(value, pandas.DataFrame | pandas.Series)
