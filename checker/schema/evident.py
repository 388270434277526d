"""Validates by plain schemas without jsonschema, which is the slowest import of all.

What is valid here is valid for jsonschema. Everything else is left to the worker: formats, patterns,
references, and everything that is refused, for which it has the messages.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

_BYTES_MAX = 1 << 18


def _is_number(value: object) -> bool:
    # JSON has neither infinity nor NaN, so jsonschema decides.
    return isinstance(value, int | float) and not isinstance(value, bool) and value - value == 0


_TYPES: Mapping[str, Callable[[Any], bool]] = {
    "array": lambda value: isinstance(value, list),
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: _is_number(value) and value == int(value),
    "null": lambda value: value is None,
    "number": _is_number,
    "object": lambda value: isinstance(value, dict),
    "string": lambda value: isinstance(value, str),
}
_DRAFTS = frozenset(
    {"https://json-schema.org/draft/2020-12/schema", "http://json-schema.org/draft-07/schema#"}
)
# The one pattern that is always fast: a non-blank character.
_NOT_BLANK = "\\S"
_BOM = "\ufeff"  # a blank in ECMAScript, but not in Python
_DEPTH_MAX = 16


class PlainSchema:
    """A schema of which every keyword is understood here."""

    def __init__(self, schema: Mapping[str, Any]) -> None:
        self._schema = schema

    def allows(self, value: object) -> bool:
        """Whether a value is certainly valid; False says nothing."""
        return _allows(self._schema, value)


def plain_schema(path: str) -> PlainSchema | None:
    """The schema in this file when it is plain; None says nothing about it."""
    import json  # imported here: most courses have no such file

    try:
        with Path(path).open("rb") as file:
            content = file.read(_BYTES_MAX + 1)
        schema = json.loads(content) if len(content) <= _BYTES_MAX else None
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(schema, dict) or schema.get("$schema", next(iter(_DRAFTS))) not in _DRAFTS:
        return None
    return PlainSchema(schema) if _is_plain(schema, 0) else None


def _is_plain(schema: object, depth: int) -> bool:
    """Whether this is a schema without anything that is not understood."""
    if not isinstance(schema, dict) or depth > _DEPTH_MAX:
        return False
    return all(key in _PLAIN and _PLAIN[key](value, depth) for key, value in schema.items())


def _is_text(value: object, _: int) -> bool:
    return isinstance(value, str)


def _is_size(value: object, _: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_limit(value: object, _: int) -> bool:
    return _is_number(value)


def _are_types(value: object, _: int) -> bool:
    names = value if isinstance(value, list) else [value]
    return bool(names) and all(isinstance(each, str) and each in _TYPES for each in names)


def _are_names(value: object, _: int) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _are_texts(value: object, _: int) -> bool:
    return _are_names(value, 0) and bool(value)


def _are_schemas(value: object, depth: int) -> bool:
    return isinstance(value, dict) and all(_is_plain(each, depth + 1) for each in value.values())


def _is_not_blank(value: object, _: int) -> bool:
    return value == _NOT_BLANK


def _is_anything(_value: object, _: int) -> bool:
    return True


_PLAIN: Mapping[str, Callable[[Any, int], bool]] = {
    "$schema": _is_text,
    "$comment": _is_text,
    "title": _is_text,
    "description": _is_text,
    "default": _is_anything,
    "examples": lambda value, _: isinstance(value, list),
    "type": _are_types,
    "enum": _are_texts,
    "const": _is_text,
    "required": _are_names,
    "properties": _are_schemas,
    "additionalProperties": lambda value, _: isinstance(value, bool),
    "items": lambda value, depth: _is_plain(value, depth + 1),
    "pattern": _is_not_blank,
    "minLength": _is_size,
    "maxLength": _is_size,
    "minItems": _is_size,
    "maxItems": _is_size,
    "minimum": _is_limit,
    "maximum": _is_limit,
    "exclusiveMinimum": _is_limit,
    "exclusiveMaximum": _is_limit,
}


def _allows(schema: Mapping[str, Any], value: Any) -> bool:
    types = schema.get("type", [])
    if types and not any(_TYPES[each](value) for each in ([types] if isinstance(types, str) else types)):
        return False
    if value not in schema.get("enum", [value]) or schema.get("const", value) != value:
        return False
    if isinstance(value, str):
        return _allows_text(schema, value)
    if isinstance(value, list):
        items = schema.get("items", {})
        return _is_within(schema, len(value), "Items") and all(_allows(items, each) for each in value)
    if isinstance(value, dict):
        return _allows_table(schema, value)
    return not _is_number(value) or _allows_number(schema, value)


def _allows_text(schema: Mapping[str, Any], value: str) -> bool:
    return _is_within(schema, len(value), "Length") and (
        "pattern" not in schema or bool(value.replace(_BOM, "").split())
    )


def _allows_table(schema: Mapping[str, Any], value: Mapping[str, Any]) -> bool:
    known = schema.get("properties", {})
    if not value.keys() >= set(schema.get("required", [])):
        return False
    if schema.get("additionalProperties") is False and not value.keys() <= known.keys():
        return False
    return all(_allows(known[key], each) for key, each in value.items() if key in known)


def _allows_number(schema: Mapping[str, Any], value: float) -> bool:
    return (
        schema.get("minimum", value) <= value <= schema.get("maximum", value)
        and ("exclusiveMinimum" not in schema or value > schema["exclusiveMinimum"])
        and ("exclusiveMaximum" not in schema or value < schema["exclusiveMaximum"])
    )


def _is_within(schema: Mapping[str, Any], size: int, what: str) -> bool:
    return bool(schema.get(f"min{what}", size) <= size <= schema.get(f"max{what}", size))
