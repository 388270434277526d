"""Regular expressions are compiled when needed, and mean the same on every Python that is supported."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from importlib.util import find_spec
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any

import pytest

import checker
from checker.patterns import _Late, has_surrogate, regex

# Imported to end the process, and by Spark only.
_NOT_TO_IMPORT = ["checker.__main__"]
if find_spec("pyspark") is None:
    _NOT_TO_IMPORT.append("checker.running.worker.services.spark.kafka_source")
# Before 3.11.5 a possessive repeat of a group that can match in more than one way does not match what it
# should (gh-106052); of a single character it does, and an atomic group around a plain repeat does, too.
_SINGLE = {_constants.IN, _constants.LITERAL, _constants.NOT_LITERAL, _constants.ANY, _constants.CATEGORY}


def patterns() -> Iterator[tuple[str, "re.Pattern[str] | _Late"]]:
    for entry in pkgutil.walk_packages(checker.__path__, "checker."):
        if entry.name in _NOT_TO_IMPORT:
            continue
        module = importlib.import_module(entry.name)
        for name, value in vars(module).items():
            for each in value.values() if isinstance(value, dict) else (value,):
                if isinstance(each, (re.Pattern, _Late)) and isinstance(each.pattern, str):
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


def test_a_pattern_is_compiled_when_it_is_first_used() -> None:
    word = regex("(")
    assert word.pattern == "("
    with pytest.raises(re.error, match="missing"):
        word.search("")


@pytest.mark.parametrize("name", [each for each in dir(re.Pattern) if not each.startswith("_")])
def test_a_pattern_has_what_a_compiled_one_has(name: str) -> None:
    late, compiled = regex("(?P<a>A)b+", re.IGNORECASE), re.compile("(?P<a>A)b+", re.IGNORECASE)
    expected = getattr(compiled, name)
    if not callable(expected):
        assert getattr(late, name) == expected
    elif name.startswith("sub"):
        assert getattr(late, name)("x", "_aBb ab") == expected("x", "_aBb ab")
    elif name in {"findall", "split"}:
        assert getattr(late, name)("_aBb ab") == expected("_aBb ab")
    elif name == "scanner":
        assert late.scanner("aB").match()  # type: ignore[attr-defined]
    elif name == "finditer":
        assert [each.span() for each in late.finditer("_aBb ab")] == [(1, 4), (5, 7)]
    else:
        assert repr(getattr(late, name)("_aBb ab")) == repr(expected("_aBb ab"))


def test_a_pattern_has_nothing_else() -> None:
    late = regex("a")
    assert late.fullmatch("a")
    assert not hasattr(late, "nothing")
    assert not hasattr(late, "__fspath__")


@pytest.mark.parametrize("text", ["", "a", "Я", "😀", "\ufffe\uffff", "\0", "\U0010ffff"])
def test_whole_characters_are_no_halves(text: str) -> None:
    assert not has_surrogate(text)


@pytest.mark.parametrize("text", ["\ud800", "a\udfff", "\udc80b", "\ud83d\ude00"])
def test_a_half_of_a_pair_is_seen(text: str) -> None:
    assert has_surrogate(text)
