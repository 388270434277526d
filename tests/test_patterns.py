"""Regular expressions mean the same on every Python that is supported."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any

import checker

# Before 3.11.5 a possessive repeat of a group that can match in more than one way does not match what it
# should (gh-106052); of a single character it does, and an atomic group around a plain repeat does, too.
_SINGLE = {_constants.IN, _constants.LITERAL, _constants.NOT_LITERAL, _constants.ANY, _constants.CATEGORY}


def patterns() -> Iterator[tuple[str, "re.Pattern[str]"]]:
    for entry in pkgutil.walk_packages(checker.__path__, "checker."):
        if entry.name == "checker.__main__":
            continue
        module = importlib.import_module(entry.name)
        for name, value in vars(module).items():
            for each in value.values() if isinstance(value, dict) else (value,):
                if isinstance(each, re.Pattern) and isinstance(each.pattern, str):
                    yield f"{entry.name}.{name}", each


def possessive_groups(parsed: Any) -> Iterator[Any]:
    """The possessive repeats of more than a single character, anywhere in a parsed pattern."""
    for code, argument in parsed:
        if code is _constants.POSSESSIVE_REPEAT and argument[2][0][0] not in _SINGLE:
            yield argument[2]
        for inner in argument if isinstance(argument, tuple) else (argument,):
            for part in inner if isinstance(inner, list) else (inner,):
                if isinstance(part, _parser.SubPattern):
                    yield from possessive_groups(part)


def test_no_pattern_repeats_a_group_possessively() -> None:
    wrong = [
        name for name, each in patterns() if any(possessive_groups(_parser.parse(each.pattern, each.flags)))
    ]
    assert wrong == []


def test_such_patterns_would_be_found() -> None:
    assert list(possessive_groups(_parser.parse(r"a(?:(?:bc|d)*+)")))
    assert not list(possessive_groups(_parser.parse(r"a(?>(?:bc|d)*)[bc]*+x++")))
