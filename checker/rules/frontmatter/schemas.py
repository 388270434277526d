"""Which schema judges which lesson."""

from os.path import relpath
from pathlib import Path

from checker.config import Config
from checker.model import Lesson
from checker.reading.globs import matches
from checker.resources import schema_file
from checker.rules.frontmatter.lesson_keys import follows_convention, is_evidently_valid
from checker.rules.frontmatter.places import data_of

# What else may stand in a schema that asks for a table and for nothing in it.
_ASKS_FOR_NOTHING = frozenset(
    {"$schema", "$id", "$comment", "title", "description", "type", "properties", "patternProperties"}
    | {"additionalProperties", "examples", "default", "$defs", "definitions"}
)


def schema_of(lesson: Lesson, config: Config) -> str | None:
    """The file of the schema that must judge a lesson with frontmatter, seen from the current folder.

    None when there is none for it, or when it is evidently what the schema asks for.
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
    """The file of the first configured schema whose glob means the lesson, seen from the current folder."""
    path = config.relative(lesson.path)
    for each in config.frontmatter.schemas:
        if matches(path, each.files):
            return relpath(Path(config.folder, each.schema))
    return None


def wants_nothing(path: str) -> bool:
    """Whether the schema in a file evidently takes an empty table, and so a lesson without frontmatter.

    One that cannot be read is reported where it judges.
    """
    import json  # not for courses that have no such file

    try:
        schema = json.loads(Path(path).read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return (
        isinstance(schema, dict)
        and schema.keys() <= _ASKS_FOR_NOTHING
        and schema.get("type", "object") == "object"
    )
