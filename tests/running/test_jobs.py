"""How long a block may take, and what ends an endless one."""

import pytest

from checker.analysis.lesson import analyze
from checker.reading.lesson import parse_lesson
from checker.running.job import LessonJob, Limits
from checker.running.jobs import INTERRUPT_SECONDS, lesson_job
from checker.running.lab import KafkaLab, Lab
from checker.running.plan import plan_lesson
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


def block(code: str) -> str:
    return f"```python\n{code}\n```\n"


def job_of(text: str) -> LessonJob:
    analysis = analyze(parse_lesson("lesson.mdx", text))
    plans = plan_lesson(analysis, has_package=lambda _: True, lab=Lab(KafkaLab()))
    job = lesson_job(analysis, plans, Limits())
    assert job is not None
    return job


def test_a_session_is_given_the_services_that_its_blocks_need() -> None:
    client = "from confluent_kafka import Consumer\nConsumer({'bootstrap.servers': 'kafka:9092'})"
    job = job_of(f"{block('x = 1')}\n{{/* check: session=other */}}\n{block(client)}")
    assert [session.services for session in job.sessions] == [(), ("kafka",)]


@pytest.mark.parametrize(
    ("code", "directive", "drained"),
    [
        ("x = 1", "", False),
        ("while True: pass", "", True),
        ("while True: pass", "interrupt=3s", False),
        ("x = 1", "interrupt=drained", True),
    ],
)
def test_which_blocks_end_when_their_topics_are_drained(code: str, directive: str, *, drained: bool) -> None:
    comment = f"{{/* check: {directive} */}}\n" if directive else ""
    assert job_of(comment + block(code)).sessions[0].cells[0].drained is drained
