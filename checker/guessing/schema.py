"""Derives a JSON Schema for frontmatter from existing frontmatter.

The schema follows the lessons where they agree. Where all but a few agree, the few are taken for mistakes, so
that the first check reports them.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from checker.spelling import nearest

# Common features of fewer tables may be coincidence.
_FEW = 3
# With fewer lessons, every difference may be intentional.
_MANY = 20
# Up to this share of values of another kind counts as mistakes.
_ODD = 0.02
# The maximum number of choices, and their average frequency, for a closed list.
_CHOICES_MAX = 8
_TIMES_EACH = 3
_DEPTH_MAX = 4
# What Astro itself generates for a date.
_DATE = [
    {"type": "string", "format": "date-time"},
    {"type": "string", "format": "date"},
    {"type": "integer", "format": "unix-time"},
]


def guess_schema(heads: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The schema of these lessons' frontmatter, by path; comments give the evidence for each part."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Lesson",
        "$comment": f"Guessed by `coursecheck init` from {len(heads)} lessons. Other keys are allowed.",
        **_table(list(heads.values()), list(heads), 0),
    }


def is_odd(number: int, total: int) -> bool:
    """Whether so few of many lessons differ that it is taken for a mistake."""
    return total >= _MANY and number <= _ODD * total


def _table(tables: Sequence[Mapping[str, Any]], names: Sequence[str], depth: int) -> dict[str, Any]:
    counts = Counter(key for each in tables for key in each)
    properties = {}
    required = []
    for key, number in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        if _is_misspelt(key, counts, len(tables)):
            continue
        values = [each[key] for each in tables if key in each]
        properties[key] = {"$comment": _presence(key, number, tables, names), **_value(values, depth)}
        if number == len(tables) >= _FEW:
            required.append(key)
    found: dict[str, Any] = {"type": "object", "properties": properties}
    return {**found, "required": required} if required else found


def _presence(key: str, number: int, tables: Sequence[Mapping[str, Any]], names: Sequence[str]) -> str:
    if number == len(tables):
        return f"in all {number}"
    if len(tables) >= _MANY and len(tables) - number <= _ODD * len(tables):
        without = [name for name, each in zip(names, tables, strict=True) if key not in each]
        more = ", …" if len(without) > 3 else ""
        return f"in {number} of {len(tables)}, not in {', '.join(without[:3])}{more}"
    return f"in {number} of {len(tables)}"


def _is_misspelt(key: str, counts: Counter[str], tables: int) -> bool:
    """Whether a rare key is similar to one that most lessons have."""
    if tables < _MANY or counts[key] > _ODD * tables:
        return False
    common = [each for each in counts if counts[each] > tables / 2]
    return nearest(key, common, alike=0.8) != ""


def _value(values: Sequence[Any], depth: int, *, every: bool = False) -> dict[str, Any]:
    by_kind: dict[str, list[Any]] = {}
    for each in values:
        by_kind.setdefault(_kind(each), []).append(each)
    if {"integer", "number"} <= by_kind.keys():
        by_kind["number"] += by_kind.pop("integer")
    kinds = sorted(by_kind) if every else _meant(by_kind, len(values))
    if kinds == ["date"]:
        return {"anyOf": _DATE}
    if len(kinds) == 1:
        return {"type": kinds[0], **_limits(kinds[0], by_kind[kinds[0]], depth)}
    if "date" in kinds:
        others = [each for each in kinds if each not in ("date", "string")]
        return {"anyOf": [*_DATE, {"type": "string"}, *({"type": each} for each in others)]}
    return {"type": kinds}


def _meant(by_kind: Mapping[str, Sequence[Any]], total: int) -> list[str]:
    """The kinds of value that are not mistakes: without those of a few among many."""
    if total >= _MANY:
        kept = [kind for kind, found in by_kind.items() if len(found) > _ODD * total]
        return sorted(kept or by_kind)
    return sorted(by_kind)


def _kind(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int():
            return "integer"
        case float():
            return "number"
        case date() | datetime():
            return "date"
        case list():
            return "array"
        case dict():
            return "object"
        case _:
            return "string"


def _limits(kind: str, values: Sequence[Any], depth: int) -> dict[str, Any]:
    match kind:
        case "string":
            return _text(values)
        case "integer" | "number":
            lowest = min(values)
            return (
                {"minimum": 1} if lowest >= 1 and kind == "integer" else {"minimum": 0} if lowest >= 0 else {}
            )
        case "array" if depth < _DEPTH_MAX:
            items = [item for each in values for item in each]
            # A year among words, or a status such as 404, is hardly a mistake: all kinds are allowed.
            found = {"items": _value(items, depth + 1, every=True)} if items else {}
            return {**found, "minItems": 1} if all(values) else found
        case "object" if depth < _DEPTH_MAX:
            return _table(values, [""] * len(values), depth + 1)
    return {}


def _text(values: Sequence[str]) -> dict[str, Any]:
    counts = Counter(values)
    choices = _choices(counts)
    if 1 < len(choices) <= _CHOICES_MAX and len(values) >= _TIMES_EACH * len(choices):
        return {"enum": choices}
    return {"pattern": "\\S"} if all(each.strip() for each in values) else {}


def _choices(counts: Counter[str]) -> list[str]:
    """The values without single ones that are similar to another; empty when there are other single ones."""
    often = [value for value, number in counts.most_common() if number > 1]
    for value, number in counts.items():
        if number == 1 and not nearest(value, often, alike=0.8):
            return []
    return often
