"""The keys of a lesson by the usual convention, from which the default schema is generated.

`python -m checker.rules.frontmatter.lesson_keys` prints `schemas/lesson.schema.json`.
"""

import sys
from typing import Annotated, Any, Literal, get_args

import msgspec
from msgspec import Meta, Struct

Text = Annotated[str, Meta(pattern=r"\S")]
Level = Literal["beginner", "intermediate", "advanced"]

# Sites of every kind have a title and a description; two of these keys together are typical of a lesson.
_TELLING = frozenset({"order", "difficulty", "estimatedTime", "topics", "prerequisites"})


class LessonKeys(Struct, frozen=True, rename="camel"):
    """The frontmatter of a lesson; other keys are allowed."""

    title: Text
    description: Text
    order: Annotated[int, Meta(ge=1, description="place in the module")]
    difficulty: Level
    estimated_time: Annotated[float, Meta(gt=0, description="minutes")]
    topics: Annotated[tuple[Text, ...], Meta(min_length=1)]
    prerequisites: tuple[str, ...] = ()


KEYS = frozenset(LessonKeys.__struct_encode_fields__)


def follows_convention(data: dict[str, Any]) -> bool:
    """Whether frontmatter evidently follows this convention, so that missing keys are mistakes."""
    return len(_TELLING & data.keys()) >= 2


def is_evidently_valid(data: dict[str, Any]) -> bool:
    """Whether the default schema certainly accepts this; False says nothing.

    It spares most lessons the import of jsonschema, which costs more than everything else about them.
    """
    try:
        msgspec.convert(data, LessonKeys)
    except msgspec.ValidationError:
        return False
    return True


def render_schema() -> str:
    """The text of `schemas/lesson.schema.json`."""
    import json

    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **msgspec.json.schema(LessonKeys)["$defs"]["LessonKeys"],
        "title": "Lesson",
    }
    # msgspec sorts choices alphabetically; authors know them from easy to hard.
    schema["properties"]["difficulty"]["enum"] = list(get_args(Level))
    return json.dumps(schema, indent=2) + "\n"


if __name__ == "__main__":
    sys.stdout.write(render_schema())
