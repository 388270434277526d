"""The process that validates frontmatter: reads tasks from stdin, writes a line of JSON for each lesson.

A pattern can take longer than anyone waits, and `anyOf` can branch without end. A thread cannot be stopped in
the middle of a match; a process can.
"""

import faulthandler
import json
import pickle
import signal
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from msgspec.structs import astuple

from checker.schema.loading import load_schema
from checker.schema.refusal import refusal
from checker.schema.source import SchemaError
from checker.schema.violations import violations

# For loading a schema, and again for every lesson: each takes milliseconds. It is processor time, since a
# busy machine lets a process wait; where that cannot be measured, wall time.
DEADLINE_SECONDS = 1.5
_BY_THE_CLOCK = 1 if sys.platform == "win32" else 20


def main() -> None:
    """Validate what is on stdin: a pickled list of (schema file, frontmatter of its lessons)."""
    for schema, lessons in pickle.load(sys.stdin.buffer):  # noqa: S301 - written by the process that started this
        for line in judge(schema, lessons):
            sys.stdout.write(json.dumps(line, default=astuple) + "\n")
            sys.stdout.flush()


def judge(schema: str, lessons: Sequence[Any]) -> Iterator[object]:
    """The violations of each lesson; only `{"refused": why}` when the schema cannot be used."""
    try:
        _start_deadline()
        validator, patterns = load_schema(schema)
        for lesson in lessons:
            _start_deadline()
            refused = map(refusal, validator.iter_errors(lesson))
            yield list(dict.fromkeys(each for one in refused for each in violations(one, patterns)))
    except SchemaError as error:
        yield {"refused": str(error)}
    except RecursionError:
        yield {"refused": "it refers to itself without end, or is nested too deep"}
    finally:
        _stop_deadline()


def _start_deadline() -> None:
    """End the process unless this is called again in time."""
    faulthandler.dump_traceback_later(DEADLINE_SECONDS * _BY_THE_CLOCK, exit=True)
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_PROF, DEADLINE_SECONDS)  # SIGPROF ends it, even within a match


def _stop_deadline() -> None:
    faulthandler.cancel_dump_traceback_later()
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_PROF, 0)
