"""The published schema of the configuration."""

import json
import runpy
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from checker.config import schema
from checker.resources import schema_file
from tests.config.test_load import FULL

PUBLISHED = Path(schema_file("config.schema.json"))


def test_it_is_not_stale(capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(schema.__file__, run_name="__main__")
    assert PUBLISHED.read_text(encoding="utf-8") == capsys.readouterr().out, (
        "run: python -m checker.config.schema > schemas/config.schema.json"
    )


def test_it_allows_what_is_read_and_nothing_else() -> None:
    published = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(published)
    validator = jsonschema.Draft202012Validator(published)
    assert validator.is_valid(tomllib.loads(FULL))
    assert not validator.is_valid({"run": {"timout": "5s"}})


def test_every_key_says_what_it_is_for() -> None:
    published = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    silent = [
        f"{name}.{key}"
        for name, table in published["$defs"].items()
        for key, value in table.get("properties", {}).items()
        if "$ref" not in value and not _descriptions(value)
    ]
    assert silent == []


def _descriptions(value: dict[str, Any]) -> list[str]:
    """Of a key, or of what it is unless it is null."""
    return [each["description"] for each in (value, *value.get("anyOf", ())) if "description" in each]
