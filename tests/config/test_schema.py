"""The published schema of the configuration."""

import json
import runpy
import tomllib
from pathlib import Path

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
