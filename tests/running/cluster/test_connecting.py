"""Dask itself: two workers' processes, one of which is killed in the middle of a course."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from checker.errors import CheckerError, ConfigError, SandboxError, UsageError
from checker.model import CourseResult, Outcome
from checker.pipeline import Options, check
from checker.running.cluster import connecting
from tests.quiet import QUIET
from tests.sandboxes import needs_sandbox

LESSONS = 60
TEXT = """# Tea {0}

```python
import time
time.sleep(0.05)
cups = {0}
print(open("leaf.txt").read(), cups)
```
"""


class Cluster(NamedTuple):
    address: str
    workers: list["subprocess.Popen[bytes]"]


def start(*arguments: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "dask", *arguments]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    """A scheduler and two workers, without nannies: who is killed stays dead."""
    pytest.importorskip("distributed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    address = f"tcp://127.0.0.1:{port}"
    nowhere = ("--no-dashboard", "--dashboard-address", "127.0.0.1:0")
    scheduler = start("scheduler", "--host", "127.0.0.1", "--port", port, *nowhere)
    worker = ("worker", address, "--nthreads", "1", "--no-nanny", "--host", "127.0.0.1", *nowhere)
    workers = [start(*worker) for _ in range(2)]
    try:
        yield Cluster(address, workers)
    finally:
        for each in (*workers, scheduler):
            each.kill()
            each.wait()


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "leaf.txt").write_text("sencha")
    (tmp_path / "coursecheck.toml").write_text('[run]\nfixtures = "data"\n')
    for number in range(LESSONS):
        (tmp_path / f"{number:02}.md").write_text(TEXT.format(number))
    return tmp_path


class Killing:
    """A progress that kills a worker when so many lessons have been run."""

    def __init__(self, victim: "subprocess.Popen[bytes]", after: int) -> None:
        self._victim, self._left = victim, after
        self._running = False

    def begin(self, what: str, total: int, seconds: Mapping[str, float]) -> None:
        del total, seconds
        self._running = what == "Checking"

    def advance(self, label: str) -> None:  # noqa: ARG002 as Progress has it
        self._left -= self._running
        if self._running and self._left == 0:
            os.kill(self._victim.pid, signal.SIGKILL)

    def end(self) -> None:
        self._running = False


def told(result: CourseResult) -> list[tuple[str, list[tuple[int, str, str, str]]]]:
    """All that a run says of its lessons but for times."""
    return [(each.lesson.path, [plain(outcome) for outcome in each.outcomes]) for each in result.lessons]


def plain(outcome: Outcome) -> tuple[int, str, str, str]:
    return outcome.block, outcome.kind, outcome.reason, outcome.stdout


@needs_sandbox
def test_a_worker_is_killed_in_the_middle(course: Path, cluster: Cluster) -> None:
    here = check(Options(), QUIET)
    # Both have to be there before one can be missed.
    said: list[str] = []
    there = check(
        Options(cluster=cluster.address, say=said.append), Killing(cluster.workers[0], LESSONS // 3)
    )
    assert cluster.workers[0].wait(10) == -signal.SIGKILL
    assert said == []
    assert len(there.lessons) == LESSONS
    assert {each.kind for lesson in there.lessons for each in lesson.outcomes} == {"passed"}
    assert told(there) == told(here)
    assert there.environment == here.environment
    (course / "data" / "leaf.txt").write_text("assam")
    again = check(Options(paths=("00.md",), cluster=cluster.address), QUIET)
    assert again.lessons[0].outcomes[0].stdout == "assam 0\n"


@needs_sandbox
def test_a_cluster_on_this_machine_needs_nothing_else(course: Path) -> None:
    for number in range(3, LESSONS):
        (course / f"{number:02}.md").unlink()
    here = check(Options(), QUIET)
    assert told(check(Options(cluster="local", jobs=1), QUIET)) == told(here)


@pytest.mark.usefixtures("course")
def test_a_tier_that_is_weaker_than_required_runs_nothing() -> None:
    with pytest.raises(SandboxError, match="landlock is weaker, so nothing was run"):
        check(Options(cluster="local", jobs=1, sandbox="landlock", require_tier="namespaces"), QUIET)


@pytest.mark.usefixtures("course")
def test_nobody_at_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connecting, "_CONNECT_SECONDS", 0.5)
    with pytest.raises(CheckerError, match=r"tcp://127\.0\.0\.1:9: no scheduler answers there"):
        check(Options(cluster="tcp://127.0.0.1:9"), QUIET)
    with pytest.raises(CheckerError, match=r"tls://127\.0\.0\.1:9: no scheduler answers there"):
        check(Options(cluster="tls://127.0.0.1:9"), QUIET)


@pytest.mark.usefixtures("course")
def test_without_dask_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError) as caught:
        check(Options(cluster="local"), QUIET)
    assert caught.value.remedy == "Install it: pip install 'coursecheck[cluster]'"


def test_fixtures_that_cannot_be_read(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from checker.running.cluster import opening

    def refuse(folder: str) -> bytes:
        raise PermissionError(13, "Permission denied", folder)

    monkeypatch.setattr(opening, "pack", refuse)
    with pytest.raises(ConfigError, match=f"fixtures: {course}/data cannot be read"):
        check(Options(cluster="local"), QUIET)
