"""Loads a schema with everything that it refers to, which must be files in its own folder."""

from os.path import realpath
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from jsonschema.protocols import Validator
from jsonschema_specifications import REGISTRY as METASCHEMAS  # type: ignore[import-untyped]
from referencing import Registry, Resource, Specification
from referencing.exceptions import Unresolvable
from referencing.jsonschema import specification_with

from checker.schema.formats import format_checker
from checker.schema.source import Patterns, SchemaError, read_schema

_REFERENCES = ("$ref", "$dynamicRef", "$recursiveRef")


def load_schema(path: str) -> tuple[Validator, Patterns]:
    """A validator for the schema in this file.

    Raises SchemaError when it, or what it refers to, is unusable.
    """
    patterns = Patterns()
    schema, draft = read_schema(path, patterns)
    registry = _registry(path, patterns)
    specification = specification_with(draft.META_SCHEMA["$schema"])
    try:
        _follow_references(
            registry.resolver_with_root(specification.create_resource(schema)), schema, specification
        )
    except Unresolvable as error:
        raise SchemaError(
            f"$ref {error.ref!r} leads nowhere: it may point into the schema, or to JSON in its own folder"
        ) from None
    return draft(schema, registry=registry, format_checker=format_checker()), patterns


def _registry(path: str, patterns: Patterns) -> Registry[Any]:
    """The files in a schema's folder, by relative reference; links that lead out of it are refused too."""
    folder = realpath(Path(path).parent)

    def retrieve(uri: str) -> Resource[Any]:
        parts = urlsplit(uri)
        found = realpath(Path(folder, unquote(parts.path)))
        if parts.scheme or parts.netloc or "\\" in uri or not Path(found).is_relative_to(folder):
            raise LookupError(uri)
        schema, draft = read_schema(found, patterns)
        return specification_with(draft.META_SCHEMA["$schema"]).create_resource(schema)

    # Without `retrieve`, and the metaschemas beside it, jsonschema would fetch unknown references.
    own: Registry[Any] = Registry(retrieve=retrieve)  # type: ignore[call-arg]
    return own.combine(METASCHEMAS)


def _follow_references(resolver: Any, schema: Any, specification: Specification[Any]) -> None:
    """Resolve every reference now, so that a broken one is noticed even if no lesson needs it."""
    waiting = [(resolver, schema)]
    seen = set()
    while waiting:
        resolver, schema = waiting.pop()
        if id(schema) in seen or not isinstance(schema, dict):
            continue
        seen.add(id(schema))
        for reference in (schema[word] for word in _REFERENCES if isinstance(schema.get(word), str)):
            found = resolver.lookup(reference)
            waiting.append((found.resolver, found.contents))
        below = specification.create_resource(schema).subresources()
        waiting += [(resolver.in_subresource(each), each.contents) for each in below]
