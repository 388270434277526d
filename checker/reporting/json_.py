"""The results document as JSON, the format that programs read."""

from collections.abc import Mapping

import msgspec

from checker.model import Lesson
from checker.reporting.document import Results
from checker.reporting.escape import json_text
from checker.reporting.look import Look


def render(results: Results, _lessons: Mapping[str, Lesson], _look: Look) -> str:
    """One indented JSON document; it is safe to print, since nothing in it acts on a terminal."""
    compact = msgspec.json.encode(results)
    return json_text(msgspec.json.format(compact, indent=2).decode()) + "\n"
