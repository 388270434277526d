"""From a TOML table to frozen structs; what does not fit is refused in words, with its key."""

import re
import reprlib
from types import UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

import msgspec
from msgspec import Meta, Struct, defstruct
from msgspec.structs import asdict

from checker.errors import ConfigError
from checker.patterns import regex
from checker.spelling import did_you_mean, nearest


class Keys(Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """One table of the configuration; its fields are the keys, `per_lesson_ignore` is `per-lesson-ignore`."""


AnyKeys = TypeVar("AnyKeys", bound=Keys)

# "Expected `array`, got `str` - at `$.course.lessons`": the place is missing when it is the whole table, and
# the entry of a table of free names is always `[...]`.
_MISFIT = regex(r"(?P<what>.*?)(?: - at (?:`key` in )?`\$\.?(?P<key>[^`]*)`)?", re.DOTALL)
_WRONG_TYPE = regex(r"Expected `(?P<wanted>[^`]+)`, got `[^`]+`")
_OUT_OF_RANGE = regex(r"Expected `(?P<wanted>[^`]+)` (?P<range>.+)", re.DOTALL)
_MISSING = regex(r"Object missing required field `(?P<name>[^`]+)`")
_NOT_LISTED = regex(r"Invalid enum value (?P<found>.+)", re.DOTALL)

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
        return kind(**asdict(msgspec.convert(table, _as_far_as_said(table, kind))))
    except msgspec.ValidationError as error:
        raise ConfigError(f"{where}: {_explain(str(error), table, kind)}") from None


def _as_far_as_said(table: object, kind: type[AnyKeys]) -> type[Struct]:
    """The struct without the keys that are left out: msgspec works out every type below those that it has."""
    if not isinstance(table, dict):
        return kind
    said = [(each.name, each.type) for each in msgspec.structs.fields(kind) if each.encode_name in table]
    return defstruct(kind.__name__, said, bases=(Keys,), frozen=True)


def _refuse_unknown(value: object, kind: Any, where: str, above: str) -> None:
    """Name the key that was meant, which msgspec does not."""
    if isinstance(value, list):
        for index, each in enumerate(value):
            _refuse_unknown(each, _inner(kind), where, f"{above.removesuffix('.')}[{index}].")
    keys = next((each for each in _choices(kind) if isinstance(each, type) and issubclass(each, Keys)), None)
    if not isinstance(value, dict) or keys is None:
        return
    fields = {field.encode_name: field.type for field in msgspec.structs.fields(keys)}
    for key, below in value.items():
        if key not in fields:
            names = sorted(fields)
            hint = did_you_mean(nearest(key, names))
            raise ConfigError(
                f"{where}: {above}{key}: there is no such key{hint}", f"Keys here: {', '.join(names)}."
            )
        _refuse_unknown(below, fields[key], where, f"{above}{key}.")


def _choices(kind: Any) -> tuple[Any, ...]:
    """The types that may stand where this one is wanted, without what is said about them."""
    if get_origin(kind) is Annotated:
        return _choices(get_args(kind)[0])
    if get_origin(kind) in {Union, UnionType}:
        return tuple(each for one in get_args(kind) for each in _choices(one))
    return (kind,)


def _inner(kind: Any) -> Any:
    """What the lists, or the tables of free names, that may stand here are made of."""
    for each in _choices(kind):
        if get_origin(each) in {tuple, dict}:
            return get_args(each)[0 if get_origin(each) is tuple else 1]
    return None


def _kind_at(kind: Any, key: str) -> Any:
    """The type that is wanted at a key such as `rules.severity[...]`."""
    for name, _index in re.findall(r"([^.\[\]]+)|(\[[^\]]*\])", key):
        if not name:
            kind = _inner(kind)
            continue
        keys = [each for each in _choices(kind) if isinstance(each, type) and issubclass(each, Keys)]
        fields = {field.encode_name: field.type for each in keys for field in msgspec.structs.fields(each)}
        kind = fields.get(name)
    return kind


def _listed(kind: Any) -> tuple[Any, ...]:
    return tuple(word for each in _choices(kind) if get_origin(each) is Literal for word in get_args(each))


def _example(kind: Any) -> object | None:
    """The first example that is given for values of this type."""
    for each in get_args(kind) if get_origin(kind) in {Annotated, Union, UnionType} else ():
        found = each.examples[0] if isinstance(each, Meta) and each.examples else _example(each)
        if found is not None:
            return found
    return None


def _explain(message: str, table: object, kind: Any) -> str:
    """What msgspec found, in an author's words."""
    misfit = _MISFIT.fullmatch(message)
    assert misfit is not None
    what, key = misfit["what"], misfit["key"] or ""
    if wrong := _WRONG_TYPE.fullmatch(what):
        return f"{key or 'it'} is {_found(table, key)}; expected {_wanted(wrong['wanted'])}"
    if wrong := _OUT_OF_RANGE.fullmatch(what):
        example = _example(_kind_at(kind, key)) if "matching regex" in wrong["range"] else None
        bounds = f"such as {example!r}" if example is not None else wrong["range"]
        bounds = "that is not empty" if bounds == "of length >= 1" else bounds
        return f"{key}: expected {_wanted(wrong['wanted'])} {bounds}"
    if wrong := _NOT_LISTED.fullmatch(what):
        return f"{key}: {wrong['found']} is none of {', '.join(map(str, _listed(_kind_at(kind, key))))}"
    if wrong := _MISSING.fullmatch(what):
        return f"{key}.{wrong['name']} is missing"
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
