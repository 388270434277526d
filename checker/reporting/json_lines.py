"""The listing of blocks for programs: one JSON object a lesson, one lesson a line."""

from collections.abc import Sequence

import msgspec

from checker.reporting.escape import json_text
from checker.reporting.listing import ListedLesson
from checker.reporting.look import Look


def render(lessons: Sequence[ListedLesson], _look: Look) -> str:
    """One line of JSON a lesson; it is safe to print, since nothing in it acts on a terminal."""
    encoder = msgspec.json.Encoder()
    return "".join(f"{json_text(encoder.encode(each).decode())}\n" for each in lessons)
