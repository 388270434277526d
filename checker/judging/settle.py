"""Decides what an outcome means for a lesson that may expect it."""

import builtins
import re
from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from checker.model import Block, BlockPlan, Outcome, RunError
from checker.patterns import regex


class Said(Struct, frozen=True):
    """What a lesson says about how a block ends.

    `wrong` maps the code lines shown wrong on purpose to the marker's words. `right` maps the lines shown as
    the right way, which may follow the wrong one in the same block. `shown` names the text that announces the
    exception, in words; empty when none does.
    """

    wrong: Mapping[int, str] = {}
    right: Mapping[int, str] = {}
    shown: str = ""


def settle(block: Block, plan: BlockPlan, raw: Outcome, said: Said) -> Outcome:
    """The outcome of a block in the light of what its lesson says about it."""
    if raw.kind not in ("passed", "failed"):
        return raw
    if block.directive("raises"):
        return _settle_raises(block, raw)
    if package := missing_package(raw.error):
        return replace(raw, kind="skipped", reason=f"needs the package `{package}`, which is not installed")
    if key := missing_key(raw.error):
        return replace(
            raw, kind="skipped", reason=f"needs a key of the reader's own, by the variable `{key}`"
        )
    if plan.kind == "counterexample":
        return _settle_counterexample(block, raw, said)
    if said.shown and raw.error is not None:
        return replace(raw, kind="expected-failure", reason=f"raises {raw.error.type}, as {said.shown}")
    return raw


# How libraries say that a package is missing.
_NEEDS = regex(
    r"No module named '(\w+)|`Import (\w+)` failed|Missing optional dependency '(\w+)'"
    r"|\bThe (\w+) (?:package|library|module) is not installed"
    r"|^['\"`]?([\w.-]+)['\"`]? is not installed\b"
    r"|(?:must|need to|have to|please) install (?:the )?['\"`]?([\w.-]+)"
    r"|['\"`]([\w.-]+)['\"`] (?:package |library |module )?(?:(?:is not|to be|must be|has to be) installed)"
    r"|\brequires ['\"`]?([\w.-]+\[[\w,.-]+\])"
    r"|\b(?:requires?|needs?) (?:the )?['\"`]?([\w.-]+)['\"`]? (?:package|library|module)\b"
    r"|\binstall ['\"`]?(?!(?:the|it|them)\b)([\w.-]+)",
    re.IGNORECASE,
)
# Exceptions of other types whose message tells the user to install a package.
_TELLS_TO_INSTALL = regex(
    r"\bpip install ['\"`]?[\w.-]+|\bModuleNotFoundError\b|^['\"`]?[\w.-]+['\"`]? is not installed\b"
)
# How clients of services ask for a key that they were not given.
_ASKS_FOR_KEY = regex(r"\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*_(?:API_KEY|ACCESS_KEY|TOKEN)\b")


def missing_package(error: RunError | None) -> str:
    """The package that a library reports as missing; empty when the error is about something else.

    Packages that the lesson imports itself are looked for before it runs.
    """
    if error is None or not error.traceback:
        return ""
    if "ImportError" not in (error.type, *error.bases) and not _TELLS_TO_INSTALL.search(error.message):
        return ""
    found = _NEEDS.search(error.message)
    return next(filter(None, found.groups()), "") if found and _is_raised_by_library(error) else ""


def missing_key(error: RunError | None) -> str:
    """The variable by which a library asks for a key that the lesson did not give it; else empty."""
    if error is None or not error.traceback or not _is_raised_by_library(error):
        return ""
    found = _ASKS_FOR_KEY.search(error.message)
    return found[0] if found else ""


def _is_raised_by_library(error: RunError) -> bool:
    return error.traceback[-1].path != error.traceback[0].path


def _settle_raises(block: Block, raw: Outcome) -> Outcome:
    mismatch = raises_mismatch(block, raw.error)
    if mismatch:
        return replace(raw, kind="failed", reason=mismatch)
    assert raw.error is not None
    return replace(raw, kind="expected-failure", reason=f"raised {raw.error.type}, as the lesson says")


def raises_mismatch(block: Block, error: RunError | None) -> str:
    """How the exception differs from the block's `raises` and `match` directives; empty when it does not."""
    wanted = block.directive("raises")
    assert wanted is not None
    if error is None:
        return f"should have raised {wanted.value}, but raised nothing"
    if not any(_is_named(each, wanted.value or "") for each in (error.type, *error.bases)):
        return f"should have raised {wanted.value}, but raised {error.type}: {error.message}"
    pattern = block.directive("match")
    if pattern and not re.search(pattern.value or "", error.message):
        return f"raised {error.type}, but its message {error.message!r} does not match {pattern.value!r}"
    return ""


# Aliases of exceptions, and libraries whose C modules have a name of their own.
_OTHER_NAMES = {
    "IOError": "OSError",
    "EnvironmentError": "OSError",
    "os.error": "OSError",
    "select.error": "OSError",
    "socket.error": "OSError",
    "socket.timeout": "TimeoutError",
}
_OTHER_MODULES = {"cimpl": "confluent_kafka"}


def _is_named(type_name: str, wanted: str) -> bool:
    """Whether an exception type has this name, which may be dotted, such as `json.JSONDecodeError`."""
    wanted = _OTHER_NAMES.get(wanted, wanted)
    modules, _, name = type_name.rpartition(".")
    wanted_modules, _, wanted_name = wanted.rpartition(".")
    if name != wanted_name or not wanted_modules:
        return name == wanted_name
    if not modules:  # a class of the lesson is in no library, a builtin is offered by several
        return hasattr(builtins, name)
    return _library(modules) == _library(wanted_modules)


def _library(modules: str) -> str:
    first = modules.partition(".")[0]
    return _OTHER_MODULES.get(first, first.lstrip("_"))


def _settle_counterexample(block: Block, raw: Outcome, said: Said) -> Outcome:
    if raw.error is not None:
        line = raw.error.line - block.span.line
        if _is_wrong(block, raw.error, said.wrong) or not 1 <= line <= len(block.lines):
            failure = _failure_of_right_way(block, raw, said.right)
            if failure is not None:
                return replace(raw, error=failure)
            return replace(raw, kind="expected-failure", reason=f"raises {raw.error.type}, as it should")
        return raw
    if any(warning.line - block.span.line in said.wrong for warning in raw.warnings):
        return replace(raw, kind="expected-failure", reason="warns, as it should")
    return raw


def _is_wrong(block: Block, error: RunError, wrong: Mapping[int, str]) -> bool:
    """Whether a line shown wrong raised the exception, or called the code that did."""
    here = error.traceback[0].path if error.traceback else ""
    lines = (each.line for each in error.traceback if each.path == here)
    return any(line - block.span.line in wrong for line in (error.line, *lines))


# These show that the right way does not fit the data. Others may only follow from the wrong way, which did
# not finish.
_MISFITS = frozenset({"AttributeError", "IndexError", "KeyError", "TypeError"})
_TARGETS = regex(r"\[\s*(['\"])(?P<key>[^'\"\n]*)\1\s*\]\s*(?:[-+*/|&]?=)(?!=)")


def _failure_of_right_way(block: Block, raw: Outcome, right: Mapping[int, str]) -> RunError | None:
    """The exception that a statement shown as the right way raised after the one shown wrong."""
    lines = block.code.split("\n")
    above = "\n".join(text for at, text in enumerate(lines, 1) if at not in right)
    left_out = {found["key"] for found in _TARGETS.finditer(above)}
    for error in raw.later.errors:
        is_key = error.type == "KeyError" and error.message.strip("'\"") in left_out
        if error.line - block.span.line in right and error.type in _MISFITS and not is_key:
            return error
    return None
