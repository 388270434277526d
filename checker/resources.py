"""Paths of data files that are part of the checker."""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def schema_file(name: str) -> str:
    """The path of a published JSON Schema, such as `lesson.schema.json`.

    When installed, the schemas are inside the package; in the repository they are beside it, where people
    look for them.
    """
    folders = (_PACKAGE / "schemas", _PACKAGE.parent / "schemas")
    return str(next(folder / name for folder in folders if (folder / name).is_file()))
