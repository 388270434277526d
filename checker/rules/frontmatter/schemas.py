"""Decides which schema applies to which lesson."""

from os.path import relpath
from pathlib import Path

from checker.config import Config
from checker.model import Lesson
from checker.reading.globs import matches
from checker.resources import schema_file
from checker.rules.frontmatter.lesson_keys import follows_convention, is_evidently_valid
from checker.rules.frontmatter.places import data_of

# Keywords that a schema may contain which requires a table and nothing in it.
_ASKS_FOR_NOTHING = frozenset(
    {"$schema", "$id", "$comment", "title", "description", "type", "properties", "patternProperties"}
    | {"additionalProperties", "examples", "default", "$defs", "definitions"}
)


def schema_of(lesson: Lesson, config: Config) -> str | None:
    """The schema file that has to check a lesson with frontmatter, relative to the current folder.

    None when there is no schema for it, or when it evidently satisfies it.
    """
    data = data_of(lesson)
    if data is None:
        return None
    if config.frontmatter.schemas:
        return configured_schema(lesson, config)
    return (
        schema_file("lesson.schema.json")
        if follows_convention(data) and not is_evidently_valid(data)
        else None
    )


def configured_schema(lesson: Lesson, config: Config) -> str | None:
    """The first configured schema file whose glob matches the lesson, relative to the current folder."""
    path = config.relative(lesson.path)
    for each in config.frontmatter.schemas:
        if matches(path, each.files):
            return relpath(Path(config.folder, each.schema))
    return None


def wants_nothing(path: str) -> bool:
    """Whether a schema evidently accepts an empty table, and so a lesson without frontmatter.

    A schema that cannot be read is reported where it is used.
    """
    import json  # imported here: most courses have no such file

    try:
        schema = json.loads(Path(path).read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return (
        isinstance(schema, dict)
        and schema.keys() <= _ASKS_FOR_NOTHING
        and schema.get("type", "object") == "object"
    )
