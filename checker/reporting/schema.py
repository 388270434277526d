"""The JSON Schema of the results document.

`python -m checker.reporting.schema > schemas/results.schema.json` updates its file.
"""

import inspect
import json
import sys
from typing import Any

import msgspec

from checker.reporting.document import Results

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def results_schema() -> dict[str, Any]:
    """The schema, made from the structures of the document."""
    return described_schema(Results)


def described_schema(structure: type) -> dict[str, Any]:
    """The schema of a structure; the descriptions are the docstrings of its parts."""
    schema = {"$schema": _DIALECT, **msgspec.json.schema(structure)}
    for part in schema["$defs"].values():
        part["description"] = inspect.cleandoc(part["description"])
    return schema


def to_text(schema: dict[str, Any]) -> str:
    """A schema in the form of its file."""
    return json.dumps(schema, indent=2) + "\n"


if __name__ == "__main__":
    sys.stdout.write(to_text(results_schema()))
