"""The engine: lessons in the order they are done, and no process of ours that dies takes a result with it."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest
from msgspec.structs import replace

from checker.errors import ConfigError, SandboxError
from checker.model import Outcome
from checker.running import launch, zygotes
from checker.running.engine import Engine
from checker.running.interpreter import own_interpreter
from checker.running.job import CellJob, LessonJob, Limits, SessionJob
from tests.running.cells import kinds, lesson, outcomes, session
from tests.sandboxes import needs_sandbox

ROOT = Path(__file__).parents[2]
LONG = "import time\nprint('started', flush=True)\ntime.sleep(60)"


def children(pid: int) -> list[int]:
    """All processes that come from this one."""
    found: list[int] = []
    for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, tasks.read_text().split()):
            found += [child, *children(child)]
    return found


def is_there(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_until(what: str, is_so: object) -> None:
    deadline = time.monotonic() + 10
    while not is_so():  # type: ignore[operator]
        assert time.monotonic() < deadline, f"not {what} after 10 s"
        time.sleep(0.01)


def test_no_lesson_starts_no_process() -> None:
    before = children(os.getpid())
    with Engine(Limits()) as engine:
        assert list(engine.run([])) == []
        assert list(engine.run([LessonJob("l.mdx", ()), LessonJob("m.mdx", (SessionJob("", ()),))])) == [
            (LessonJob("l.mdx", ()), ()),
            (LessonJob("m.mdx", (SessionJob("", ()),)), ()),
        ]
        assert children(os.getpid()) == before


def test_pandas_is_warmed_up_only_for_a_lesson_that_mentions_it() -> None:
    light = lesson("print('panda')")
    assert zygotes.warm_packages(light) == ()
    assert zygotes.warm_packages(lesson("1", "import pandas as pd")) == ("pandas",)
    hidden = LessonJob("l.mdx", (SessionJob("", (CellJob(0, "df", 1, 1.0, setup="import pandas"),)),))
    assert zygotes.warm_packages(hidden) == ("pandas",)


def test_a_folder_of_fixtures_that_is_not_there_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="nowhere is not a folder"):
        Engine(Limits(), fixtures=str(tmp_path / "nowhere"))


@needs_sandbox
def test_fixtures_that_do_not_fit_are_said(tmp_path: Path) -> None:
    (tmp_path / "big").write_bytes(bytes(2 << 20))
    with (
        Engine(Limits(disk=1 << 20), fixtures=str(tmp_path)) as engine,
        pytest.raises(SandboxError, match="fixtures cannot be copied") as refused,
    ):
        list(engine.run([lesson("1")]))
    assert "limits" in refused.value.remedy


@needs_sandbox
def test_lessons_come_as_they_are_done() -> None:
    jobs = [
        lesson(f"import time\ntime.sleep({seconds})", path=f"{number}.mdx")
        for number, seconds in enumerate((0.5, 0.0, 0.0))
    ]
    with Engine(Limits(), workers=2) as engine:
        assert [job.path for job, _ in engine.run(jobs)] == ["1.mdx", "2.mdx", "0.mdx"]


@needs_sandbox
def test_lessons_of_a_batch_run_while_others_are_added(engine: Engine) -> None:
    batch = engine.batch()
    batch.add(lesson("print('first')", path="first.mdx"))
    wait_until("done", lambda: not batch._done.empty())
    batch.add(lesson("print('second')", path="second.mdx"))
    assert [(job.path, result.stdout) for job, (result,) in batch.results()] == [
        ("first.mdx", "first\n"),
        ("second.mdx", "second\n"),
    ]
    assert list(batch.results()) == []


@needs_sandbox
def test_a_run_that_was_given_up_does_not_disturb_the_next(engine: Engine) -> None:
    results = engine.run(lesson(f"print({n})", path=f"{n}.mdx") for n in range(3))
    next(results)
    results.close()  # type: ignore[attr-defined]
    assert [outcome.stdout for outcome in outcomes(engine, lesson("print('new')", path="new.mdx"))] == [
        "new\n"
    ]


def zygote_of(engine: Engine) -> int:
    return engine._zygotes._zygotes[(), 0]._process.pid


@needs_sandbox
@pytest.mark.parametrize("whom", ["zygote", "sandbox"])
def test_a_process_of_ours_that_is_killed_costs_time_and_nothing_else(whom: str) -> None:
    with Engine(Limits(), workers=1) as engine:
        outcomes(engine, lesson("'warm'"))
        results = engine.run([lesson("import time\ntime.sleep(.5)\nprint('done')")])
        done: list[object] = []
        waiter = threading.Thread(target=lambda: done.extend(results))
        waiter.start()
        zygote = zygote_of(engine)
        wait_until("running", lambda: len(children(zygote)) == 2)
        os.kill(zygote if whom == "zygote" else children(zygote)[0], signal.SIGKILL)
        waiter.join()
    [(_, (outcome,))] = done  # type: ignore[misc]
    assert (outcome.kind, outcome.stdout) == ("passed", "done\n")  # type: ignore[has-type]


@needs_sandbox
def test_a_sandbox_that_is_killed_every_time_is_reported() -> None:
    with Engine(Limits(), workers=1) as engine:
        outcomes(engine, lesson("'warm'"))
        stop = threading.Event()

        def kill_all() -> None:
            while not stop.wait(0.01):
                for pid in children(zygote_of(engine)):
                    with suppress(ProcessLookupError):  # it has ended meanwhile
                        os.kill(pid, signal.SIGKILL)

        killer = threading.Thread(target=kill_all)
        killer.start()
        try:
            results = outcomes(engine, lesson(LONG, "1"))
        finally:
            stop.set()
            killer.join()
    assert kinds(results) == ["crashed", "crashed"]
    assert "ended from outside" in results[0].reason


RUNNER = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from checker.running.engine import Engine
from checker.running.job import *
cell = CellJob(0, "import time, subprocess\\nsubprocess.Popen(['sleep', '60'])\\ntime.sleep(60)", 1, 60.0)
jobs = [LessonJob(str(n), (SessionJob("", (cell,)),)) for n in range(3)]
with Engine(Limits(), workers=2) as engine:
    print(list(engine.run(jobs)))
"""


@needs_sandbox
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_when_the_checker_is_ended_nothing_is_left(number: signal.Signals) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", RUNNER], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as checker:
        # One zygote, and two sandboxes with a session and its child each.
        wait_until("running", lambda: len(children(checker.pid)) == 7)
        everything = children(checker.pid)
        checker.send_signal(number)
        _, errors = checker.communicate(timeout=10)
    wait_until("gone", lambda: not any(is_there(pid) for pid in everything))
    assert checker.returncode == -number
    assert ("KeyboardInterrupt" in errors) is (number == signal.SIGINT)


@needs_sandbox
def test_nothing_is_left_of_an_engine() -> None:
    mounts = Path("/proc/self/mountinfo").read_text()
    descriptors = len(os.listdir("/proc/self/fd"))
    threads = threading.active_count()
    others = set(children(os.getpid()))
    with Engine(Limits(), workers=2) as engine:
        outcomes(engine, lesson("1/0", path="a.mdx"), lesson("import os; os._exit(1)", path="b.mdx"))
        ours = set(children(os.getpid())) - others
        assert ours
    assert not any(is_there(pid) for pid in ours)
    assert Path("/proc/self/mountinfo").read_text() == mounts
    assert len(os.listdir("/proc/self/fd")) == descriptors
    assert threading.active_count() == threads


@needs_sandbox
def test_one_lesson_s_fall_takes_nothing_with_it(engine: Engine) -> None:
    falls = ["import os; os._exit(0)", "import os; os.kill(os.getpid(), 9)", "1/0", "print('fine')"]
    results = outcomes(engine, *(lesson(fall, path=f"{n}.mdx") for n, fall in enumerate(falls)))
    assert kinds(results) == ["crashed", "crashed", "failed", "passed"]


@needs_sandbox
def test_sessions_of_a_lesson_run_in_turn_and_share_its_folder(engine: Engine) -> None:
    job = LessonJob(
        "l.mdx", (session("open('f', 'w').write('1');", "y = 1"), session("open('f').read()", name="two"))
    )
    assert [outcome.stdout for outcome in outcomes(engine, job)] == ["", "", "'1'\n"]


def test_an_interpreter_that_does_not_start_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launch, "_BOOT", "raise SystemError('broken here')")
    with Engine(Limits()) as engine, pytest.raises(SandboxError, match="SystemError: broken here"):
        list(engine.run([lesson("1")]))


def test_a_zygote_that_fails_says_why() -> None:
    broken = replace(own_interpreter(), folders=7)
    with Engine(Limits(), interpreter=broken) as engine, pytest.raises(SandboxError, match="TypeError"):
        list(engine.run([lesson("1")]))


@needs_sandbox
def test_a_package_that_starts_threads_is_not_imported_beforehand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packages = tmp_path / "packages"
    packages.mkdir(mode=0o755)
    (packages / "pandas.py").write_text(
        "import threading, time\nthreading.Thread(target=time.sleep, args=(60,), daemon=True).start()"
    )
    monkeypatch.setattr(zygotes, "_ENVIRONMENT", {**zygotes._ENVIRONMENT, "PYTHONPATH": str(packages)})
    with Engine(Limits(), interpreter=replace(own_interpreter(), folders=(str(packages),))) as engine:
        [outcome] = outcomes(
            engine, lesson("import sys\n'pandas' in sys.modules, __import__('pandas').__file__")
        )
    assert outcome.stdout == f"(False, '{packages}/pandas.py')\n"


@needs_sandbox
def test_a_session_that_is_killed_from_outside_is_run_again() -> None:
    with Engine(Limits(), workers=1) as engine:
        outcomes(engine, lesson("'warm'"))
        job = lesson("import time\ntime.sleep(.5)\nprint('done')", "'after'")
        ended: list[Outcome] = []
        waiter = threading.Thread(target=lambda: ended.extend(outcomes(engine, job)))
        waiter.start()
        zygote = zygote_of(engine)
        wait_until("running", lambda: len(children(zygote)) == 2)
        os.kill(children(zygote)[1], signal.SIGKILL)
        waiter.join()
    assert [(each.kind, each.stdout) for each in ended] == [("passed", "done\n"), ("passed", "'after'\n")]


@needs_sandbox
def test_a_session_that_kills_itself_has_crashed(engine: Engine) -> None:
    first, after = outcomes(engine, lesson("import os; os.kill(os.getpid(), 9)", "1"))
    assert (first.kind, first.again, after.kind) == ("crashed", None, "not-run")
