"""Patterns that `str.replace` takes as they stand."""

import ast
from collections.abc import Iterator

from checker.analysis.frames.kinds import Accessor, Function, Method, texts_of
from checker.analysis.frames.known import Types
from checker.model import Edit, Fix
from checker.patterns import regex
from checker.rules.pandas.calling import given
from checker.rules.pandas.wording import severity
from checker.rules.rule import Report

# What nobody writes who means the text itself: `\d`, `\.`, `[^a-z]`, `.*`, a `^` in front; `\data` is a path.
_PATTERN = regex(r"\\[dDwWsSbB](?![A-Za-z])|\\[.()\[\]{}+*?|^$]|\[\^|\[[^\]]{0,40}\w-\w|\.[*+]|\(\?|^\^.")


def as_text(node: ast.Call, types: Types) -> Iterator[Report]:
    """Report `text.str.replace("[^0-9]", "")` without `regex=True`."""
    match types.of(node.func):
        case Method(of=Accessor(name="str", of=values), name="replace") if len(node.args) < 3:
            sure = values.sure
        case _:
            return
    # `case` and `flags` are of patterns alone.
    if {"regex", "case", "flags", None} & {word.arg for word in node.keywords}:
        return
    pattern, new = given(node, "pat", 0), given(node, "repl", 1)
    fix = Fix("Pass regex=True", "unsafe", (Edit(types.inside_end(node), ", regex=True"),))
    if new is not None and (isinstance(new, ast.Lambda) or isinstance(types.of(new), Function)):
        yield Report(
            "Since pandas 2.0, `str.replace` takes a function only with `regex=True`: this raises "
            "ValueError.",
            types.span(node),
            severity=severity(sure=sure),
            intended="ValueError" in types.handled,
            fix=fix,
        )
    elif pattern is not None and any(map(_PATTERN.search, texts_of(types.of(pattern)))):
        yield Report(
            f"Since pandas 2.0, `str.replace` looks for {types.source(pattern)} as it stands, not as a "
            "pattern, and finds nothing. Pass `regex=True`.",
            types.span(node),
            severity="warning",
            fix=fix,
        )
