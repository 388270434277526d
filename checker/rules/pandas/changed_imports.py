"""Removed modules, and names in modules, where they are imported or used."""

import ast
from collections.abc import Iterator

from checker.analysis.frames.kinds import Member, Module
from checker.analysis.frames.known import Types
from checker.model import Edit, Fix
from checker.rules.pandas.editing import fix, name_span
from checker.rules.pandas.table import Change, Wanted, members, modules
from checker.rules.pandas.telling import is_meant, said
from checker.rules.rule import Report


def in_import(node: ast.Import | ast.ImportFrom, types: Types, wanted: Wanted) -> Iterator[Report]:
    """Report each imported module or name that does not exist."""
    if isinstance(node, ast.Import):
        for alias in node.names:
            yield from _module(alias, alias.name, types, wanted)
    elif not node.level and node.module:
        gone = _gone_module(node.module)
        if gone:
            if wanted(modules()[gone]):
                yield _of_module(node, gone, types)
        else:
            for alias in node.names:
                yield from _name(node.module, alias, types, wanted)


def in_module_attribute(node: ast.Attribute, types: Types, wanted: Wanted) -> Iterator[Report]:
    """Report a module that does not exist, such as `pd.util.testing`, at its last name."""
    kind = types.of(node.value)
    if not isinstance(kind, Module | Member) or _gone_module(kind.name):
        return
    change = modules().get(f"{kind.name}.{node.attr}")
    if change is not None and wanted(change):
        message = said(f"`{change.name}`", change)
        yield Report(message, name_span(node, types), intended=is_meant(change, types))


def _gone_module(name: str) -> str | None:
    """The removed module: this one, or a parent of it."""
    parts = name.split(".")
    return next(
        (known for end in range(len(parts), 1, -1) if (known := ".".join(parts[:end])) in modules()), None
    )


def _module(alias: ast.alias, name: str, types: Types, wanted: Wanted) -> Iterator[Report]:
    gone = _gone_module(name)
    if not gone or not wanted(modules()[gone]):
        return
    change = modules()[gone]
    replace = None
    span = types.span(alias)
    if change.replace and gone == name and alias.asname:
        place = types.lesson.span(span.start, span.start + len(name))
        replace = fix(f"Import `{change.replace}`.", [Edit(place, change.replace)], unsafe=False)
    yield Report(said(f"`{gone}`", change), span, intended=is_meant(change, types), fix=replace)


def _of_module(node: ast.ImportFrom, gone: str, types: Types) -> Report:
    change = modules()[gone]
    span = types.span(node)
    start = types.lesson.text.find(node.module or "", span.start, span.end)
    place = types.lesson.span(start, start + len(node.module or "")) if start >= 0 else span
    replace: Fix | None = None
    if change.replace and gone == node.module and start >= 0:
        replace = fix(f"Import from `{change.replace}`.", [Edit(place, change.replace)], unsafe=False)
    return Report(said(f"`{gone}`", change), place, intended=is_meant(change, types), fix=replace)


def _name(module: str, alias: ast.alias, types: Types, wanted: Wanted) -> Iterator[Report]:
    change: Change | None = members().get(alias.name, {}).get(module) or modules().get(
        f"{module}.{alias.name}"
    )
    if change is not None and wanted(change):
        what = f"`{module}.{alias.name}`"
        yield Report(said(what, change), types.span(alias), intended=is_meant(change, types))
