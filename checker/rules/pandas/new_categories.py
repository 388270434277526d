"""Values of a categorical column that `replace` would turn into new categories."""

import ast
from collections.abc import Iterator

from checker.analysis.frames.columns import base
from checker.analysis.frames.holders import Mapping, one_or_several
from checker.analysis.frames.kinds import Constant, Frame, Kind, Method, Series
from checker.analysis.frames.known import Types
from checker.rules.pandas.calling import given
from checker.rules.rule import Report


def in_categories(node: ast.Call, types: Types) -> Iterator[Report]:
    """Report `replace` of a categorical column's values by others."""
    old = given(node, "to_replace", 0)
    match types.of(node.func):
        case Method(of=Series(dtype=dtype), name="replace") if old is not None and base(dtype) == "category":
            new = _new(types.of(old), given(node, "value", 1), types)
        case Method(of=Frame(columns=columns), name="replace") if old is not None:
            new = [
                value
                for name, each in _items(types.of(old))
                if base(columns.get(name, "")) == "category" and isinstance(each, Mapping)
                for value in each.parts()
            ]
        case _:
            return
    if any(isinstance(each, Constant) and each.value is not None for each in new):
        yield Report(
            "Since pandas 3, `replace` makes no new categories: this raises TypeError, unless the new values "
            "are among the categories. Rename them, with `.cat.rename_categories({...})`.",
            types.span(node),
            severity="warning",
            intended="TypeError" in types.handled,
        )


def _items(kind: Kind) -> list[tuple[str, Kind]]:
    return list(kind.items.items()) if isinstance(kind, Mapping) else []


def _new(old: Kind, value: ast.expr | None, types: Types) -> list[Kind]:
    """The values that are put in the place of others."""
    if value is not None:
        return list(one_or_several(types.of(value)))
    return old.parts() if isinstance(old, Mapping) else []
