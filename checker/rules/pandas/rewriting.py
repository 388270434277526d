"""Fixes that rewrite a call, by the name of the rewriting in the tables."""

import ast
from collections.abc import Callable, Mapping

from checker.analysis.frames.holders import Mapping as Dict
from checker.analysis.frames.kinds import Frame, Series
from checker.analysis.frames.known import Types
from checker.model import Edit, Fix
from checker.rules.pandas.editing import fix, inserted, renamed, replaced, without, written

_FILLS = {"ffill": "ffill", "pad": "ffill", "bfill": "bfill", "backfill": "bfill", "nearest": "nearest"}
# Arguments that `ffill` and `bfill` have as well.
_OF_FILLS = frozenset({"axis", "inplace", "limit", "limit_area"})

# What to do in words, the edits, and whether they may change the result.
_Made = tuple[str, list[Edit], bool]
_MemberRewrite = Callable[[ast.Attribute, ast.Call, Types], "_Made | None"]


def rewritten_member(
    name: str, node: ast.Attribute, call: ast.Call | None, types: Types, *, sure: bool
) -> Fix | None:
    """The fix for a removed member; None where the surrounding code prevents it."""
    if name == "numpy":
        return _numpy(node, types, sure=sure)
    made = MEMBERS[name](node, call, types) if call is not None else None
    if made is None:
        return None
    message, edits, unsafe = made
    return fix(message, edits, unsafe=unsafe, sure=sure)


def _numpy(node: ast.Attribute, types: Types, *, sure: bool) -> Fix | None:
    if not types.mentions("import numpy as np"):
        return None
    return fix("Write `np`.", [replaced(node, "np", types)], unsafe=False, sure=sure)


def _concat(node: ast.Attribute, call: ast.Call, types: Types) -> _Made | None:
    if len(call.args) != 1 or isinstance(call.args[0], ast.Starred) or not types.mentions("pd."):
        return None
    what, other = types.of(node.value), types.of(call.args[0])
    code = written(call.args[0], types)
    if isinstance(other, Dict) and isinstance(what, Frame):
        code = f"pd.DataFrame([{code}])"
    elif type(other) is not type(what):
        return None
    words = "".join(f", {written(word, types)}" for word in call.keywords)
    text = f"pd.concat([{written(node.value, types)}, {code}]{words})"
    return "Write `pd.concat`.", [replaced(call, text, types)], isinstance(other, Dict)


def _transpose(node: ast.Attribute, call: ast.Call, types: Types) -> _Made | None:
    axes = {each.value for each in call.args if isinstance(each, ast.Constant)}
    if axes not in ({0, 1}, {"index", "columns"}):
        return None
    return "Write `transpose()`.", [_call_as(node, call, "transpose()", types)], False


def _ungroup(node: ast.Attribute, call: ast.Call, types: Types) -> _Made | None:
    """`df.groupby(key)[column].fillna(0)` fills regardless of groups, except with a `method`."""
    if (word := _keyword(call, "method")) is not None:
        how = _FILLS.get(_text(word.value))
        removal = without(call, word, types)
        if not how or removal is None or call.args:
            return None
        return f"Write `{how}()`.", [renamed(node, how, types), removal], False
    selected = node.value
    if not call.args or not isinstance(selected, ast.Subscript) or not isinstance(selected.value, ast.Call):
        return None
    grouped = selected.value.func
    if not isinstance(grouped, ast.Attribute) or grouped.attr != "groupby":
        return None
    span = types.lesson.span(_dot(grouped, types), types.span(selected.value).end)
    return "Fill the column itself.", [Edit(span, "")], False


def _fill_resampled(node: ast.Attribute, call: ast.Call, types: Types) -> _Made | None:
    given = call.args[0] if call.args else next((each.value for each in call.keywords), None)
    how = _FILLS.get(_text(given)) if given is not None else None
    if not how or len(call.args) + len(call.keywords) != 1:
        return None
    return f"Write `{how}()`.", [_call_as(node, call, f"{how}()", types)], False


def _method(node: ast.Attribute, call: ast.Call, types: Types) -> _Made | None:
    if not call.args or isinstance(call.args[0], ast.Starred):
        return None
    values, *rest = call.args
    code = written(values, types)
    if not isinstance(types.of(values), Series):
        code = f"{written(node.value, types)}.Series({code})"
    elif not isinstance(values, ast.Name | ast.Attribute | ast.Subscript | ast.Call):
        code = f"({code})"
    nodes: list[ast.expr | ast.keyword] = [*rest, *call.keywords]
    others = ", ".join(written(each, types) for each in nodes)
    return f"Write `.{node.attr}()`.", [replaced(call, f"{code}.{node.attr}({others})", types)], False


def _now(node: ast.Attribute, call: ast.Call, types: Types) -> _Made | None:
    if call.args or call.keywords:
        return None
    return 'Write `now("UTC")`.', [_call_as(node, call, 'now("UTC")', types)], False


def _read_excel(node: ast.Attribute, call: ast.Call, types: Types) -> _Made | None:
    if not types.mentions("pd."):
        return None
    nodes: list[ast.expr | ast.keyword] = [node.value, *call.args, *call.keywords]
    given = ", ".join(written(each, types) for each in nodes)
    return "Write `pd.read_excel`.", [replaced(call, f"pd.read_excel({given})", types)], False


MEMBERS: Mapping[str, _MemberRewrite] = {
    "concat": _concat,
    "transpose": _transpose,
    "ungroup": _ungroup,
    "fill": _fill_resampled,
    "method": _method,
    "now": _now,
    "read_excel": _read_excel,
}


def _call_as(node: ast.Attribute, call: ast.Call, text: str, types: Types) -> Edit:
    """Another name and other arguments for a call on the same object."""
    end = types.span(call).end
    return Edit(types.lesson.span(types.span(node).end - len(node.attr), end), text)


def _dot(node: ast.Attribute, types: Types) -> int:
    """The offset of the dot before a name."""
    end = types.span(node).end - len(node.attr)
    return types.lesson.text.rfind(".", 0, end)


def _keyword(call: ast.Call, name: str) -> ast.keyword | None:
    return next((word for word in call.keywords if word.arg == name), None)


def _text(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def rewritten_argument(
    name: str, call: ast.Call, word: ast.keyword | ast.expr, types: Types, *, sure: bool
) -> Fix | None:
    """The fix for a call with a removed argument; None where the surrounding code prevents it."""
    if not isinstance(call.func, ast.Attribute) or not isinstance(word, ast.keyword):
        return None
    made = ARGUMENTS[name](call.func, call, word, types)
    if made is None:
        return None
    message, edits, unsafe = made
    return fix(message, edits, unsafe=unsafe, sure=sure)


def _fill(node: ast.Attribute, call: ast.Call, word: ast.keyword, types: Types) -> _Made | None:
    how = _FILLS.get(_text(word.value))
    others = {each.arg for each in call.keywords if each is not word}
    removal = without(call, word, types)
    if not how or call.args or not others <= _OF_FILLS or removal is None:
        return None
    return f"Write `{how}()`.", [renamed(node, how, types), removal], False


def _fill_before(node: ast.Attribute, call: ast.Call, word: ast.keyword, types: Types) -> _Made | None:
    how = _FILLS.get(_text(word.value))
    removal = without(call, word, types)
    if not how or removal is None:
        return None
    return f"Write `.{how}()` before.", [inserted(_dot(node, types), f".{how}()", types), removal], False


def _bad_lines(_: ast.Attribute, call: ast.Call, word: ast.keyword, types: Types) -> _Made | None:
    if not _is(word, value=False):
        return _left_out(call, word, types) if _is(word, value=True) else None
    return 'Write `on_bad_lines="skip"`.', [replaced(word, 'on_bad_lines="skip"', types)], True


def _whitespace(_: ast.Attribute, call: ast.Call, word: ast.keyword, types: Types) -> _Made | None:
    if not _is(word, value=True):
        return _left_out(call, word, types) if _is(word, value=False) else None
    if _keyword(call, "sep") or _keyword(call, "delimiter"):
        return None
    return r'Write `sep=r"\s+"`.', [replaced(word, r'sep=r"\s+"', types)], False


def _is(word: ast.keyword, *, value: bool) -> bool:
    return isinstance(word.value, ast.Constant) and word.value.value is value


def _left_out(call: ast.Call, word: ast.keyword, types: Types) -> _Made | None:
    removal = without(call, word, types)
    return None if removal is None else ("Leave it out.", [removal], False)


def _inclusive(_: ast.Attribute, __: ast.Call, word: ast.keyword, types: Types) -> _Made | None:
    if not isinstance(word.value, ast.Constant):
        return None
    text = '"both"' if word.value.value is True else '"neither"'
    return f"Write `{text}`.", [replaced(word.value, text, types)], False


def _by_level(node: ast.Attribute, call: ast.Call, word: ast.keyword, types: Types) -> _Made | None:
    removal = without(call, word, types)
    if removal is None or call.args or _keyword(call, "axis"):
        return None
    grouping = f".groupby({written(word, types)})"
    return f"Write `{grouping}` before.", [inserted(_dot(node, types), grouping, types), removal], False


def _how(_: ast.Attribute, call: ast.Call, word: ast.keyword, types: Types) -> _Made | None:
    method, removal = _text(word.value), without(call, word, types)
    if not method.isidentifier() or removal is None:
        return None
    end = types.span(call).end
    return f"Write `.{method}()` after it.", [removal, inserted(end, f".{method}()", types)], False


def _suffixes(_: ast.Attribute, call: ast.Call, word: ast.keyword, types: Types) -> _Made | None:
    left, right = _keyword(call, "lsuffix"), _keyword(call, "rsuffix")
    names = [written(each.value, types) if each else '""' for each in (left, right)]
    edits = [replaced(word, f"suffixes=({', '.join(names)})", types)]
    other = right if word is left else left
    if other is not None:
        removal = without(call, other, types)
        if removal is None:
            return None
        edits.append(removal)
    return "Write `suffixes=`.", edits, False


def _assign_back(node: ast.Attribute, call: ast.Call, word: ast.keyword, types: Types) -> _Made | None:
    removal = without(call, word, types)
    if removal is None or not isinstance(word.value, ast.Constant):
        return None
    if word.value.value is not True:
        return "Leave it out.", [removal], False
    statement, name = types.statement, node.value
    alone = isinstance(statement, ast.Expr) and statement.value is call
    if not alone or not isinstance(name, ast.Name) or not types.is_assigned_only(name.id):
        return None
    # Other names of the same object, or the caller of a function, would no longer see the change.
    unsafe = types.is_held_elsewhere(name.id) or types.function is not None
    start = types.span(statement).start
    return "Assign the result.", [inserted(start, f"{name.id} = ", types), removal], unsafe


ARGUMENTS: Mapping[
    str,
    Callable[[ast.Attribute, ast.Call, ast.keyword, Types], _Made | None],
] = {
    "fill": _fill,
    "fill_before": _fill_before,
    "bad_lines": _bad_lines,
    "whitespace": _whitespace,
    "inclusive": _inclusive,
    "by_level": _by_level,
    "how": _how,
    "suffixes": _suffixes,
    "assign_back": _assign_back,
}
