from collections.abc import Callable, Sequence
from typing import NamedTuple

import pytest

from checker import pipeline
from checker.cli.main import run
from checker.model import CourseResult
from tests.reporting.courses import mixed, result, unrun


class Ended(NamedTuple):
    """How a command ended."""

    status: int
    out: str
    err: str


Command = Callable[..., Ended]


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("NO_COLOR", "FORCE_COLOR", "COURSECHECK_TRACEBACK"):
        monkeypatch.delenv(variable, raising=False)


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Command:
    """Run the command line in this process."""

    def call(*arguments: str) -> Ended:
        status = run(arguments)
        return Ended(status, *capsys.readouterr())

    return call


class FakePipeline:
    """Stands for the pipeline: hands out a result, or fails, and keeps what it was asked for."""

    def __init__(self) -> None:
        self.result: CourseResult = result(unrun(mixed()))
        self.failure: BaseException | None = None
        self.asked: list[pipeline.Options] = []
        self.labels: Sequence[str] = ()
        self.warm: list[object] = []

    def __call__(
        self, options: pipeline.Options, progress: pipeline.Progress, warm: object = None
    ) -> CourseResult:
        self.warm.append(warm)
        self.asked.append(options)
        progress.begin("Reading", len(self.labels), {})
        for label in self.labels:
            progress.advance(label)
        if self.failure:
            raise self.failure
        progress.end()
        return self.result


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakePipeline:
    """Commands that call this instead of the pipeline."""
    made = FakePipeline()
    monkeypatch.setattr(pipeline, "check", made)
    monkeypatch.setattr(pipeline, "plan", made)
    return made
