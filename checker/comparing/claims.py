"""Compares what a comment claims about a statement with the statement's result."""

import ast
import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import islice
from typing import Any

from checker.comparing.screen import as_seen
from checker.comparing.texts import Comparer, TooLongError
from checker.comparing.words import plain_scalars
from checker.model.traces import Told
from checker.patterns import regex

_DTYPE = regex(
    r"(?:dtype\()?['\"]?((?:(?:u?int|U?Int|[fF]loat|complex)\d+|bool(?:ean)?|object|str|string|category|O|Sparse"
    r"|datetime64|timedelta64|period|interval|[<>|]?[USVMm]\d+)(?:\[[^\]]*\])?)['\"]?\)?(?![\w\[])"
)
_SHOWN_DTYPE = regex(r"\bdtype: (\S.*)\Z")
# What separates a value from the author's explanation.
_EXPLAINS = regex(r"\s*(?:[(;,#—–]|\s-\s|\s{2,}|:\s)(?=\s*[^\s\d])")
_MOST_PARTS = 20
# `rows: `, `Sum is `: words, and what separates them from a value.
_BEHIND_WORDS = regex(r"(?<=[^\W\d_])[)\]]?(?:[ \t]*[:=：][ \t]*|[ \t]+)")
_CALL = regex(r"([A-Za-z_][\w.]*)\(.*\)", re.DOTALL)
_ALONE = frozenset({"nan", "nat", "inf", "-inf", "<na>", "none"})
_TYPES = frozenset({
    "int", "float", "str", "bool", "list", "dict", "set", "tuple", "bytes", "complex", "frozenset",
    "NoneType", "DataFrame", "Series", "Index", "RangeIndex", "MultiIndex", "DatetimeIndex",
    "TimedeltaIndex", "PeriodIndex", "ndarray", "Timestamp", "Timedelta", "Period",
})  # fmt: skip
_PROSE = frozenset({
    "ok", "okay", "works", "fine", "good", "bad", "fails", "error", "errors", "raises", "same", "nothing",
    "empty", "yes", "no", "done", "slow", "fast", "wrong", "right", "correct", "incorrect", "new", "old",
    "before", "after", "copy", "view", "warning", "warns", "silent", "unchanged", "changed",
})  # fmt: skip
_LONGEST = 2_000
_ALIKE = 0.6
_SCREENS = 60  # characters of a text that are examined to see whether it is prose


def claim_holds(kind: str, text: str, told: Told, *, prints: bool) -> bool | None:
    """Whether a statement's result is what its comment claims; None when that cannot be told.

    `kind` is "dtype", "shown", "value" or "literal"; `prints` says that the claim is about what was printed.
    """
    try:
        if kind == "dtype":
            return _dtype_holds(text, told, prints=prints)
        if kind == "shown":
            return _is_shown(text, told)
        return _printed_holds(text, told) if prints else _value_holds(kind, text, told)
    except TooLongError:
        return None


def shown_value(kind: str, told: Told, *, prints: bool) -> str:
    """The actual value to replace the claim."""
    if prints:
        return as_seen(told.printed).strip("\n")
    if kind == "dtype" and told.dtypes:
        return told.dtypes[0]
    is_dtype = "dtype" in told.types or "ExtensionDtype" in told.types
    return plain_scalars(told.texts[-1 if is_dtype or len(told.texts) > 2 else 0])


def _dtype_holds(text: str, told: Told, *, prints: bool) -> bool | None:
    claimed = _DTYPE.match(text)
    if claimed is None:
        return None
    names: Sequence[str] = told.dtypes
    if prints:
        printed = told.printed.strip()
        last = _SHOWN_DTYPE.search(printed)
        names = [last[1]] if last else [printed]
    elif "dtype" in told.types or "ExtensionDtype" in told.types:
        names = told.texts
    found = [each for name in names if (each := _DTYPE.match(name))]
    if not found:
        return None
    return _plain_dtype(claimed[1]) in {_plain_dtype(each[1]) for each in found}


def _plain_dtype(name: str) -> str:
    name = {"O": "object"}.get(name, name).replace(" ", "").replace('"', "'")
    return "string" if name.startswith("string[") else name


def _is_shown(text: str, told: Told) -> bool | None:
    """Whether a statement showed this: what it printed, or its value."""
    printed = as_seen(told.printed).strip()
    if not printed and not told.texts:
        return None
    shown = (printed, *map(plain_scalars, told.texts)) if told.texts != ("None",) else (printed,)
    return any(_same(text, each) or _same(_unquoted(text), each) for each in shown)


def _printed_holds(text: str, told: Told) -> bool | None:
    printed = as_seen(told.printed).strip()
    if any(_same(each, printed) for each in (text, _unquoted(text), _spread(text))):
        return True
    if _is_a_class(printed) and _class_name(text) == _class_name(printed):
        return True
    if printed.count("\n") > text.count("\n"):
        return None
    if _is_literal(text):
        return _ends_labelled(text, printed)
    if explained := _explained(text):
        return _printed_holds(explained, told)
    if _is_a_class(printed) and _class_name(text) in _TYPES:
        return False
    one_word = len(text.split()) == len(printed.split()) == 1 and text.lower().strip(".!") not in _PROSE
    return False if one_word or _are_alike(text, printed) else None


def _ends_labelled(text: str, printed: str) -> bool:
    """Whether the value is at the end of a line after words that describe it: `rows: 2`."""
    if "\n" in printed:
        return False
    ends = islice(_BEHIND_WORDS.finditer(printed[:_LONGEST]), _MOST_PARTS)
    return any(_same(text, printed[found.end() :]) for found in ends)


def _value_holds(kind: str, text: str, told: Told) -> bool | None:
    texts = [plain_scalars(each) for each in told.texts]
    if not texts or (kind == "literal" and texts == ["None"]):
        return None
    if any(_same(text, each) or _same_literal(text, each) for each in texts):
        return True
    if _is_literal(text):
        content = _unquoted(text)
        if content != text and any(_same(content, each) or each.startswith(content) for each in texts[1:]):
            return True  # a date, a path: the result of `str`
        comparable = any(_is_literal(each) for each in texts)
        return False if comparable or (kind == "value" and texts[0].count("\n") == 0) else None
    return _words_hold(text, told, texts)


def _words_hold(text: str, told: Told, texts: Sequence[str]) -> bool | None:
    """The same for what is no literal: a dtype, a type, a `repr`, or words for readers."""
    name = _class_name(text)
    if (
        name in told.types
        or any(_is_a_class(each) and _class_name(each) == name for each in texts)
        or text in told.dtypes
        or _quoted_in(text, texts)
    ):
        return True
    if text.lower() in _ALONE:
        return False
    if _DTYPE.fullmatch(text) and name not in _TYPES:
        return _dtype_holds(text, told, prints=False)
    if name in _TYPES:
        is_dtype = _dtype_holds(text, told, prints=False)
        return is_dtype if is_dtype is not None else False
    if explained := _explained(text):
        return _value_holds("value", explained, told)
    call, others = _CALL.fullmatch(text), [found for each in texts if (found := _CALL.fullmatch(each))]
    if call is not None:
        return False if any(each[1] == call[1] for each in others) else None
    if "str" in told.types and _are_alike(text, _unquoted(texts[0])):
        return False
    return None


def _class_name(text: str) -> str:
    return text.removeprefix("<class '").removesuffix("'>").rpartition(".")[2]


def _is_a_class(text: str) -> bool:
    return text.startswith("<class '") and text.endswith("'>")


def _quoted_in(text: str, texts: Sequence[str]) -> bool:
    return any(_same(text, _unquoted(each)) for each in texts)


def _explained(text: str) -> str:
    """The value before an explanation; empty when there is no explanation, or no value."""
    for found in islice(_EXPLAINS.finditer(text[:_LONGEST]), _MOST_PARTS):
        value = text[: found.start()]
        if _is_literal(value) or _DTYPE.fullmatch(value):
            return value
    return ""


def _same(shown: str, printed: str) -> bool:
    return Comparer().same(shown, printed)


def _same_literal(text: str, other: str) -> bool:
    """Whether two literals have the same value; a tuple without brackets may also be a list."""
    one, two = _literal(text), _literal(other)
    if isinstance(one, tuple) and not text.startswith("(") and isinstance(two, list | tuple):
        return list(one) == list(two)
    return one is not _NONE and two is not _NONE and bool(one == two)


_NONE = object()


def _literal(text: str) -> Any:
    try:
        return ast.literal_eval(text) if len(text) <= _LONGEST else _NONE
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return _NONE


def _is_literal(text: str) -> bool:
    return _literal(text) is not _NONE


def _unquoted(text: str) -> str:
    value = _literal(text)
    return value if isinstance(value, str) else text


def _spread(text: str) -> str:
    """A tuple as `print` writes its parts."""
    value = _literal(text)
    return " ".join(map(str, value)) if isinstance(value, tuple) else text


def _are_alike(text: str, other: str) -> bool:
    """Whether two texts are so similar that one is meant to be the other."""
    return SequenceMatcher(None, text[:_SCREENS], other[:_SCREENS], autojunk=False).ratio() >= _ALIKE
