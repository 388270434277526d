"""The interpreter that snippets run in."""

import sys
from collections.abc import Iterator

from checker.doctor.answer import Answer
from checker.running.environment import describe
from checker.running.interpreter import own_interpreter


def interpreter() -> Iterator[Answer]:
    """Its version, where it is, and the machine."""
    found = describe(own_interpreter(), None)
    yield Answer("interpreter", f"Python {found.python}", available=True, detail=sys.executable)
    yield Answer("interpreter", "machine", available=True, detail=found.platform)
