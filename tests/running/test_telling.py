"""What statements come to, from outside and out of the cache."""

from msgspec.structs import replace

from checker.model import Outcome
from checker.model.traces import Told
from checker.running.engine import Engine
from checker.running.job import LessonJob, Limits, SessionJob
from tests.running.cells import lesson, outcomes
from tests.sandboxes import needs_sandbox

pytestmark = needs_sandbox


def run(job: LessonJob) -> list[Outcome]:
    with Engine(Limits(), workers=1) as engine:
        return outcomes(engine, job)


def test_nothing_is_told_unasked() -> None:
    (outcome,) = run(lesson("1"))
    assert outcome.told == ()


def test_values_and_what_is_printed() -> None:
    first, second = run(lesson("x = 3\nprint('a')", "x\n1 / 0", tell=(0, 1)))
    assert first.told == (
        Told(0, "", ("3",), (), ("int",)),
        Told(1, "a\n", ("None",), (), ("NoneType",)),
    )
    assert [each.texts for each in second.told] == [("3",)]
    assert first.stdout == "a\n"


def test_the_output_is_what_it_is_unasked() -> None:
    source = "import sys\nprint('a')\nsys.stdout.write('b')\n[c for c in 'd']\nsys.stdout.write('e')"
    asked, plain = lesson(source, tell=(0, 1, 2, 3, 4)), lesson(source)
    assert [each.stdout for each in run(asked)] == [each.stdout for each in run(plain)]
    console = [replace(each, sessions=(_console(each),)) for each in (asked, plain)]
    assert [each.stdout for each in run(console[0])] == [each.stdout for each in run(console[1])]


def _console(job: LessonJob) -> SessionJob:
    session = job.sessions[0]
    return replace(session, cells=tuple(replace(each, console=True) for each in session.cells))
