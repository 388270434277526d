"""Tests that expect text to have the dtype `object`: comparisons and calls."""

import ast
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from checker.analysis.frames.columns import Dtype, base
from checker.analysis.frames.dtypes import named_dtype
from checker.analysis.frames.holders import Items, one_or_several
from checker.analysis.frames.kinds import (
    Array,
    Dtypes,
    DtypeValue,
    Frame,
    Index,
    Kind,
    Member,
    Method,
    Series,
)
from checker.analysis.frames.known import Types
from checker.model import Fix
from checker.rules.pandas.asking_for_text import as_text, either, types_function, with_text
from checker.rules.pandas.text_columns import looks_like_text
from checker.rules.pandas.wording import severity
from checker.rules.rule import Report

_EQUALS = (ast.Eq, ast.NotEq, ast.Is, ast.IsNot)
_CONTAINS = (ast.In, ast.NotIn)
# Words in a condition that show that its author knows the new dtype.
_KNOWS_STR = frozenset({"str", "string", "is_string_dtype", "StringDtype"})
# Members that a NumPy array has and the array of a text column lacks, or does not always have.
_NUMPY_ONLY = frozenset({"flatten", "reshape", "nonzero", "fill", "tobytes", "squeeze", "clip"})


class _Test(Struct, frozen=True):
    """A test, the dtype that it is applied to, its effect for text now, and what to write instead.

    `works` says that it still finds text, with a warning.
    """

    dtype: Dtype
    sure: bool
    effect: str
    remedy: str
    fix: Fix | None = None
    works: bool = False


def in_comparison(node: ast.Compare, types: Types) -> Iterator[Report]:
    """Report `dtype == object` and similar tests, unless the condition asks for `str` as well."""
    operands = [node.left, *node.comparators]
    for operator, left, right in zip(node.ops, operands, operands[1:], strict=False):
        met = _compared(operator, types.of(left), types.of(right))
        if met and not _asks_for_text(types.alternatives):
            mended = _mended(node, operator, (left, right), met, types)
            yield from _report(node, _not_found(met, mended), types)


def _mended(
    node: ast.Compare, operator: ast.cmpop, operands: tuple[ast.expr, ast.expr], met: DtypeValue, types: Types
) -> Fix | None:
    left, right = operands
    known = met.sure and base(met.dtype) == "text"
    if isinstance(operator, ast.Is | ast.IsNot):
        return None
    if not known and isinstance(operator, _EQUALS) and isinstance(types.of(left), DtypeValue):
        return either(node, types)
    asked = right if _name_object(one_or_several(types.of(right))) else left
    return as_text(asked, types, known=known)


def in_call(node: ast.Call, types: Types) -> Iterator[Report]:
    """Report functions and methods that ask for `object`, or that do not support the dtype of text."""
    callee = types.of(node.func)
    if isinstance(callee, Method):
        test = _of_method(node, callee, types)
    else:
        test = _of_function(_name(node.func, callee), node.func, node.args, types)
    if test and not _asks_for_text(types.alternatives):
        yield from _report(node, test, types)


def _compared(operator: ast.cmpop, left: Kind, right: Kind) -> DtypeValue | None:
    """The dtype that is compared with `object`, or searched for in a list with it."""
    if isinstance(operator, _EQUALS):
        return _met(left) if _name_object([right]) else _met(right) if _name_object([left]) else None
    if not isinstance(operator, _CONTAINS):
        return None
    if _name_object([left]):  # `"object" in str(dtype)`, `object in df.dtypes.tolist()`
        return _met(right.item if isinstance(right, Items) else right)
    return _met(left) if _name_object(one_or_several(right)) else None


def _of_function(name: str, function: ast.expr, arguments: Sequence[ast.expr], types: Types) -> _Test | None:
    kinds = [types.of(each) for each in arguments]
    match name, kinds:
        case "pandas.api.types.is_object_dtype", [of]:
            met = _met(of)
            return _not_found(met, types_function(function, types)) if met else None
        case "numpy.issubdtype", [DtypeValue() as met, wanted]:
            if named_dtype(wanted) in ("object", "text") or _may_be_text(arguments[0], met, types):
                remedy = "Use the functions of `pandas.api.types`, such as `is_numeric_dtype`."
                return _Test(met.dtype, met.sure, "NumPy does not know it and raises TypeError", remedy)
        case "builtins.isinstance", [DtypeValue() as met, Member("numpy.dtype")]:
            if _may_be_text(arguments[0], met, types):
                remedy = "Use `pd.api.types.is_string_dtype` or `pd.StringDtype`."
                return _Test(met.dtype, met.sure, "it is not a NumPy dtype", remedy)
        case ("builtins.type", [Array(extension=True) as of]) | (
            "builtins.isinstance",
            [Array(extension=True) as of, Member("numpy.ndarray")],
        ):
            if looks_like_text(of.dtype, _column(arguments[0], types)):
                return _Test(of.dtype, of.sure, "their values are not a NumPy array", "Use `.to_numpy()`.")
    return None


def _of_method(node: ast.Call, method: Method, types: Types) -> _Test | None:
    match method.of:
        case Frame() as frame if method.name in ("select_dtypes", "describe"):
            first = 0 if method.name == "select_dtypes" else 1
            wanted = [word.value for word in node.keywords if word.arg in ("include", "exclude")]
            wanted += node.args[first : first + 2]
            if _name_object([kind for each in wanted for kind in one_or_several(types.of(each))]):
                effect = "selecting `object` columns warns, and will leave text columns out in pandas 4"
                asked = next(each for each in wanted if _name_object(one_or_several(types.of(each))))
                mended = with_text(asked, frame, types)
                return _Test(frame.any_column(), frame.sure, effect, 'Use `"str"`.', mended, works=True)
        case Dtypes(of=frame) if method.name in ("eq", "ne", "isin"):
            if node.args and _name_object(one_or_several(types.of(node.args[0]))):
                dtype = frame.any_column()
                mended = as_text(node.args[0], types, known=frame.sure and base(dtype) == "text")
                return _not_found(DtypeValue(dtype, frame.sure), mended)
        case Array(extension=True) as array if method.name in _NUMPY_ONLY:
            column = _column(node.func.value, types) if isinstance(node.func, ast.Attribute) else None
            if looks_like_text(array.dtype, column):
                effect = f"their values have no `{method.name}`"
                return _Test(array.dtype, array.sure, effect, "Use `.to_numpy()`.")
    return None


def _met(kind: Kind) -> DtypeValue | None:
    """The dtype of a pandas object that a test is applied to."""
    match kind:
        case DtypeValue():
            return kind
        case Dtypes(of=frame):
            return DtypeValue(frame.any_column(), frame.sure)
        case Series() | Index() | Array(extension=True):
            return DtypeValue(kind.dtype, kind.sure)
    return None


def _not_found(met: DtypeValue, mended: Fix | None) -> _Test:
    remedy = 'Compare with `"str"`, or use `pd.api.types.is_string_dtype`.'
    return _Test(met.dtype, met.sure, "a test for `object` no longer matches them", remedy, mended)


def _name_object(kinds: Iterable[Kind]) -> bool:
    """Whether `object` is among the alternatives, and text is not."""
    names = {named_dtype(kind) for kind in kinds if kind != Member("numpy.object")}
    return "object" in names and not names & {"text", "string"}


def _asks_for_text(alternatives: Iterable[ast.expr]) -> bool:
    """Whether another operand of the same `or` asks for the new dtype."""
    words = {
        getattr(node, "id", None) or getattr(node, "attr", None) or getattr(node, "value", None)
        for alternative in alternatives
        for node in ast.walk(alternative)
    }
    return not _KNOWS_STR.isdisjoint(word for word in words if isinstance(word, str))


def _name(node: ast.expr, callee: Kind) -> str:
    """A function's dotted name; `is_object_dtype` is known even when its import is not visible."""
    if isinstance(callee, Member):
        return callee.name
    short = node.id if isinstance(node, ast.Name) else ""
    return "pandas.api.types.is_object_dtype" if short == "is_object_dtype" else ""


def _may_be_text(node: ast.expr, met: DtypeValue, types: Types) -> bool:
    """Whether a column holds text, has a name that suggests it, or is any column of a frame with text."""
    series = _series(node, types)
    if met.dtype == "" and series is not None and series.source is not None and series.source.column is None:
        return True
    return looks_like_text(met.dtype, _column(node, types))


def _column(node: ast.expr, types: Types) -> str | None:
    series = _series(node, types)
    return series.name if series else None


def _series(node: ast.expr, types: Types) -> Series | None:
    """The series of `series.dtype` or `series.unique()`."""
    below = node.func if isinstance(node, ast.Call) else node
    kind = types.of(below.value) if isinstance(below, ast.Attribute) else None
    return kind if isinstance(kind, Series) else None


def _report(node: ast.expr, test: _Test, types: Types) -> Iterator[Report]:
    if base(test.dtype) not in ("", "text"):
        return
    known = base(test.dtype) == "text"
    condition = (
        ""
        if known
        else " This matters only if there is text: give the column a `dtype` to make this certain."
    )
    if not test.sure:
        condition += " The lesson does not show where the data comes from."
    yield Report(
        f"Since pandas 3, text columns have the dtype `str`: {test.effect}. {test.remedy}{condition}",
        types.span(node),
        severity=severity(sure=known and test.sure and not test.works),
        intended="TypeError" in types.handled,
        fix=test.fix,
    )
