"""Removed or deprecated members of pandas objects and modules."""

import ast
from collections.abc import Iterator

from checker.analysis.frames.kinds import Frame, Groups, Member
from checker.analysis.frames.known import Types
from checker.model import Fix
from checker.rules.pandas.editing import fix, name_span, renamed
from checker.rules.pandas.receivers import Asked, asked_by_attribute, may_be_column
from checker.rules.pandas.rewriting import rewritten_member
from checker.rules.pandas.table import MemberChange, Wanted, members
from checker.rules.pandas.telling import doubt, is_meant, said
from checker.rules.pandas.wording import severity
from checker.rules.rule import Report


def in_attribute(node: ast.Attribute, types: Types, wanted: Wanted) -> Iterator[Report]:
    """Report `object.name`, unless it may be a column, or is only certain as a call."""
    if node.attr not in members() or not isinstance(node.ctx, ast.Load):
        return
    found = _change(node, types)
    if found is None or not wanted(found[1]):
        return
    asked, change = found
    if not asked.owners and not change.property:
        return
    if may_be_column(node, types) and not _is_never_a_column(node, change, types):
        return
    yield _report(node, asked, change, None, types)


def in_method_call(node: ast.Call, types: Types, wanted: Wanted) -> Iterator[Report]:
    """Report `object.name(...)`: columns are not called."""
    if isinstance(node.func, ast.Name):
        yield from _by_imported_name(node.func, types, wanted)
    if not isinstance(node.func, ast.Attribute) or node.func.attr not in members():
        return
    found = _change(node.func, types)
    if found is not None and wanted(found[1]) and not found[1].property:
        yield _report(node.func, *found, node, types)


def _by_imported_name(node: ast.Name, types: Types, wanted: Wanted) -> Iterator[Report]:
    """Report a call of a function that can still be imported; others are reported at their import."""
    kind = types.of(node)
    if not isinstance(kind, Member):
        return
    module, _, name = kind.name.rpartition(".")
    change = members().get(name, {}).get(module)
    if change is not None and change.status == "deprecated" and wanted(change):
        message = said(f"`{kind.name.removeprefix('pandas.')}`", change)
        yield Report(message, types.span(node), intended=is_meant(change, types))


def _change(node: ast.Attribute, types: Types) -> tuple[Asked, MemberChange] | None:
    asked = asked_by_attribute(node, types)
    if asked is None:
        return None
    table = members()[node.attr]
    if "tz" in asked.owners and types.mentions("pytz"):
        return None  # a time zone of its making stays one
    if asked.owners:
        change = next((table[owner] for owner in asked.owners if owner in table), None)
    else:  # a member of pandas only, recognised by its name
        change = next((row for row in table.values() if row.telling and not types.has_other_frames), None)
    return None if change is None else (asked, change)


def _is_never_a_column(node: ast.Attribute, change: MemberChange, types: Types) -> bool:
    kind = types.of(node.value)
    frame = kind.of if isinstance(kind, Groups) else kind
    return change.property and not (isinstance(frame, Frame) and node.attr in frame.columns)


def _report(
    node: ast.Attribute, asked: Asked, change: MemberChange, call: ast.Call | None, types: Types
) -> Report:
    owner = next((each for each in asked.owners if each in change.of), "")
    shown = f"{owner.removeprefix('pandas.')}.{change.name}" if owner else f".{change.name}"
    return Report(
        said(f"`{shown}`", change) + doubt(asked, node.value, types),
        name_span(node, types),
        severity=severity(sure=asked.sure),
        intended=is_meant(change, types),
        fix=_fix(node, asked, change, call, types),
    )


def _fix(
    node: ast.Attribute, asked: Asked, change: MemberChange, call: ast.Call | None, types: Types
) -> Fix | None:
    if change.rename:
        message = f"Write `{change.rename}`."
        return fix(message, [renamed(node, change.rename, types)], unsafe=change.unsafe, sure=asked.has_owner)
    if change.rewrite:
        return rewritten_member(change.rewrite, node, call, types, sure=asked.has_owner)
    return None
