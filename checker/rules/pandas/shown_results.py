"""Tests that a lesson makes only to show what they give under pandas 3."""

import ast

from checker.analysis.cells import is_python
from checker.analysis.frames.known import Types
from checker.patterns import regex

_IN_COMMENT = regex(r"#\s*(?:(?:->|=>|>)\s*)?(True|False)\b")
_IN_OUTPUT = regex(r"\b(?:True|False)\b")
# Between a block and what it prints: a label, such as "Output:".
_LONGEST_LABEL = 40


def is_shown(node: ast.Compare, types: Types) -> bool:
    """Whether a test for what pandas 2 had is only printed, and the lesson shows that it fails."""
    statement = types.statement
    if not isinstance(statement, ast.Expr) or not any(each is node for each in _printed(statement.value)):
        return False
    fails = "True" if isinstance(node.ops[0], ast.NotEq | ast.IsNot) else "False"
    line = types.cell.source.split("\n")[(statement.end_lineno or statement.lineno) - 1]
    said = _IN_COMMENT.search(line)
    return said[1] == fails if said else fails in _IN_OUTPUT.findall(_output(types))


def _printed(value: ast.expr) -> list[ast.expr]:
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "print":
        return value.args
    return [value]


def _output(types: Types) -> str:
    """The text of the fence right below the current block, which shows what it prints."""
    block, blocks = types.cell.block, types.lesson.blocks
    if block.index + 1 == len(blocks):
        return ""
    below = blocks[block.index + 1]
    near = below.span.start - block.span.end <= _LONGEST_LABEL
    return below.code if near and not is_python(below) else ""
