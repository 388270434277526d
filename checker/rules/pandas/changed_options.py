"""Removed or deprecated options, however they are used: by a function, a context, an attribute."""

import ast
from collections.abc import Iterator

from checker.analysis.frames.kinds import Constant, Member, text_of
from checker.analysis.frames.known import Types
from checker.model import Edit, Fix
from checker.rules.pandas.editing import fix
from checker.rules.pandas.table import Change, MemberChange, OptionChange, Wanted, options
from checker.rules.pandas.telling import is_meant, said
from checker.rules.rule import Report

# The number of arguments for each option, by function.
_FUNCTIONS = {"set_option": 2, "option_context": 2, "get_option": 1, "reset_option": 1}
# It accepts a part of several names and means all of them; the others reject that.
_TAKES_SEVERAL = "pandas.reset_option"
_ABOUT_COPIES = ("mode.copy_on_write", "mode.chained_assignment", "future.")


def is_about_copies(row: Change) -> bool:
    """Whether a row is about the options and warnings that came with copy-on-write and left with pandas 3."""
    if isinstance(row, OptionChange):
        return row.name.startswith(_ABOUT_COPIES)
    return isinstance(row, MemberChange) and row.name.startswith("SettingWithCopy")


def in_option_call(node: ast.Call, types: Types, wanted: Wanted) -> Iterator[Report]:
    """Report options in `pd.set_option(...)` and similar functions."""
    callee = types.of(node.func)
    if not isinstance(callee, Member) or not callee.name.startswith("pandas."):
        return
    step = _FUNCTIONS.get(callee.name.removeprefix("pandas."))
    if step is None:
        return
    for place in range(0, len(node.args), step):
        name = text_of(types.of(node.args[place]))
        value = node.args[place + 1] if step == 2 and place + 1 < len(node.args) else None
        change = _meant_by(name) if name else None
        if callee.name == _TAKES_SEVERAL and change and "." not in change.name:
            continue
        if change and wanted(change) and _fits(change, value, types):
            alone = len(node.args) <= step and not callee.name.endswith("_context")
            yield _report(node.args[place], change, types, removal=_removal(node, types) if alone else None)


def in_option_attribute(node: ast.Attribute, types: Types, wanted: Wanted) -> Iterator[Report]:
    """Report `pd.options.mode.copy_on_write`, read or written."""
    kind = types.of(node.value)
    if isinstance(kind, Member) and kind.name.startswith("pandas.options"):
        name = f"{kind.name}.{node.attr}".removeprefix("pandas.options.")
        change = options().get(name)
        if change and wanted(change):
            yield _report(node, change, types, removal=_removal(node, types))


def _meant_by(name: str) -> OptionChange | None:
    """The option for any part of its name that no other option's name contains, as in pandas."""
    exact = options().get(name)
    if exact or "." in name:
        return exact
    return next((row for row in options().values() if row.name.endswith(f".{name}")), None)


def _fits(change: OptionChange, value: ast.expr | None, types: Types) -> bool:
    if change.values is None:
        return True
    kind = types.of(value) if value else None
    return isinstance(kind, Constant) and kind.value in change.values


def _report(node: ast.expr, change: OptionChange, types: Types, removal: Edit | None) -> Report:
    what = f"The option `{change.name}`"
    if change.values is not None:
        what = f"`{change.values[0]}` for the option `{change.name}`"
    elif "." not in change.name:
        what = f"The short name `{change.name}` of an option"
    leave_out = removal is not None and change.status == "deprecated"
    return Report(
        said(what, change),
        types.span(node),
        intended=is_meant(change, types),
        fix=_fix(removal) if leave_out and removal else None,
    )


def _fix(removal: Edit) -> Fix:
    return fix("Delete the line: it has no effect.", [removal], unsafe=False)


def _removal(node: ast.expr, types: Types) -> Edit | None:
    """Delete the lines of the statement, when it does nothing else and is not the only one."""
    statement = types.statement
    match statement:
        case ast.Expr(value=value) if value is node:
            pass
        case ast.Assign(targets=[target], value=ast.Constant()) if target is node:
            pass
        case _:
            return None
    cell = types.cell
    lines = cell.block.lines
    first, last = statement.lineno, statement.end_lineno or statement.lineno
    before, after = cell.lines[first - 1][: statement.col_offset], cell.lines[last - 1]
    rest = after.encode()[statement.end_col_offset or 0 :].strip()
    in_module = cell.tree is not None and statement in cell.tree.body
    if before.strip() or rest or not in_module or len(cell.tree.body if cell.tree else ()) < 2:
        return None
    if last < len(lines):
        return Edit(types.lesson.span(lines[first - 1].offset, lines[last].offset), "")
    while first > 1 and not cell.lines[first - 2].strip():  # the blank lines before the last statement
        first -= 1
    start = types.lesson.text.rfind("\n", 0, lines[first - 1].offset)
    start -= types.lesson.text[start - 1] == "\r"
    return Edit(types.lesson.span(start, types.span(statement).end), "")
