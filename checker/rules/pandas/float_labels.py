"""Slices of whole numbers where the labels are floats."""

import ast
from collections.abc import Iterator

from checker.analysis.frames.columns import base
from checker.analysis.frames.kinds import Constant, Frame, Series
from checker.analysis.frames.known import Types
from checker.rules.pandas.wording import quoted
from checker.rules.rule import Report


def in_slice(node: ast.Subscript | ast.Attribute, types: Types) -> Iterator[Report]:
    """Report `series[1:3]`, which means positions now."""
    if not isinstance(node, ast.Subscript) or not isinstance(node.slice, ast.Slice):
        return
    of = types.of(node.value)
    if not isinstance(of, Series | Frame) or base(of.index) != "float":
        return
    ends = [types.of(end) for end in (node.slice.lower, node.slice.upper) if end is not None]
    if ends and all(isinstance(end, Constant) and type(end.value) is int for end in ends):
        what = quoted(types.source(node), "this slice")
        yield Report(
            f"The labels are floats. Since pandas 3, the whole numbers in {what} are positions; pandas 2 "
            "took them for labels. Write `.loc[...]` for labels, or `.iloc[...]` for positions.",
            types.span(node),
            severity="warning",
        )
