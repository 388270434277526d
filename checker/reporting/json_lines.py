"""The listing of blocks for programs: one JSON object a lesson, on one line."""

from collections.abc import Sequence

import msgspec

from checker.reporting.escape import json_text
from checker.reporting.listing import ListedLesson
from checker.reporting.look import Look


def render(lessons: Sequence[ListedLesson], _look: Look) -> str:
    """One line of JSON for each lesson, safe to print on a terminal."""
    encoder = msgspec.json.Encoder()
    return "".join(f"{json_text(encoder.encode(each).decode())}\n" for each in lessons)
