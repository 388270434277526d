"""Fill values that do not fit the column, and masks that are combined with text."""

import ast
from collections.abc import Iterator
from itertools import islice

from checker.analysis.frames.columns import Dtype, base, suggested
from checker.analysis.frames.dtypes import dtype_of, is_missing
from checker.analysis.frames.holders import Mapping
from checker.analysis.frames.kinds import Constant, Frame, Kind, Method, Series, scalar_name
from checker.analysis.frames.known import Types
from checker.patterns import regex
from checker.rules.pandas.wording import quoted, severity
from checker.rules.rule import Report

_NUMBERS = frozenset({"int", "float", "bool"})
# Text that pandas parses as a date.
_DATE_LIKE = regex(r"\d{2,4}[-/.]\d|now|today")
_WORDS: dict[Dtype, str] = {"text": "text", "float": "numbers", "datetime": "dates", "timedelta": "times"}
_FILLED: dict[Dtype, Dtype] = {"int": "float", "float": "float", "text": "text"}
_LOGICAL = (ast.BitAnd, ast.BitOr, ast.BitXor)


def in_filling(node: ast.Call, types: Types) -> Iterator[Report]:
    """Report `fillna` and `fill_value` with a value that does not fit the column's dtype."""
    method = types.of(node.func)
    if not isinstance(method, Method):
        return
    if method.name == "fillna":
        value = node.args[0] if node.args else _keyword(node, "value")
        if value is not None:
            yield from _filled(node, method.of, value, types)
    elif method.name == "reindex" and isinstance(method.of, Frame):
        yield from _reindexed(node, method.of, types)
    elif method.name in ("shift", "reindex") and isinstance(method.of, Series):
        value = _keyword(node, "fill_value")
        dtype, sure = method.of.dtype, method.of.sure
        if value is not None and base(dtype) == "text":
            yield from _one_filled(node, dtype, types.of(value), types, sure=sure, raises=True)
        elif value is not None and base(dtype) in ("int", "float"):
            yield from _one_filled(node, "float-or-nan", types.of(value), types, sure=sure)


def _reindexed(node: ast.Call, frame: Frame, types: Types) -> Iterator[Report]:
    """New rows are filled in every column, new columns in none of those that are there."""
    value = _keyword(node, "fill_value")
    if value is None or {"columns", "axis", None} & {word.arg for word in node.keywords}:
        return
    if not {"int", "float"}.isdisjoint(map(base, frame.columns.values())):
        yield from _one_filled(node, "float-or-nan", types.of(value), types, sure=frame.sure)


def _keyword(node: ast.Call, name: str) -> ast.expr | None:
    return next((word.value for word in node.keywords if word.arg == name), None)


def _filled(node: ast.Call, of: Kind, value: ast.expr, types: Types) -> Iterator[Report]:
    if isinstance(of, Series) and not _is_any_column(node, types):
        dtype = of.dtype or _by_name(of.name)
        known = of.sure and of.dtype != ""
        yield from _one_filled(node, dtype, types.of(value), types, sure=known)
    elif isinstance(of, Frame):
        found = (
            report
            for dtype, filler in _filled_columns(of, types.of(value))
            for report in _one_filled(node, dtype, filler, types, sure=of.sure)
        )
        yield from islice(found, 1)  # one report a call


def _filled_columns(frame: Frame, filler: Kind) -> Iterator[tuple[Dtype, Kind]]:
    """The dtypes of the columns that certainly have gaps, each with what fills them."""
    pairs = (
        [(frame.columns.get(name, ""), each) for name, each in filler.items.items()]
        if isinstance(filler, Mapping)
        else [(dtype, filler) for dtype in frame.columns.values()]
    )
    return (pair for pair in pairs if pair[0] in ("text-or-none", "float-or-nan"))


def _is_any_column(node: ast.Call, types: Types) -> bool:
    """Whether this fills `df[name]` for an unknown column."""
    match node.func:
        case ast.Attribute(value=ast.Subscript(slice=key)):
            return not isinstance(types.of(key), Constant)
    return False


def _by_name(column: str | None) -> Dtype:
    """The dtype that a column's name suggests; dates are left out, because they are text until parsed."""
    dtype = base(suggested(column))
    return _FILLED.get(dtype, "")


def _one_filled(  # noqa: PLR0913
    node: ast.Call, dtype: Dtype, filler: Kind, types: Types, *, sure: bool, raises: bool = False
) -> Iterator[Report]:
    held = base(dtype)
    if held not in _WORDS or not _is_refused(held, filler):
        return
    # In a column without gaps nothing is filled, whatever the value.
    known = sure and (dtype not in ("text", "float", "datetime", "timedelta") or raises)
    condition = "" if known else " This holds if the column has missing values and is what it seems to be."
    effect = "raises TypeError" if raises else "warns, and will raise in pandas 4"
    yield Report(
        f"Since pandas 3, a column of {_WORDS[held]} does not accept such a value: this {effect}. "
        f"Fill it with {_WORDS[held]}, or cast it first, with `.astype(object)`.{condition}",
        types.span(node),
        severity=severity(sure=known and raises),
        intended=raises and "TypeError" in types.handled,
    )


def _is_refused(held: Dtype, filler: Kind) -> bool:
    if is_missing(filler):
        return False
    given = scalar_name(filler)
    if given is None:
        given = base(dtype_of(filler)) if isinstance(filler, Series) else None
        return held == "text" and given in _NUMBERS
    if held == "text":
        return given in _NUMBERS
    if held == "float":
        return given == "str"
    if isinstance(filler, Constant) and isinstance(filler.value, str):
        return not _DATE_LIKE.match(filler.value)
    return given in _NUMBERS


def in_mask(node: ast.BinOp, types: Types) -> Iterator[Report]:
    """Report `mask & df["name"]`: text in the place of a second mask."""
    mask, other = types.of(node.left), types.of(node.right)
    if not isinstance(node.op, _LOGICAL) or not isinstance(mask, Series) or not isinstance(other, Series):
        return
    likely = other.dtype == "" and base(suggested(other.name)) == "text"
    if base(mask.dtype) != "bool" or not (base(other.dtype) == "text" or likely):
        return
    name = quoted(types.source(node.right), "the column")
    condition = "" if not likely else " This holds if the value is text, as its name suggests."
    yield Report(
        f"{name} is text, and a mask combines with text as if the text were true: this warns, and "
        f"will raise in pandas 4. Compare it with something, or use `.notna()`.{condition}",
        types.span(node),
        severity="warning",
    )
