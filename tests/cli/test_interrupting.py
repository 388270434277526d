"""Ctrl-C in the middle of a real run: what is done is reported, and no process is left."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from msgspec.structs import replace

from checker.cli.status import FINDINGS, INTERRUPTED, NOTHING_TO_REPORT
from checker.pipeline import Options, check
from checker.reporting.build import build
from checker.reporting.concise import summary_line
from tests.cli.conftest import Command, FakePipeline
from tests.cli.test_processes import environment
from tests.quiet import Quiet
from tests.reporting.courses import mixed, result, unrun
from tests.sandboxes import needs_sandbox

QUICK = "# Tea\n\n```python\nprint(1)\n```\n"
SLOW = "# Tea\n\n```python\nprint(1)\n```\n\n```python\nimport time\ntime.sleep(9)\n```\n"


def write(folder: Path, quick: int, slow: int) -> None:
    for number in range(quick + slow):
        (folder / f"{number:02}.mdx").write_text(QUICK if number < quick else SLOW)


def start(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    """In a session of its own, so that Ctrl-C reaches all that a terminal would send it to."""
    command = [sys.executable, "-m", "checker", "check", "--no-cache", "--jobs", "2", *arguments]
    return subprocess.Popen(
        command,
        cwd=folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def started_by(pid: int) -> set[int]:
    """The living processes that come from this one."""
    found, waiting = set(), [pid]
    while waiting:
        parent = waiting.pop()
        for tasks in Path(f"/proc/{parent}/task").glob("*/children"):
            children = [int(each) for each in tasks.read_text().split()]
            found |= {*children}
            waiting += children
    return found


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


@needs_sandbox
def test_what_is_done_is_reported_and_nothing_is_left(tmp_path: Path) -> None:
    write(tmp_path, quick=3, slow=6)
    process = start(tmp_path, "--output", "json=results.json", "--output-format", "concise")
    deadline = time.monotonic() + 50
    seen: set[int] = set()
    # The slow lessons run once the zygote has forked for two of them at a time.
    while time.monotonic() < deadline and len(seen) < 3:
        seen = started_by(process.pid)
        time.sleep(0.1)
    time.sleep(5)
    seen |= started_by(process.pid)
    os.killpg(process.pid, signal.SIGINT)
    said, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (INTERRUPTED, "")
    results = json.loads((tmp_path / "results.json").read_text())
    left = [each for each in results["blocks"] if each["outcome"] == "not-run"]
    done = {each["path"] for each in results["blocks"]} - {each["path"] for each in left}
    unchecked = results["interrupted"]["unchecked"]
    # How far it comes in that time is the machine's; six slow lessons of nine seconds are too many.
    assert unchecked >= 1
    assert len(done) + unchecked == 9
    assert {each["outcome"] for each in results["blocks"] if each["path"] in done} <= {"passed"}
    assert {each["reason"] for each in left} == {"the run was interrupted before it"}
    assert f"interrupted: {unchecked} lesson" in said
    deadline = time.monotonic() + 5
    while any(map(is_alive, seen)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not [each for each in seen if is_alive(each)]


class Pressing(Quiet):
    """Presses Ctrl-C after so many steps."""

    def __init__(self, steps: int, *, again: bool = False) -> None:
        self.steps = steps
        self.again = again

    def advance(self, label: str) -> None:
        del label
        self.steps -= 1
        if self.steps == 0:
            raise KeyboardInterrupt

    def end(self) -> None:
        if self.again:
            raise KeyboardInterrupt


def test_lessons_that_were_not_read_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, quick=5, slow=0)
    checked = check(Options(run=False), Pressing(2))
    assert (checked.unchecked, len(checked.lessons)) == (3, 2)
    assert "interrupted: 3 lessons not checked to the end" in summary_line(build(checked))


def test_a_run_that_came_to_its_end_says_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, quick=2, slow=0)
    checked = check(Options(run=False), Pressing(9))
    assert checked.unchecked is None
    assert build(checked).interrupted is None
    assert "interrupted" not in summary_line(build(checked))


def test_a_second_time_ends_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, quick=3, slow=0)
    with pytest.raises(KeyboardInterrupt):
        check(Options(run=False), Pressing(1, again=True))


def test_an_interrupted_run_ends_with_its_status_and_keeps_nothing(
    command: Command, fake: FakePipeline, tmp_path: Path
) -> None:
    fake.result = replace(result(unrun(mixed())), unchecked=2)
    baseline = tmp_path / "baseline.json"
    done = command("check", "--write-baseline", str(baseline), "--history", str(tmp_path / "history"))
    assert done.status == INTERRUPTED
    assert "interrupted: 2 lessons not checked to the end" in done.out
    assert list(tmp_path.glob("*")) == []


def test_the_statuses_differ() -> None:
    assert len({FINDINGS, INTERRUPTED, NOTHING_TO_REPORT}) == 3


def test_fixes_of_an_interrupted_run_are_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from checker.fixing.course import fix

    monkeypatch.chdir(tmp_path)
    text = '# Tea\n\n{/* check: ignore=python-syntax because="why" */}\n```python\ncups = 3\n```\n'
    for name in ("a.mdx", "b.mdx"):
        Path(name).write_text(text)
    fixed = fix(Options(run=False), Pressing(1), unsafe=False, write=True)
    assert (fixed.result.unchecked, fixed.fixes, fixed.rewritten) == (1, (), ())
    assert Path("a.mdx").read_text() == text
    with pytest.raises(KeyboardInterrupt):
        fix(Options(run=False), Pressing(3), unsafe=False, write=True)
    assert Path("a.mdx").read_text() == text
