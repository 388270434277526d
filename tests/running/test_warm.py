"""Engines that outlive a run."""

from pathlib import Path

import pytest

from checker.model import Outcome
from checker.running.engine import Engine
from checker.running.interpreter import own_interpreter
from checker.running.job import LessonJob, Limits
from checker.running.lab import KafkaLab, Lab, Topic
from checker.running.remembering import Surroundings
from checker.running.warm import Warm
from tests.running.cells import lesson
from tests.sandboxes import needs_sandbox

pytestmark = needs_sandbox


class Counted:
    """Makes engines, and counts them."""

    def __init__(self, limits: Limits = Limits(cell_seconds=1.0), fixtures: str | None = None) -> None:  # noqa: B008
        self.made = 0
        self.surroundings = Surroundings("namespaces", own_interpreter(), limits, {}, fixtures, Lab())

    def __call__(self) -> Engine:
        self.made += 1
        return Engine(self.surroundings.limits, fixtures=self.surroundings.fixtures)


def run(warm: Warm, make: Counted, *jobs: LessonJob) -> dict[str, tuple[Outcome, ...]]:
    batch = warm.batch(make.surroundings, make)
    for job in jobs:
        batch.add(job)
    return {job.path: outcomes for job, outcomes in batch.results()}


def test_what_is_the_same_is_not_run_again() -> None:
    make, late = Counted(), lesson("import time\ntime.sleep(60)")
    with Warm() as warm:
        first = run(warm, make, late)
        assert [each.kind for each in first[late.path]] == ["timed-out"]
        again = run(warm, make, late)
        assert again[late.path] is first[late.path]
        other = lesson("print(2)")
        assert [each.stdout for each in run(warm, make, other)[other.path]] == ["2\n"]
    assert make.made == 1


def test_what_has_changed_around_it_is_another_engine(tmp_path: Path) -> None:
    make, job = Counted(fixtures=str(tmp_path)), lesson("print(open('tea').read())")
    with Warm() as warm:
        for text in ("black", "green"):
            (tmp_path / "tea").write_text(text)
            assert [each.stdout for each in run(warm, make, job)[job.path]] == [f"{text}\n"]
    assert make.made == 2


def test_another_lab_is_another_engine() -> None:
    make, job = Counted(), lesson("print(2)")
    with Warm() as warm:
        for topics in ((Topic("a"),), (Topic("b"),)):
            make.surroundings = make.surroundings._replace(lab=Lab(KafkaLab(topics=topics)))
            run(warm, make, job)
    assert make.made == 2


def test_what_was_done_at_a_broker_outside_is_run_again() -> None:
    make = Counted()
    make.surroundings = make.surroundings._replace(lab=Lab(KafkaLab(bootstrap="localhost:9092")))
    job = lesson("print(2)", services=("kafka",))
    with Warm() as warm:
        first = run(warm, make, job)
        assert run(warm, make, job)[job.path] is not first[job.path]


def test_only_some_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("checker.running.warm._MOST", 1)
    with Warm() as warm:
        for seconds in (1.0, 2.0, 1.0):
            make = Counted(Limits(cell_seconds=seconds))
            job = lesson("print(1)")
            assert [each.stdout for each in run(warm, make, job)[job.path]] == ["1\n"]
            assert make.made == 1


def test_fixtures_that_are_gone() -> None:
    make = Counted(fixtures="/none")
    with Warm() as warm, pytest.raises(Exception, match="not a folder"):
        run(warm, make, lesson("print(1)"))
