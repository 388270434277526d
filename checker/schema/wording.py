"""Messages for schema violations; the validator's own prose only as a last resort."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from checker.schema.refusal import Refusal
from checker.spelling import did_you_mean, nearest_in_any_case

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
    "exclusiveMaximum": "is {value}; less than {limit} is expected",
    "exclusiveMinimum": "is {value}; more than {limit} is expected",
    "maxContains": "has more items of one kind than the {limit} allowed",
    "maxProperties": "has {size}; at most {limit} allowed",
    "minContains": "has fewer items of one kind than the {limit} required",
    "minProperties": "has {size}; at least {limit} required",
    "multipleOf": "is {value}; a multiple of {limit} is expected",
    "maxItems": "has {size}; at most {limit} allowed",
    "maxLength": "has {size}; at most {limit} allowed",
    "maximum": "is {value}; at most {limit} is allowed",
    "minItems": "has {size}; at least {limit} required",
    "minLength": "has {size}; at least {limit} required",
    "minimum": "is {value}; at least {limit} is expected",
    "uniqueItems": "has the same item twice",
}

_FORMATS = {
    "date": "a date, such as 2026-01-31, is expected",
    "date-time": "a time with its date and zone, such as 2026-01-31T12:30:00Z, is expected",
    "duration": "a duration, such as PT1H30M, is expected",
    "email": "an e-mail address is expected",
    "hostname": "the name of a host is expected",
    "idn-email": "an e-mail address is expected",
    "ipv4": "an IPv4 address is expected",
    "ipv6": "an IPv6 address is expected",
    "iri": "an address with its scheme, such as https://example.org, is expected",
    "regex": "a regular expression is expected",
    "time": "a time with its zone, such as 12:30:00Z, is expected",
    "uri": "an address with its scheme, such as https://example.org, is expected",
    "uuid": "a UUID is expected",
}
_DATE_FORMATS = frozenset({"date", "date-time", "unix-time"})
# YAML 1.1 reads these as true and false; sites read YAML 1.2.
_YES_AND_NO = {"yes": "true", "on": "true", "y": "true", "no": "false", "off": "false", "n": "false"}
_A_DATE = "a date, such as 2026-01-31,"


def refused_key(refused: Refusal, pattern: str) -> str:
    """The message for a key that a table of free keys does not allow."""
    message = f"{_place([*refused.path, str(refused.value)])} is not allowed here"
    if pattern:
        return f"{message}: keys must match {pattern}"
    if refused.keyword in ("enum", "const"):
        return f"{message}: expected {_choice(refused)}"
    return message


def are_choices(refused: Refusal) -> bool:
    """Whether every branch of a refused `anyOf` or `oneOf` is a choice of values."""
    branches = refused.limit if isinstance(refused.limit, list) else []
    return bool(branches) and all(_choices(each) for each in branches)


def is_date(refused: Refusal) -> bool:
    """Whether the branches of a refused `anyOf` are the ways to write a date, as Astro generates them."""
    branches = refused.limit if isinstance(refused.limit, list) else []
    formats = [each.get("format") if isinstance(each, dict) else None for each in branches]
    return len(formats) > 1 and set(formats) <= _DATE_FORMATS


def missing_key(refused: Refusal, key: str, needed_by: str = "") -> str:
    """The message for a missing key; a similar existing key is named."""
    message = f"{_place([*refused.path, key])} is missing"
    if needed_by:
        message += f" beside {needed_by}"
    if wanted := _wanted(refused.properties.get(key)):
        message += f"; {wanted} is expected"
    if like := _nearest(key, [each for each in refused.value if each not in refused.properties]):
        message += f"; is {like} meant to be it?"
    return message


def unexpected_key(refused: Refusal, key: str) -> str:
    """The message for a key that the schema does not have."""
    near = _nearest(key, [each for each in refused.properties if each not in refused.value])
    return f"{_place([*refused.path, key])} is not a key of the schema{did_you_mean(near)}"


def unmatched(refused: Refusal, pattern: str) -> str:
    """The message for text that does not match the pattern, given as its author wrote it."""
    place = _place(refused.path)
    if not refused.value.strip():
        return f"{place} is empty"
    return f"{place} is {_bare(refused.value)}; it must match {pattern}"


def refused_value(refused: Refusal) -> str:
    """The message for a value that a keyword of the schema refuses."""
    place = _place(refused.path)
    if refused.keyword in ("enum", "const"):
        return f"{place} is {_bare(refused.value)}; expected {_choice(refused)}"
    if refused.keyword == "type":
        return f"{place} is {_value(refused.value)}; {_kind(refused)}"
    if is_date(refused):
        return f"{place} is {_value(refused.value)}; {_A_DATE} is expected"
    if are_choices(refused):
        every = refused._replace(
            schema={"enum": [value for each in refused.limit for value in _choices(each)]}
        )
        return f"{place} is {_bare(refused.value)}; expected {_choice(every)}"
    if wanted := _wanted_by_branches(refused):
        choices = [value for branch in refused.branches for each in branch for value in _choices(each.schema)]
        near = _nearest(refused.value, [each for each in choices if isinstance(each, str)])
        return f"{place} is {_value(refused.value)}; {wanted} is expected{did_you_mean(near)}"
    return f"{place} {_limit(refused)}"


def _choice(refused: Refusal) -> str:
    near = _nearest(refused.value, [each for each in _choices(refused.schema) if isinstance(each, str)])
    return _wanted(refused.schema) + did_you_mean(near)


def _kind(refused: Refusal) -> str:
    about = str(refused.schema.get("description", ""))
    detail = f" ({about})" if 0 < len(about) <= _TEXT_MAX else ""
    return f"{_wanted(refused.schema)} is expected{detail}{_remedy(refused)}"


def _limit(refused: Refusal) -> str:
    if refused.keyword is None or (refused.keyword == "not" and refused.limit == {}):
        return "is not allowed"
    if refused.keyword == "minLength" and refused.value == "":
        return "is empty"
    if refused.keyword == "format":
        words = _FORMATS.get(refused.limit)
        return (
            f"is {_bare(refused.value)}; {words}"
            if words
            else f"is {_bare(refused.value)}, which is not a valid {refused.limit}"
        )
    if refused.keyword == "not" and (unwanted := _wanted(refused.limit)):
        return f"is {_value(refused.value)}; anything but {unwanted.removeprefix('only ')} is expected"
    if refused.keyword == "contains":
        wanted = _wanted(refused.limit)
        return f"has no item that is {wanted.removeprefix('only ')}" if wanted else "lacks a required item"
    if refused.keyword in {"items", "additionalItems"} and refused.limit is False:
        known = refused.schema.get("prefixItems", refused.schema.get("items"))
        most = len(known) if isinstance(known, list) else 0
        return f"has {_size(refused.value)}; at most {most} allowed"
    if refused.keyword == "oneOf":
        return "matches several of the choices, but must match only one"
    if sentence := _BY_KEYWORD.get(refused.keyword):
        return sentence.format(value=_bare(refused.value), size=_size(refused.value), limit=refused.limit)
    return f"is refused: {_short(refused.prose, _PROSE_MAX)}"


def _wanted(schema: Any) -> str:
    """What a schema accepts, when it is a choice or a type."""
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
        return ": remove the quotes"
    if isinstance(value, str) and types == "array":
        return ": put it in brackets, [ ]"
    if isinstance(value, str) and "boolean" in types and value.lower() in _YES_AND_NO:
        return f": write {_YES_AND_NO[value.lower()]}"
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
    """A value with its kind, to distinguish the text '5' from the number 5."""
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
    """The size of a text or a list."""
    if not isinstance(value, str | list | dict):
        return ""
    word = "character" if isinstance(value, str) else "item" if isinstance(value, list) else "key"
    return f"{len(value) or 'no'} {word}{'' if len(value) == 1 else 's'}"


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _nearest(word: Any, words: Sequence[str]) -> str:
    """The most similar word, ignoring case; empty when none is similar, or `word` is no text."""
    return nearest_in_any_case(word, words) if isinstance(word, str) else ""
