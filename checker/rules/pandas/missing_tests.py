"""Tests that expect None in a text column, where missing values are NaN since pandas 3."""

import ast
from collections.abc import Iterator, Sequence

from checker.analysis.frames.columns import Dtype, base, suggested
from checker.analysis.frames.holders import Items, Mapping, one_or_several
from checker.analysis.frames.kinds import (
    NONE,
    Accessor,
    Array,
    Constant,
    Element,
    Frame,
    Kind,
    Member,
    Method,
    Module,
    Series,
    text_of,
)
from checker.analysis.frames.known import Types
from checker.model import Edit, Fix
from checker.rules.pandas.wording import quoted, severity
from checker.rules.rule import Report

# What `astype(str)` used to make of a missing value.
_WORDS = frozenset({"None", "nan", "NaN", "NaT", "<NA>"})
_SEARCHING = frozenset({"eq", "ne", "isin", "replace", "contains", "fullmatch", "match"})
_NEVER = "a missing value in a text column is NaN since pandas 3, never None"


def in_comparison(node: ast.Compare, types: Types) -> Iterator[Report]:
    """Report `value is None`, `None in values` and `texts == "nan"`."""
    if len(node.ops) != 1 or _is_only_body(node, types):
        return
    left, operator, right = node.left, node.ops[0], node.comparators[0]
    match operator:
        case ast.Is() | ast.IsNot() | ast.Eq() | ast.NotEq() if types.of(right) == NONE:
            yield from _tested(node, left, types)
        case ast.In() | ast.NotIn() if types.of(left) == NONE:
            yield from _looked_for(node, types.of(right), types)
    if isinstance(operator, ast.Eq | ast.NotEq):
        for texts, word in ((left, right), (right, left)):
            if _is_cast(types.of(texts)) and text_of(types.of(word)) in _WORDS:
                yield _kept(node, word, types)


def _is_only_body(node: ast.Compare, types: Types) -> bool:
    """Whether this is the whole body of a lambda: then the call that it is passed to is reported."""
    function = types.function
    return isinstance(function, ast.Lambda) and function.body is node and types.is_handed_over(function)


def _tested(node: ast.Compare, value: ast.expr, types: Types) -> Iterator[Report]:
    known = _known(types.of(value))
    if known is None:
        return
    name = quoted(types.source(value), "the value")
    yield _never(
        node, f"{name} is a value of a text column, and {_NEVER}", types, known=known, fix=_is_na(node, types)
    )


def _looked_for(node: ast.Compare, values: Kind, types: Types) -> Iterator[Report]:
    known = _known(values.item) if isinstance(values, Items) else None
    if isinstance(values, Array) and values.dtype == "text-or-none":
        known = values.sure
    if known is not None:
        yield _never(node, f"{_NEVER[0].upper()}{_NEVER[1:]}", types, known=known)


def _known(kind: Kind) -> bool | None:
    """Whether a value is known to come from text with None in it; None when nothing suggests that."""
    if not isinstance(kind, Element):
        return None
    if kind.dtype == "text-or-none":
        return kind.sure
    return False if kind.dtype == "" and base(suggested(kind.column)) == "text" else None


def in_call(node: ast.Call, types: Types) -> Iterator[Report]:
    """Report methods that look for None, or for the word that a missing value used to become."""
    method = types.of(node.func)
    if not isinstance(method, Method) or not isinstance(node.func, ast.Attribute):
        return
    match method.of:
        case Series() as series if method.name in ("apply", "map") and len(node.args) == 1:
            yield from _asked_of_each(node, node.args[0], series, types)
        case Items() as items if method.name == "count" and node.args and types.of(node.args[0]) == NONE:
            if (known := _known(items.item)) is not None:
                yield _never(node, f"{_NEVER[0].upper()}{_NEVER[1:]}", types, known=known)
    if _is_cast(_of_texts(method)) and method.name in _SEARCHING:
        words = [each for argument in node.args for each in _words(types.of(argument))]
        if not _WORDS.isdisjoint(words):
            yield _kept(node, node.args[0], types)
    if method.name in ("where", "mask") and len(node.args) == 2 and types.of(node.args[1]) == NONE:
        yield from _replaced_by_none(node, method.of, types)
    if method.name == "astype" and _is_holed(method.of) and node.args and _is_bool(types.of(node.args[0])):
        yield _never(node, f"NaN counts as true, and {_NEVER}", types, known=_is_sure(method.of))


def _of_texts(method: Method) -> Kind:
    """The series that a method, or a method of its `.str`, searches."""
    return method.of.of if isinstance(method.of, Accessor) and method.of.name == "str" else method.of


def _asked_of_each(node: ast.Call, function: ast.expr, series: Series, types: Types) -> Iterator[Report]:
    """`column.apply(lambda value: value is None)`."""
    match function:
        case ast.Lambda(
            args=ast.arguments(args=[parameter]),
            body=ast.Compare(
                left=ast.Name(id=name),
                ops=[ast.Is() | ast.IsNot() as operator],
                comparators=[ast.Constant(value=None)],
            ),
        ) if parameter.arg == name:
            known = _known(Element(series.dtype, series.sure, series.name))
            if known is None or (known is False and series.sure):
                return
            method = "isna" if isinstance(operator, ast.Is) else "notna"
            assert isinstance(node.func, ast.Attribute)
            edit = Edit(types.from_dot(node.func, node), f".{method}()")
            fix = Fix(f"Use `.{method}()`", "safe", (edit,))
            yield _never(node, f"{_NEVER[0].upper()}{_NEVER[1:]}", types, known=known, fix=fix)


def in_truth(node: ast.BoolOp | ast.IfExp | ast.If | ast.UnaryOp, types: Types) -> Iterator[Report]:
    """Report a text value whose truth is used as a test for a missing value: NaN is true."""
    match node:
        case ast.BoolOp(values=[*tested, _]):
            pass
        case ast.IfExp(test=test) | ast.If(test=test) | ast.UnaryOp(op=ast.Not(), operand=test):
            tested = [test]
        case _:
            return
    for value in tested:
        kind = types.of(value)
        if isinstance(kind, Element) and kind.dtype == "text-or-none":
            name = quoted(types.source(value), "the value")
            message = (
                f"{name} may be missing, and since pandas 3 a missing value is NaN, which counts as true"
            )
            yield _never(value, message, types, known=kind.sure)


def _replaced_by_none(node: ast.Call, of: Kind, types: Types) -> Iterator[Report]:
    if isinstance(of, Series):
        dtype: Dtype = of.dtype
        likely = dtype == "" and (not of.sure or base(suggested(of.name)) == "text")
    elif isinstance(of, Frame):
        dtype = of.any_column()
        likely = dtype == ""
    else:
        return
    if base(dtype) == "text" or likely:
        known = not likely and _is_sure(of)
        message = f"Since pandas 3, a text column holds no None: `{_method(node)}` leaves NaN in it"
        yield _never(node, message, types, known=known, remedy="Cast it first, with `.astype(object)`.")


def _method(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else ""


def _is_cast(kind: Kind) -> bool:
    return isinstance(kind, Series) and kind.dtype == "text-cast"


def _is_holed(kind: Kind) -> bool:
    return isinstance(kind, Series) and kind.dtype == "text-or-none"


def _is_sure(kind: Kind) -> bool:
    return kind.sure if isinstance(kind, Series | Frame) else True


def _is_bool(kind: Kind) -> bool:
    return kind in (Constant("bool"), Member("builtins.bool"))


def _words(kind: Kind) -> Sequence[str]:
    """The words in an argument: one, several, or the keys of a dict."""
    if isinstance(kind, Mapping):
        return list(kind.items)
    return [word for word in map(text_of, one_or_several(kind)) if word]


def _kept(node: ast.expr, word: ast.expr, types: Types) -> Report:
    return Report(
        "Since pandas 3, `astype(str)` keeps missing values instead of turning them into "
        f"{quoted(types.source(word), 'the word')}: this finds nothing. Use `.isna()`.",
        types.span(node),
        fix=_asked_directly(node, types),
    )


def _asked_directly(node: ast.expr, types: Types) -> Fix | None:
    """`texts.isna()` for `texts == "nan"`."""
    match node:
        case ast.Compare(left=left, ops=[ast.Eq() | ast.NotEq() as operator]) if _is_cast(types.of(left)):
            method = "isna" if isinstance(operator, ast.Eq) else "notna"
            span = types.from_operator(node)
            return Fix(f"Use `.{method}()`", "safe", (Edit(span, f".{method}()"),)) if span else None
    return None


def _is_na(node: ast.Compare, types: Types) -> Fix | None:
    """`pd.isna(value)` for `value is None`, where the lesson imports pandas."""
    if types.named("pd") != Module("pandas"):
        return None
    function = "isna" if isinstance(node.ops[0], ast.Is | ast.Eq) else "notna"
    edit = Edit(types.span(node), f"pd.{function}({types.source(node.left)})")
    return Fix(f"Use `pd.{function}`", "safe", (edit,))


def _never(  # noqa: PLR0913
    node: ast.expr,
    message: str,
    types: Types,
    *,
    known: bool,
    fix: Fix | None = None,
    remedy: str = "Use `.isna()` or `pd.isna(...)`.",
) -> Report:
    condition = "" if known else " This holds if the column is text with None in it, as it seems."
    return Report(f"{message}. {remedy}{condition}", types.span(node), severity=severity(sure=known), fix=fix)
