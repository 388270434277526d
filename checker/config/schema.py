"""The JSON Schema of `coursecheck.toml`, for editors: `python -m checker.config.schema` prints it."""

import inspect
import json
import sys

import msgspec

from checker.config.keys import ConfigKeys


def render() -> str:
    """The text of `schemas/config.schema.json`."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "coursecheck.toml",
        **msgspec.json.schema(ConfigKeys),
    }
    # Descriptions are docstrings; Python takes their indentation away since 3.13, and we before.
    for part in schema["$defs"].values():
        part["description"] = inspect.cleandoc(part["description"])
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(render())
