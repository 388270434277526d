"""What a schema refuses, as its author would be told; the validator's prose only where nothing is better."""

from collections.abc import Iterable, Sequence
from datetime import date
from difflib import get_close_matches
from typing import Any

from checker.schema.refusal import Refusal

_TEXT_MAX = 60
_PROSE_MAX = 200
_CHOICES_MAX = 20

_TYPES = {
    "array": "a list",
    "boolean": "true or false",
    "integer": "a whole number",
    "null": "nothing",
    "number": "a number",
    "object": "a table of keys",
    "string": "text",
}

_BY_KEYWORD = {
    "exclusiveMaximum": "is {value}; less than {limit} is wanted",
    "exclusiveMinimum": "is {value}; more than {limit} is wanted",
    "format": "is {value}, which is no {limit}",
    "maxItems": "has {size}; at most {limit} allowed",
    "maxLength": "has {size}; at most {limit} allowed",
    "maximum": "is {value}; at most {limit} is allowed",
    "minItems": "has {size}; at least {limit} wanted",
    "minLength": "has {size}; at least {limit} wanted",
    "minimum": "is {value}; at least {limit} is wanted",
    "uniqueItems": "has the same item twice",
}


def missing_key(refused: Refusal, key: str, needed_by: str = "") -> str:
    """For a key that is not there; one that is there and looks like it is named."""
    message = f"{_place([*refused.path, key])} is missing"
    if needed_by:
        message += f" beside {needed_by}"
    if wanted := _wanted(refused.properties.get(key)):
        message += f"; {wanted} is wanted"
    if like := _nearest(key, [each for each in refused.value if each not in refused.properties]):
        message += f"; is {like} meant to be it?"
    return message


def unexpected_key(refused: Refusal, key: str) -> str:
    """For a key that the schema does not have."""
    near = _nearest(key, [each for each in refused.properties if each not in refused.value])
    return f"{_place([*refused.path, key])} is no key of the schema{_did_you_mean(near)}"


def unmatched(refused: Refusal, pattern: str) -> str:
    """For text that does not match the pattern, given as its author wrote it."""
    place = _place(refused.path)
    if not refused.value.strip():
        return f"{place} is empty"
    return f"{place} is {_bare(refused.value)}; it must match {pattern}"


def refused_value(refused: Refusal) -> str:
    """For a value that a keyword of the schema refuses."""
    place = _place(refused.path)
    if refused.keyword in ("enum", "const"):
        return f"{place} is {_bare(refused.value)}; {_choice(refused)}"
    if refused.keyword == "type":
        return f"{place} is {_value(refused.value)}; {_kind(refused)}"
    if wanted := _wanted_by_branches(refused):
        return f"{place} is {_value(refused.value)}; {wanted} is wanted"
    return f"{place} {_limit(refused)}"


def _choice(refused: Refusal) -> str:
    near = _nearest(refused.value, [each for each in _choices(refused.schema) if isinstance(each, str)])
    return _wanted(refused.schema) + _did_you_mean(near)


def _kind(refused: Refusal) -> str:
    about = str(refused.schema.get("description", ""))
    detail = f" ({about})" if 0 < len(about) <= _TEXT_MAX else ""
    return f"{_wanted(refused.schema)} is wanted{detail}{_remedy(refused)}"


def _limit(refused: Refusal) -> str:
    if refused.keyword is None or (refused.keyword == "not" and refused.limit == {}):
        return "is not allowed"
    if refused.keyword == "minLength" and refused.value == "":
        return "is empty"
    if sentence := _BY_KEYWORD.get(refused.keyword):
        return sentence.format(value=_bare(refused.value), size=_size(refused.value), limit=refused.limit)
    return f"is refused: {_short(refused.prose, _PROSE_MAX)}"


def _wanted(schema: Any) -> str:
    """What a schema wants, when it is a choice or a type."""
    choices = [_bare(each).strip("'") for each in _choices(schema)]
    if len(choices) == 1:
        return f"only {choices[0]}"
    if choices:
        more = ["…"] if len(choices) > _CHOICES_MAX else []
        return f"one of {', '.join(choices[:_CHOICES_MAX] + more)}"
    types = schema.get("type", []) if isinstance(schema, dict) else []
    return " or ".join(_TYPES[each] for each in ([types] if isinstance(types, str) else types))


def _wanted_by_branches(refused: Refusal) -> str:
    wanted = [_wanted(each.schema) for branch in refused.branches for each in branch]
    return " or ".join(dict.fromkeys(filter(None, wanted)))


def _choices(schema: Any) -> list[Any]:
    if not isinstance(schema, dict):
        return []
    return [schema["const"]] if "const" in schema else schema.get("enum", [])


def _remedy(refused: Refusal) -> str:
    value, types = refused.value, refused.limit
    if "string" in types and isinstance(value, date | int | float):
        return ": put it in quotes"
    if isinstance(value, str) and ("number" in types or "integer" in types) and _is_number(value):
        return ": leave the quotes out"
    if isinstance(value, str) and types == "array":
        return ": put it in brackets, [ ]"
    return ""


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdecimal()


def _place(path: Iterable[str | int]) -> str:
    place = ""
    for each in path:
        if isinstance(each, int):
            place = f"item {each + 1} of {place}"
        else:
            place = f"{place}.{each}" if place else each
    return place or "the frontmatter"


def _value(value: Any) -> str:
    """A value with its kind, so that the text '5' and the number 5 are told apart."""
    match value:
        case None:
            words = "empty"
        case bool():
            words = str(value).lower()
        case str():
            words = f"the text {_bare(value)}"
        case int() | float():
            words = f"the number {value}"
        case date():
            words = f"the date {value.isoformat()}"
        case bytes():
            words = "binary data"
        case list():
            words = "a list"
        case _:
            words = "a table of keys"
    return words


def _bare(value: Any) -> str:
    return f"'{_short(value, _TEXT_MAX)}'" if isinstance(value, str) else _value(value)


def _size(value: Any) -> str:
    """How much a text or a list holds."""
    if not isinstance(value, str | list):
        return ""
    word = "character" if isinstance(value, str) else "item"
    return f"{len(value) or 'no'} {word}{'' if len(value) == 1 else 's'}"


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _nearest(word: Any, words: Sequence[str]) -> str:
    """The word that is most alike, in any case; nothing when none is, or `word` is no text."""
    if not isinstance(word, str):
        return ""
    by_lower = {each.lower(): each for each in words}
    near = get_close_matches(word.lower(), by_lower, n=1)
    return by_lower[near[0]] if near else ""


def _did_you_mean(word: str) -> str:
    return f"; did you mean {word}?" if word else ""
