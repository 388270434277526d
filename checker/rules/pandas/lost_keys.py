"""Groups that `apply` gives back without the column that they were grouped by."""

import ast
from collections.abc import Iterable, Iterator

from checker.analysis.frames.kinds import Frame, Groups
from checker.analysis.frames.known import Types
from checker.analysis.trees import walk
from checker.rules.rule import Report


def without_keys(node: ast.Call, groups: Groups, types: Types) -> Iterator[Report]:
    """Report groups put together again whose key is neither a column of the result nor in its index."""
    made = types.of(node)
    if not isinstance(made, Frame) or not made.gone or groups.by != "groupby":
        return
    if any(word.arg in ("include_groups", None) for word in node.keywords):
        return
    if not groups.flat and not _has_no_keys(node) and not _drops_index(node, types.statement):
        return
    # Where the result is asked for the column, or gets it anew, that line says more.
    if any(types.mentions(text) for name in _named(types.statement) for text in _uses(name, made.gone)):
        return
    names = ", ".join(f"`{name}`" for name in sorted(made.gone))
    yield Report(
        f"Since pandas 3, `apply` leaves out what was grouped by: the result has no {names}, where "
        'pandas 2 kept it as a column. Select the columns first, `groupby("a")[["a", "b"]]`, or use a method '
        "of the groups that keeps them, such as `head`, `nth` or `sample`.",
        types.span(node),
        severity="warning",
    )


def _named(statement: ast.stmt) -> list[str]:
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    return [target.id for target in targets if isinstance(target, ast.Name)]


def _uses(name: str, columns: Iterable[str]) -> Iterator[str]:
    for column in columns:
        yield from (f'{name}["{column}"]', f"{name}['{column}']", f"{name}.{column}")


def _has_no_keys(node: ast.Call) -> bool:
    """Whether it is `groupby(..., group_keys=False).apply(...)`."""
    match node.func:
        case ast.Attribute(value=ast.Call(keywords=keywords)):
            return any(word.arg == "group_keys" and _says(word.value, said=False) for word in keywords)
    return False


def _drops_index(node: ast.Call, statement: ast.stmt) -> bool:
    """Whether the labels, the keys among them, are dropped from the result at once."""
    for each in walk(statement):
        match each:
            case ast.Call(func=ast.Attribute(value=below, attr="droplevel"), args=[ast.Constant(value=0)]):
                if below is node:
                    return True
            case ast.Call(func=ast.Attribute(value=below, attr="reset_index"), keywords=keywords):
                if below is node and any(w.arg == "drop" and _says(w.value, said=True) for w in keywords):
                    return True
    return False


def _says(node: ast.expr, *, said: bool) -> bool:
    return isinstance(node, ast.Constant) and node.value is said
