"""Recognises signatures as reference pages print them: without `def` or body, classes as functions."""

import ast
import re
from collections.abc import Callable, Iterable

from checker.analysis.scopes import parameters
from checker.patterns import regex

_BEGINS = regex(r"(?P<words>(?:async\s+)?(?:def\s+|class\s+)?)(?P<name>[A-Za-z_][\w.]*)\(", re.ASCII)
# Tools that generate such pages give `*` and `**` parameters a default: `**options: dict = {}`.
_DEFAULT_OF_REST = regex(r"(\*\w{1,80}(?:\s?:\s?[^=()]{1,200}?)?)\s?=\s?(?:\(\)|[^,()]{1,200})(?=[,)])")


def is_signature(code: str, parse: Callable[[str], tuple[ast.Module | None, SyntaxError | None]]) -> bool:
    """Whether code that does not parse is a signature: a name, parameters, a return type.

    Without `def` or `class`, an annotation is needed to tell it from a call.
    """
    text = code.strip().rstrip(":").rstrip()
    begins = _BEGINS.match(text)
    if begins is None:
        return False
    rest = _DEFAULT_OF_REST.sub(r"\1", text[begins.end() :])
    if begins["words"].startswith("class") and "*" not in rest:
        rest = f"*, {rest}"  # the fields of a dataclass may come in any order
    tree, _ = parse(f"def {begins['name'].replace('.', '_')}({rest}: pass")
    match tree.body if tree else ():
        case [ast.FunctionDef() as function]:
            return bool(begins["words"]) or _is_annotated(function)
    return False


def _is_annotated(function: ast.FunctionDef) -> bool:
    annotations = [each.annotation for each in parameters(function.args) if each.annotation]
    annotations += [function.returns] if function.returns else []
    return bool(annotations) and _are_types(annotations)


def _are_types(annotations: Iterable[ast.expr]) -> bool:
    """Whether the texts after the colons can be types; a `1` there is an argument of a broken call."""
    return all(
        isinstance(each, ast.Name | ast.Attribute | ast.Subscript | ast.BinOp)
        or (isinstance(each, ast.Constant) and (each.value is None or isinstance(each.value, str)))
        for each in annotations
    )
