"""How long a block may take, and what ends an endless one."""

import pytest

from checker.analysis.lesson import analyze
from checker.reading.lesson import parse_lesson
from checker.running.job import Limits
from checker.running.jobs import INTERRUPT_SECONDS, lesson_job
from tests.builders import plan

ENDS: list[tuple[str, str, float | None]] = [
    ("", "runnable", None),
    ("", "endless", INTERRUPT_SECONDS),
    ("interrupt=500ms", "runnable", 0.5),
    ("interrupt=3s", "endless", 3.0),
    ("interrupt=drained", "runnable", INTERRUPT_SECONDS),
    ("interrupt=drained", "endless", INTERRUPT_SECONDS),
]


@pytest.mark.parametrize(("directive", "kind", "seconds"), ENDS)
def test_what_ends_a_block(directive: str, kind: str, seconds: float | None) -> None:
    comment = f"{{/* check: {directive} */}}\n" if directive else ""
    analysis = analyze(parse_lesson("lesson.mdx", f"{comment}```python\nwhile True: pass\n```\n"))
    job = lesson_job(analysis, (plan(kind),), Limits())  # type: ignore[arg-type]
    assert job is not None
    assert job.sessions[0].cells[0].interrupt == seconds


def test_a_block_that_is_not_to_run_makes_no_job() -> None:
    analysis = analyze(parse_lesson("lesson.mdx", "```python\nx = 1\n```\n"))
    assert lesson_job(analysis, (plan(runs=False),), Limits()) is None
