from collections.abc import Callable, Iterator
from typing import Any

import pytest

from checker.model import Outcome
from checker.running.engine import Engine
from checker.running.job import Limits
from tests.running.cells import lesson, outcomes
from tests.sandboxes import needs_sandbox

Run = Callable[..., list[Outcome]]


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    with Engine(Limits(cell_seconds=5.0), workers=1) as shared:
        yield shared


@pytest.fixture
def run(engine: Engine) -> Run:
    """Run blocks as one lesson and return their outcomes."""

    def run_blocks(*sources: str, **more: Any) -> list[Outcome]:
        return outcomes(engine, lesson(*sources, **more))

    return run_blocks


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes an engine takes a sandbox."""
    for item in items:
        if "engine" in getattr(item, "fixturenames", ()):
            item.add_marker(needs_sandbox)
