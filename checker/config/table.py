"""From a TOML table to frozen structs; what does not fit is refused in words, with its key."""

import re
import reprlib
from typing import Any, TypeVar, get_args

import msgspec
from msgspec import Struct

from checker.errors import ConfigError
from checker.model import Severity


class Keys(Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """One table of the configuration; its fields are the keys, `per_lesson_ignore` is `per-lesson-ignore`."""


AnyKeys = TypeVar("AnyKeys", bound=Keys)

# "Expected `array`, got `str` - at `$.course.lessons`": the place is missing when it is the whole table, and
# the entry of a table of free names is always `[...]`.
_MISFIT = re.compile(r"(?P<what>.*?)(?: - at (?:`key` in )?`\$\.?(?P<key>[^`]*)`)?", re.DOTALL)
_WRONG_TYPE = re.compile(r"Expected `(?P<wanted>[^`]+)`, got `[^`]+`")
_OUT_OF_RANGE = re.compile(r"Expected `(?P<wanted>[^`]+)` (?P<range>.+)", re.DOTALL)
_NOT_LISTED = re.compile(r"Invalid enum value (?P<found>.+)", re.DOTALL)

_TYPES = {
    "array": "a list",
    "bool": "true or false",
    "float": "a number",
    "int": "a whole number",
    "object": "a table",
    "str": "text",
}


def to_keys(table: object, kind: type[AnyKeys], where: str) -> AnyKeys:
    """The table as a struct of this kind, or a ConfigError that begins with `where` and names the key."""
    _refuse_unknown(table, kind, where, "")
    try:
        return msgspec.convert(table, kind)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{where}: {_explain(str(error), table)}") from None


def nearest(word: str, words: list[str]) -> str:
    """`; did you mean …?` for the word that is nearest, nothing when none is near."""
    import difflib

    near = difflib.get_close_matches(word, words, n=1)
    return f"; did you mean {near[0]}?" if near else ""


def _refuse_unknown(value: object, kind: Any, where: str, above: str) -> None:
    """Name the key that was meant, which msgspec does not."""
    if isinstance(value, list):
        item = next(iter(get_args(kind)), None)
        for index, each in enumerate(value):
            _refuse_unknown(each, item, where, f"{above.removesuffix('.')}[{index}].")
    if not isinstance(value, dict) or not isinstance(kind, type) or not issubclass(kind, Keys):
        return
    fields = {field.encode_name: field.type for field in msgspec.structs.fields(kind)}
    for key, below in value.items():
        if key not in fields:
            names = sorted(fields)
            hint = nearest(key, names)
            raise ConfigError(
                f"{where}: {above}{key}: there is no such key{hint}", f"Keys here: {', '.join(names)}."
            )
        _refuse_unknown(below, fields[key], where, f"{above}{key}.")


def _explain(message: str, table: object) -> str:
    """What msgspec found, in an author's words."""
    misfit = _MISFIT.fullmatch(message)
    assert misfit is not None
    what, key = misfit["what"], misfit["key"] or ""
    if wrong := _WRONG_TYPE.fullmatch(what):
        return f"{key or 'it'} is {_found(table, key)}; {_wanted(wrong['wanted'])} is wanted"
    if wrong := _OUT_OF_RANGE.fullmatch(what):
        return f"{key}: {_wanted(wrong['wanted'])} {wrong['range']} is wanted"
    if wrong := _NOT_LISTED.fullmatch(what):  # severities are the only closed list
        return f"{key}: {wrong['found']} is none of {', '.join(get_args(Severity))}"
    return f"{key}: {what[0].lower()}{what[1:]}"


def _found(table: object, key: str) -> str:
    value: Any = table
    for name, index, free in re.findall(r"([^.\[\]]+)|\[(\d+)\]|(\[\.\.\.\])", key):
        if free:  # it is not said which
            return "something else"
        value = value[int(index)] if index else value[name]
    return reprlib.repr(value)


def _wanted(kinds: str) -> str:
    return " or ".join(_TYPES[kind] for kind in kinds.split(" | ") if kind in _TYPES)
