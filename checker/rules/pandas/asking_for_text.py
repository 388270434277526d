"""Fixes for code that asks for `object` but means text."""

import ast
from collections.abc import Iterator

from checker.analysis.frames.columns import base
from checker.analysis.frames.dtypes import named_dtype
from checker.analysis.frames.kinds import Frame
from checker.analysis.frames.known import Types
from checker.model import Edit, Fix
from checker.rules.pandas.editing import fix, renamed, replaced


def as_text(asked: ast.expr, types: Types, *, known: bool) -> Fix | None:
    """Replace each `object` by `"str"`, in a comparison or a list."""
    edits = [replaced(each, '"str"', types) for each in _objects(asked, types)]
    return fix('Use "str"', edits, unsafe=not known) if edits else None


def either(node: ast.Compare, types: Types) -> Fix | None:
    """`dtype in ("object", "str")` for `dtype == "object"`, where a column may or may not hold text."""
    span = types.from_operator(node)
    if span is None:
        return None
    words = "in" if isinstance(node.ops[0], ast.Eq) else "not in"
    return fix('Add "str"', [Edit(span, f' {words} ("object", "str")')], unsafe=False)


def with_text(asked: ast.expr, frame: Frame, types: Types) -> Fix | None:
    """Replace `object` by `"str"`, or add `"str"` where there may be columns of both."""
    dtypes = {base(each) for each in frame.columns.values()}
    text = (
        '"str"' if frame.rest is None and "object" not in dtypes and "" not in dtypes else '"object", "str"'
    )
    edits = []
    for each in _objects(asked, types):
        alone = each is asked and "," in text
        edits.append(replaced(each, f"[{text}]" if alone else text, types))
    return fix(f"Use {text}", edits, unsafe=False) if edits else None


def types_function(function: ast.expr, types: Types) -> Fix | None:
    """`is_string_dtype` for `is_object_dtype`, where the function is called by its full name."""
    if not isinstance(function, ast.Attribute):
        return None
    return fix("Use `is_string_dtype`", [renamed(function, "is_string_dtype", types)], unsafe=False)


def _objects(asked: ast.expr, types: Types) -> Iterator[ast.expr]:
    if isinstance(asked, ast.List | ast.Tuple | ast.Set):
        for each in asked.elts:
            yield from _objects(each, types)
    elif named_dtype(types.of(asked)) == "object":
        yield asked
