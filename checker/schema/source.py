"""Reads a JSON Schema of a known draft from a file, or says why it is none."""

import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import exceptions
from jsonschema.protocols import Validator
from jsonschema.validators import Draft202012Validator, extend, validator_for
from referencing.jsonschema import UnknownDialect, specification_with

from checker.schema.patterns import to_python

_BYTES_MAX = 4 << 20

# Below these are values, and below those schemas with free names.
_VALUES = frozenset({"const", "default", "enum", "examples"})
_NAMED_SCHEMAS = frozenset({"properties", "patternProperties", "$defs", "definitions", "dependentSchemas"})


class SchemaError(Exception):
    """The schema cannot be used; the text says why, for the course's author."""


class Patterns:
    """The patterns of a schema in Python's syntax, with their original form."""

    def __init__(self) -> None:
        self._written: dict[str, str] = {}

    def as_written(self, translated: str) -> str:
        """The author's pattern for a translated one."""
        return self._written.get(translated, translated)

    def translate(self, schema: Any) -> Any:
        """The schema with every pattern in Python's syntax."""
        if isinstance(schema, list):
            return [self.translate(each) for each in schema]
        if not isinstance(schema, dict):
            return schema
        return {keyword: self._keyword(keyword, value) for keyword, value in schema.items()}

    def _keyword(self, keyword: str, value: Any) -> Any:
        if keyword in _VALUES:
            return value
        if keyword == "pattern" and isinstance(value, str):
            return self._pattern(value)
        if keyword in _NAMED_SCHEMAS and isinstance(value, dict):
            rename = self._pattern if keyword == "patternProperties" else str
            return {rename(name): self._named(below) for name, below in value.items()}
        return self.translate(value)

    def _named(self, schema: Any) -> Any:
        # jsonschema loses the path of what `false` refuses, and keeps that of what this refuses.
        return {"not": {}} if schema is False else self.translate(schema)

    def _pattern(self, pattern: str) -> str:
        try:
            translated = to_python(pattern)
        except ValueError as error:
            raise SchemaError(f"the pattern {pattern!r} cannot be used: {error}") from None
        self._written[translated] = pattern
        return translated


def read_schema(path: str, patterns: Patterns) -> tuple[Any, type[Validator]]:
    """The schema in a file and the validator of its draft. Raises SchemaError for anything else."""
    schema = patterns.translate(_read_json(Path(path)))
    draft = _draft(schema)
    try:
        draft.check_schema(schema)
    except exceptions.SchemaError as error:
        place = ".".join(map(str, error.absolute_path))
        raise SchemaError(f"not a JSON Schema: {f'{place}: ' if place else ''}{error.message}") from None
    return schema, draft


def _read_json(path: Path) -> Any:
    try:
        with path.open("rb") as file:
            content = file.read(_BYTES_MAX + 1)
    except OSError as error:
        raise SchemaError(str(error.strerror)) from None
    if len(content) > _BYTES_MAX:
        raise SchemaError("larger than 4 MiB")
    try:
        return json.loads(content)
    except ValueError as error:
        raise SchemaError(f"not JSON: {error}") from None


def _draft(schema: Any) -> type[Validator]:
    """The draft that `$schema` names, 2020-12 when it names none."""
    if isinstance(schema, bool):
        return _with_dates(Draft202012Validator)
    if not isinstance(schema, dict):
        raise SchemaError("not a JSON Schema: it is no object")
    name = schema.get("$schema", Draft202012Validator.META_SCHEMA["$schema"])
    try:
        specification_with(str(name))
    except UnknownDialect:
        raise SchemaError(
            f"$schema {name!r} is no draft of JSON Schema known here, 7 or 2020-12 say"
        ) from None
    return _with_dates(validator_for(schema))


@cache
def _with_dates(draft: type[Validator]) -> type[Validator]:
    """The draft, extended so that a YAML date is valid where Astro's generated schemas expect one.

    Zod's `z.date()` accepts a date. Astro writes it as text of a date format or an integer of the format
    `unix-time`, which is used for nothing else.
    """
    usual = draft.VALIDATORS["type"]

    def type_or_date(
        validator: Any, types: Any, value: Any, schema: Any
    ) -> Iterator[exceptions.ValidationError]:
        if not (isinstance(value, date) and schema.get("format") == "unix-time"):
            yield from usual(validator, types, value, schema)

    extended: type[Validator] = extend(draft, {"type": type_or_date})  # type: ignore[no-untyped-call]
    return extended
