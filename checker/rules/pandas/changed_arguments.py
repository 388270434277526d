"""Removed or deprecated arguments: keywords, some of their values, and positional arguments."""

import ast
from collections.abc import Iterator

from checker.analysis.frames.holders import Mapping
from checker.analysis.frames.kinds import UNKNOWN, Constant, texts_of
from checker.analysis.frames.known import Types
from checker.model import Edit, Fix, Span
from checker.rules.pandas.editing import fix, inserted, keyword_renamed, without
from checker.rules.pandas.receivers import Asked, asked_by_call, called
from checker.rules.pandas.rewriting import rewritten_argument
from checker.rules.pandas.table import (
    ArgumentChange,
    PositionChange,
    Wanted,
    arguments,
    is_removed,
    positions,
)
from checker.rules.pandas.telling import doubt, is_meant, said
from checker.rules.pandas.wording import severity
from checker.rules.rule import Report


def in_arguments(node: ast.Call, types: Types, wanted: Wanted) -> Iterator[Report]:
    """Report each argument of a call that is in the table, if its row is wanted."""
    name = called(node, types)
    if name not in arguments():
        return
    asked = asked_by_call(node, types)
    if asked is None:
        return
    rows = [row for row in arguments()[name] if wanted(row) and _is_of(row, asked, types)]
    for given, argument in _given(node, rows, types):
        change = next((row for row in rows if row.argument == argument and _fits(row, given, types)), None)
        if change is not None and not _said_already(node, given, change):
            yield _report(node, given, asked, change, types)


def _is_of(row: ArgumentChange, asked: Asked, types: Types) -> bool:
    if asked.owners:
        return not set(row.of).isdisjoint(asked.owners)
    return row.telling and not types.has_other_frames


def _given(
    node: ast.Call, rows: list[ArgumentChange], types: Types
) -> Iterator[tuple[ast.keyword | ast.expr, str]]:
    for word in node.keywords:
        if word.arg is not None:
            yield word, word.arg
        elif isinstance(kind := types.of(word.value), Mapping):
            yield from (
                (word, name) for name in dict.fromkeys(row.argument for row in rows) if name in kind.items
            )
    for row in rows:
        place = row.position
        if place is not None and place < len(node.args) and not _has_starred(node, place):
            yield node.args[place], row.argument


def _fits(row: ArgumentChange, given: ast.keyword | ast.expr, types: Types) -> bool:
    if row.values is None:
        return True
    kind = types.of(given.value if isinstance(given, ast.keyword) else given)
    if isinstance(kind, Mapping) and isinstance(given, ast.keyword) and given.arg is None:
        kind = kind.value(row.argument)  # `**options`
    texts = texts_of(kind)
    if texts:
        return any(text in row.values for text in texts)
    if not isinstance(kind, Constant):
        return False
    return any(type(value) is type(kind.value) and value == kind.value for value in row.values)


def _said_already(node: ast.Call, given: ast.keyword | ast.expr, change: ArgumentChange) -> bool:
    """Whether the argument is `rsuffix` beside `lsuffix`, which are one mistake."""
    if change.rewrite != "suffixes":
        return False
    first = next(word for word in node.keywords if word.arg in ("lsuffix", "rsuffix"))
    return first is not given


def _report(
    node: ast.Call, given: ast.keyword | ast.expr, asked: Asked, change: ArgumentChange, types: Types
) -> Report:
    receiver = node.func.value if isinstance(node.func, ast.Attribute) else None
    what = f"`{change.argument}=`" if change.values is None else f"`{types.source(given)}`"
    return Report(
        said(f"{what} of `{change.name}`", change) + doubt(asked, receiver, types),
        types.span(given),
        severity=severity(sure=asked.sure),
        intended=is_meant(change, types),
        fix=_fix(node, given, asked, change, types),
    )


def _fix(
    node: ast.Call, given: ast.keyword | ast.expr, asked: Asked, change: ArgumentChange, types: Types
) -> Fix | None:
    if isinstance(given, ast.keyword) and given.arg is None:
        return None
    if change.rewrite:
        return rewritten_argument(change.rewrite, node, given, types, sure=asked.has_owner)
    # `closed` could be None for both ends, which is the default of `inclusive` but not one of its values.
    leaves_out = change.delete or (change.rename == "inclusive" and _is_none(given))
    if change.rename and isinstance(given, ast.keyword) and not leaves_out:
        edits = [keyword_renamed(given, change.rename, types)]
        return fix(f"Write `{change.rename}=`.", edits, unsafe=change.unsafe, sure=asked.has_owner)
    removal = without(node, given, types) if leaves_out else None
    if removal is None:
        return None
    return fix("Leave it out.", [removal], unsafe=change.unsafe, sure=asked.has_owner)


def _is_none(given: ast.keyword | ast.expr) -> bool:
    return (
        isinstance(given, ast.keyword) and isinstance(given.value, ast.Constant) and given.value.value is None
    )


def in_positions(node: ast.Call, types: Types, wanted: Wanted) -> Iterator[Report]:
    """Report a call with more positional arguments than pandas accepts."""
    name = called(node, types)
    if not node.args or name not in positions():
        return
    asked = asked_by_call(node, types)
    if asked is None or not asked.owners:
        return
    table = positions()[name]
    change = next((table[owner] for owner in asked.owners if owner in table), None)
    if change is None or not wanted(change) or _is_unbound(node, asked, types):
        return
    if len(node.args) > change.allowed and not _has_starred(node, change.allowed):
        yield _without_names(node, asked, change, types)


def _is_unbound(node: ast.Call, asked: Asked, types: Types) -> bool:
    """`pd.DataFrame.drop(df, ...)`: the object itself is the first argument."""
    return any(owner.startswith("pandas.") for owner in asked.owners) and types.of(node.func) != UNKNOWN


def _has_starred(node: ast.Call, allowed: int) -> bool:
    return any(isinstance(each, ast.Starred) for each in node.args[: allowed + 1])


def _without_names(node: ast.Call, asked: Asked, change: PositionChange, types: Types) -> Report:
    extra, names = _extra(node, change)
    receiver = node.func.value if isinstance(node.func, ast.Attribute) else None
    given = ", ".join(f"`{name}=`" for name in names) or "their names"
    what = "This argument" if len(extra) == 1 else "These arguments"
    return Report(
        _sentence(what, given, change) + doubt(asked, receiver, types),
        _span(extra, types),
        severity=severity(sure=asked.sure),
        intended=is_meant(change, types),
        fix=_names_added(node, change, asked, types),
    )


def _sentence(what: str, given: str, change: PositionChange) -> str:
    versions = f"since pandas {change.since}" if is_removed(change) else "in pandas 4"
    return f"{what} of `{change.name}` must be passed by name {versions}. Write {given}."


def _span(extra: list[ast.expr], types: Types) -> Span:
    return types.lesson.span(types.span(extra[0]).start, types.span(extra[-1]).end)


def _names_added(node: ast.Call, change: PositionChange, asked: Asked, types: Types) -> Fix | None:
    extra, names = _extra(node, change)
    if len(names) < len(extra) or not all(_is_bare(each, node, types) for each in extra):
        return None
    edits: list[Edit] = [
        inserted(types.span(each).start, f"{name}=", types) for each, name in zip(extra, names, strict=True)
    ]
    return fix("Write the names.", edits, unsafe=False, sure=asked.has_owner)


def _extra(node: ast.Call, change: PositionChange) -> tuple[list[ast.expr], list[str]]:
    """The positional arguments that must be keywords, and their names.

    `set_axis(0, labels)` is the order of pandas before 1.0; both names make it right.
    """
    if tuple(change.names) == _LABELS_AND_AXIS and len(node.args) == 2 and _is_axis(node.args[0]):
        return node.args, [*reversed(_LABELS_AND_AXIS)]
    return node.args[change.allowed :], list(change.names[change.allowed : len(node.args)])


_LABELS_AND_AXIS = ("labels", "axis")


def _is_axis(argument: ast.expr) -> bool:
    return isinstance(argument, ast.Constant) and argument.value in (0, 1, "index", "columns")


def _is_bare(argument: ast.expr, node: ast.Call, types: Types) -> bool:
    """Whether an argument is not in brackets of its own, so that a name can be put before it."""
    if isinstance(argument, ast.Starred):
        return False
    start = types.span(argument).start
    before = types.lesson.text[types.span(node.func).end : start].strip()
    return before == "(" if argument is node.args[0] else before.endswith(",")
