"""Turns refusals of a validator into one violation for each wrong key or value."""

import re
from collections.abc import Callable, Iterator

from checker.schema import wording
from checker.schema.process import Violation
from checker.schema.refusal import Refusal
from checker.schema.source import Patterns


def violations(refused: Refusal, patterns: Patterns) -> Iterator[Violation]:
    """The violations behind one refusal."""
    if refused.is_key:
        pattern = patterns.as_written(refused.limit) if refused.keyword == "pattern" else ""
        return iter([Violation(refused.path, str(refused.value), wording.refused_key(refused, pattern))])
    find = _FINDERS.get(refused.keyword or "", _value)
    return find(refused, patterns)


def _value(refused: Refusal, _: Patterns) -> Iterator[Violation]:
    yield Violation(refused.path, None, wording.refused_value(refused))


def _unmatched(refused: Refusal, patterns: Patterns) -> Iterator[Violation]:
    yield Violation(refused.path, None, wording.unmatched(refused, patterns.as_written(refused.limit)))


def _missing(refused: Refusal, _: Patterns) -> Iterator[Violation]:
    """The validator reports one missing key at a time, and only in prose: report all of them alike."""
    for key in refused.limit:
        if key not in refused.value:
            yield Violation(refused.path, key, wording.missing_key(refused, key))


def _missing_beside(refused: Refusal, _: Patterns) -> Iterator[Violation]:
    for key, needed in refused.limit.items():
        # In draft 7 this may be a schema, which reports by itself.
        for each in needed if key in refused.value and isinstance(needed, list) else ():
            if each not in refused.value:
                yield Violation(refused.path, each, wording.missing_key(refused, each, needed_by=key))


def _unexpected(refused: Refusal, _: Patterns) -> Iterator[Violation]:
    matched = refused.schema.get("patternProperties", {})
    for key in refused.value:
        if key not in refused.properties and not any(re.search(pattern, key) for pattern in matched):
            yield Violation(refused.path, key, wording.unexpected_key(refused, key))


def _unevaluated(refused: Refusal, _: Patterns) -> Iterator[Violation]:
    """Only the validator's prose says which keys no part of the schema knows."""
    for key in refused.value:
        if repr(key) in refused.prose:
            yield Violation(refused.path, key, wording.unexpected_key(refused, key))


def _branches(refused: Refusal, patterns: Patterns) -> Iterator[Violation]:
    """The violations of the intended branch.

    One that wants this kind of value, with the fewest violations.
    """
    meant = [
        branch for branch in refused.branches if not any(_is_other_kind(refused, each) for each in branch)
    ]
    if not meant or wording.are_choices(refused) or wording.is_date(refused):
        yield from _value(refused, patterns)
        return
    for each in min(meant, key=len):
        yield from violations(each, patterns)


def _is_other_kind(refused: Refusal, within: Refusal) -> bool:
    return within.path == refused.path and within.keyword in ("type", "enum", "const")


_FINDERS: dict[str, Callable[[Refusal, Patterns], Iterator[Violation]]] = {
    "pattern": _unmatched,
    "required": _missing,
    "dependencies": _missing_beside,
    "dependentRequired": _missing_beside,
    "additionalProperties": _unexpected,
    "anyOf": _branches,
    "oneOf": _branches,
    "unevaluatedProperties": _unevaluated,
}
