"""Recognises blocks that parse but are not meant as Python: a formula, JSON, output."""

import ast
import re
from bisect import bisect_right

from checker.analysis.trees import walk
from checker.model import Block, Lesson
from checker.patterns import regex

# How the line above a fence ends when the fence contains output.
_OUTPUT_LABEL = regex(
    r"(?:^|\W)(?:outputs?|results?|prints|вывод|результаты?|ожидаемый вывод)$", re.IGNORECASE
)
_LONGEST_LABEL = 80
_OUT = regex(r"out(?:put)?(?:\s|$)")


def not_code_tree(tree: ast.Module, missing: frozenset[str]) -> str:
    """What a source is that parses but is not meant as Python, given its missing names; empty otherwise."""
    if missing and missing <= {"true", "false", "null"} and _is_literal(tree):
        return "JSON"
    if missing and _is_formula_tree(tree, missing):
        return "a formula"
    return ""


def says_output(block: Block) -> bool:
    """Whether the fence itself says that it holds output: `python out`, as in Hugging Face's courses."""
    return _OUT.match(block.meta or "") is not None


def is_labelled_output(lesson: Lesson, block: Block) -> bool:
    """Whether the fence, or the line above it, says that it holds output."""
    if says_output(block):
        return True
    at = bisect_right(lesson.prose, block.span.start, key=lambda each: each.end)
    if at == 0:
        return False
    above = lesson.prose[at - 1]
    between = lesson.text[above.end : block.span.start]
    last_line = above.text.rpartition("\n")[2].rstrip(" \t*_`:")
    return not between.strip() and _OUTPUT_LABEL.search(last_line[-_LONGEST_LABEL:]) is not None


def is_literals_only(tree: ast.Module) -> bool:
    """Whether there is nothing but literals: no name, no call, no assignment."""
    return bool(tree.body) and not any(
        isinstance(node, ast.Name | ast.Call | ast.Attribute)
        or (isinstance(node, ast.stmt) and not isinstance(node, ast.Expr))
        for node in walk(tree)
    )


def _is_literal(tree: ast.Module) -> bool:
    match tree.body:
        case [ast.Expr(value=ast.Dict() | ast.List())]:
            return True
    return False


def _is_formula_tree(tree: ast.Module, missing: frozenset[str]) -> bool:
    """Only arithmetic on undefined names: `size = (memory * 1024) / row`."""
    operands = missing
    for statement in tree.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=target)], value=value):
                operands |= {target}
            case ast.Expr(value=value):
                pass
            case _:
                return False
        if not isinstance(value, ast.BinOp) or not _is_arithmetic(value, operands):
            return False
    return True


def _is_arithmetic(value: ast.expr, operands: frozenset[str]) -> bool:
    match value:
        case ast.BinOp(left=left, right=right):
            return _is_arithmetic(left, operands) and _is_arithmetic(right, operands)
        case ast.UnaryOp(operand=operand):
            return _is_arithmetic(operand, operands)
        case ast.Name(id=name):
            return name in operands
        case ast.Constant(value=int() | float()):
            return True
    return False
