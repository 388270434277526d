"""The files that come with the checker and are not Python."""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def schema_file(name: str) -> str:
    """The path of a published JSON Schema, such as `lesson.schema.json`.

    Installed, the schemas lie inside the package; in the repository beside it, where people look for them.
    """
    folders = (_PACKAGE / "schemas", _PACKAGE.parent / "schemas")
    return str(next(folder / name for folder in folders if (folder / name).is_file()))
