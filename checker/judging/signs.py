"""Maps warnings and exceptions of pandas to the rules that look for their cause.

A sign matches the type and the message of a warning or exception. It is evidence for any of its rules when
reading found one of them there, otherwise for the first. The messages are those of pandas 3.1; a message that
changes is no longer matched, and its exception is reported like any other.
"""

import re
from collections.abc import Iterator

from msgspec import Struct

from checker.model import RunError, RunWarning
from checker.patterns import regex
from checker.rules.pandas.table import ArgumentChange, members, rows


class Sign(Struct, frozen=True):
    """`types` are class names without their modules; `says` is searched for in the message."""

    types: tuple[str, ...]
    says: re.Pattern[str]
    rules: tuple[str, ...]


def _sign(types: str, says: str, *rules: str) -> Sign:
    return Sign(tuple(types.split()), re.compile(says), rules)


_DEPRECATED = regex(r"Pandas(?:\d+|Deprecation|PendingDeprecation|Future)Warning")
_CHAINED = "ChainedAssignmentError"
_WARNINGS = (
    _sign(_CHAINED, r"inplace", "inplace-on-selection", "chained-assignment"),
    _sign(_CHAINED, r"", "chained-assignment", "inplace-on-selection"),
)
# Rules that may know the cause of a deprecation warning better than its message does.
_MAY_BE_DEPRECATED = (
    "inplace-on-selection",
    "removed-argument",
    "removed-api",
    "changed-result",
    "string-missing",
    "object-dtype",
    "datetime-unit",
    "freq-alias",
)
_DEPRECATIONS = (
    _sign("", r"^The copy keyword is deprecated", "copy-keyword"),
    _sign("", r"^The '[\w.]+' option |^'[\w.]+' is deprecated, please refrain", "cow-option"),
    _sign("", r"^'[^']+' is deprecated and will be removed in a .*[.,] [Pp]lease use", "freq-alias"),
    _sign("", r"'str' dtypes are (?:in|ex)cluded by select_dtypes", "object-dtype"),
    _sign("", r"is not supported as a fill value for", "string-missing"),
    _sign("", r"operations between boolean dtype and", "string-missing", "object-dtype"),
    _sign("", r"^The inplace keyword in", "deprecated-4", "inplace-on-selection", "chained-assignment"),
    _sign("", r"", "deprecated-4", *_MAY_BE_DEPRECATED),
)
_OPTIONS = r"mode\.(?:copy_on_write|chained_assignment)|SettingWithCopy"
_UNKNOWN_ARGUMENT = r"got an unexpected keyword argument|takes (?:from )?\d+ (?:to \d+ )?positional argument"
# The KeyError of `frame[~mask]` with a mask of dtype object: the inverted values are taken for column names.
_INVERTED_OBJECTS = r"None of \[Index\(\[-[12][-12, .\\n]*\][^=]*dtype='object'"
_ERRORS = (
    _sign("AttributeError ImportError OptionError", _OPTIONS, "cow-option", "removed-api"),
    _sign("ImportError ModuleNotFoundError", r"from 'pandas[\w.]*'|No module named 'pandas\.", "removed-api"),
    _sign("OptionError", r"", "removed-api", "cow-option"),
    _sign("AttributeError", r"\bhas no attribute\b", "removed-api", "object-dtype", "datetime-unit"),
    _sign("TypeError", r"not 'Series'$", "removed-api"),
    _sign("TypeError", _UNKNOWN_ARGUMENT, "removed-argument", "removed-api", "copy-keyword", "freq-alias"),
    _sign("TypeError", r"dtype 'str'|StringDtype|as a data type", "object-dtype", "string-missing"),
    _sign("TypeError", r"^Invalid value .* for dtype '", "changed-result", "string-missing", "object-dtype"),
    _sign("ValueError", r"^Invalid frequency.*(?:Did you mean|no longer supported|for Period)", "freq-alias"),
    _sign("ValueError", r"^(?:invalid unit abbreviation|Unrecognized unit|Units 'M', 'Y')", "freq-alias"),
    _sign("ValueError", r"convertible to DateOffset|^passed window \S+ is not compatible", "freq-alias"),
    _sign("ValueError", r"read-only", "readonly-values"),
    _sign("ValueError", r"^Mixed timezones detected|^Cannot convert from timedelta64", "removed-argument"),
    _sign("ValueError", r"no longer allowed|^errors must be one of 'raise'", "removed-argument"),
    _sign("ValueError", r"^(?:invalid error value|fill_method must be|dropna must be)", "removed-argument"),
    _sign("KeyError", r"^-?\d+$", "positional-fallback"),
    _sign("KeyError", _INVERTED_OBJECTS, "changed-result"),
)
# A name that pandas never had is a typo, not a removed name.
_NO_ATTRIBUTE = regex(r"has no attribute '(\w+)'")
_NO_ARGUMENT = regex(r"unexpected keyword argument '(\w+)'")


def rules_of_warning(warning: RunWarning) -> tuple[str, ...]:
    """The rules that a warning is evidence for, the likeliest first; empty for warnings not about code."""
    module, _, name = warning.type.rpartition(".")
    if module != "pandas.errors":
        return ()
    known = _DEPRECATIONS if _DEPRECATED.fullmatch(name) else _WARNINGS
    for sign in known:
        if (name in sign.types or known is _DEPRECATIONS) and sign.says.search(warning.message):
            return (*sign.rules, "deprecated-4") if known is _DEPRECATIONS else sign.rules
    return ()


def rules_of_error(error: RunError) -> tuple[str, ...]:
    """The rules that an exception is evidence for, the likeliest first; empty when it is not about pandas."""
    name = error.type.rpartition(".")[2]
    for sign in _ERRORS:
        if name in sign.types and sign.says.search(error.message) and _is_of_pandas(error, name):
            return sign.rules
    return ()


def _is_of_pandas(error: RunError, name: str) -> bool:
    """Whether pandas raised the exception, or Python raised it about a pandas object."""
    if name == "KeyError":  # a frame without the column raises the same type
        of_series = any(called in _of_series(error) for called in ("__getitem__", "__setitem__"))
        return of_series or re.search(_INVERTED_OBJECTS, error.message) is not None
    libraries = [frame.path for frame in error.traceback if frame.path.startswith("pandas/")]
    if missing := _NO_ATTRIBUTE.search(error.message):
        owners = members().get(missing[1], ())
        of_pandas = libraries or any(f"'{owner}'" in error.message for owner in owners)
        return "SettingWithCopy" in missing[1] or bool(owners and of_pandas)
    if unknown := _NO_ARGUMENT.search(error.message):
        changed = [row for row in rows("arguments", ArgumentChange) if row.argument == unknown[1]]
        return any(libraries or row.name in error.message for row in changed)
    return bool(libraries) or any(word in error.message for word in _NAMES) or name == "ValueError"


def _of_series(error: RunError) -> Iterator[str]:
    for frame in error.traceback:
        kind, _, method = frame.function.rpartition(".")
        if kind == "Series" and frame.path.startswith("pandas/"):
            yield method


_NAMES = (
    "pandas",
    "DataFrame",
    "Series",
    "NDFrame",
    "GroupBy",
    "StringDtype",
    "Index",
    "Timestamp",
    "StringMethods",
)
