"""The JSON Schema of the results document.

`python -m checker.reporting.schema > schemas/results.schema.json` renews its file.
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
    schema = {"$schema": _DIALECT, **msgspec.json.schema(Results)}
    for part in schema["$defs"].values():
        part["description"] = inspect.cleandoc(part["description"])
    return schema


def schema_text() -> str:
    """The schema as it stands in its file."""
    return json.dumps(results_schema(), indent=2) + "\n"


if __name__ == "__main__":
    sys.stdout.write(schema_text())
