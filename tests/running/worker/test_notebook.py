"""The namespace itself, in this process; what takes a sandbox to see is in test_notebook one folder up."""

import os
import signal
import sys
import threading
import time
from typing import Any

import pytest

from checker.running.worker import notebook as worker_notebook
from checker.running.worker.leftovers import end_leftovers
from checker.running.worker.notebook import Notebook
from tests.running.worker.conftest import run

LATER: dict[str, Any] = {"errors": [], "warnings": []}
CLEAN: dict[str, Any] = {
    "error": None,
    "limit": None,
    "swallowed": [],
    "warnings": [],
    "completed": [],
    "later": LATER,
    "trace": [],
    "told": [],
    "lacks": "",
}


def test_a_cell_that_runs_through_reports_nothing(notebook: Notebook) -> None:
    assert run(notebook, "x = 1") == CLEAN


def test_the_last_expression_is_printed(notebook: Notebook, capsys: pytest.CaptureFixture[str]) -> None:
    run(notebook, "x = 1\nx")
    run(notebook, "x\nx\n", console=True)
    run(notebook, "y", setup="y = 3\ny", setup_line=2)
    run(notebook, "display(x, 'z')")
    assert capsys.readouterr().out == "1\n1\n1\n3\n1\n'z'\n"


def test_an_exception_is_reported_and_the_names_stay(notebook: Notebook) -> None:
    report = run(notebook, "x = 1\n1 / 0")
    assert (report["error"]["type"], report["error"]["line"]) == ("ZeroDivisionError", 6)
    assert run(notebook, "x") == CLEAN


def test_awaiting_uses_one_loop(notebook: Notebook) -> None:
    assert run(notebook, "import asyncio\nasync def f(): return asyncio.get_running_loop()") == CLEAN
    assert run(notebook, "task = asyncio.create_task(f())\nloop = await task") == CLEAN
    assert run(notebook, "await asyncio.sleep(0)\nassert loop is asyncio.get_running_loop()") == CLEAN
    assert run(notebook, "loop.close()\nasyncio.set_event_loop(None)") == CLEAN


def test_memory_that_is_refused_is_reported_with_what_was_kept_back(
    notebook: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    released = []
    monkeypatch.setattr(worker_notebook, "release_reserve", lambda: released.append(True))
    assert run(notebook, "raise MemoryError")["limit"] == "memory"
    assert released == [True]


def test_an_exit_at_the_end_is_none(notebook: Notebook) -> None:
    assert run(notebook, "raise SystemExit") == CLEAN
    assert run(notebook, "raise SystemExit\nx = 1")["error"]["type"] == "SystemExit"


def test_a_thread_s_exception_counts_when_nothing_else_went_wrong(
    notebook: Notebook, capsys: pytest.CaptureFixture[str]
) -> None:
    thread = "import threading\nt = threading.Thread(target=int, args='x')\nt.start()\nt.join()\n"
    assert run(notebook, thread)["error"]["type"] == "ValueError"
    assert run(notebook, thread + "1 / 0")["error"]["type"] == "ZeroDivisionError"
    assert run(notebook, thread.replace("int", "exit")) == CLEAN
    assert "ValueError: invalid literal" in capsys.readouterr().err


def test_ctrl_c_is_for_the_cell_only(notebook: Notebook) -> None:
    kill = "import os, signal\nos.kill(os.getpid(), signal.SIGINT)\nwhile True: sum([])"
    assert run(notebook, kill)["error"]["type"] == "KeyboardInterrupt"
    os.kill(os.getpid(), signal.SIGINT)
    assert run(notebook, "got = []\nsignal.signal(signal.SIGINT, lambda *_: got.append(1))") == CLEAN
    os.kill(os.getpid(), signal.SIGINT)
    assert run(notebook, "assert got == []\nos.kill(os.getpid(), signal.SIGINT)\nassert got == [1]") == CLEAN


def test_a_fork_of_the_lesson_s_says_what_it_raised(
    notebook: Notebook, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "getpid", lambda: 1)
    run(notebook, "1 / 0")
    printed = capsys.readouterr().err
    assert 'File "lesson.mdx", line 5, in <module>\n    1 / 0' in printed
    assert "notebook.py" not in printed


@pytest.fixture
def ending(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Exit handlers of the lesson's, in place of those of this process."""
    handlers: list[Any] = []
    monkeypatch.setattr(threading, "_shutdown", lambda: None)
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)
    monkeypatch.setattr("atexit._run_exitfuncs", lambda: [each() for each in handlers])
    return handlers


def test_a_session_that_ends_well(notebook: Notebook, ending: list[object]) -> None:
    ending.append(lambda: None)
    assert end_leftovers(notebook) == CLEAN


@pytest.mark.usefixtures("ending")
def test_no_thread_waits_for_threads_where_there_are_none(
    notebook: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    monkeypatch.setattr(threading.Thread, "start", lambda _: pytest.fail("a thread was started"))
    assert end_leftovers(notebook) == CLEAN


@pytest.mark.usefixtures("ending")
def test_threads_that_are_left_are_waited_for_and_no_longer_than_a_second(
    notebook: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: 2)
    monkeypatch.setattr("checker.running.worker.leftovers._SECONDS", 0.05)
    released = threading.Event()
    monkeypatch.setattr(threading, "_shutdown", lambda: released.wait(60))
    began = time.monotonic()
    assert end_leftovers(notebook) == CLEAN
    assert time.monotonic() - began < 30
    released.set()


def test_what_an_exit_handler_raises_is_reported(
    notebook: Notebook, ending: list[object], capsys: pytest.CaptureFixture[str]
) -> None:
    def handler() -> None:
        from types import SimpleNamespace

        for where, error in (("in something else", KeyError("k")), ("in atexit callback", ValueError("v"))):
            fields = {"exc_type": type(error), "exc_traceback": None, "object": None}
            sys.unraisablehook(SimpleNamespace(err_msg=where, exc_value=error, **fields))

    sys.unraisablehook = lambda args: sys.stdout.write(f"{args.exc_value}\n")
    ending.append(handler)
    assert end_leftovers(notebook)["error"]["message"] == "v"
    assert capsys.readouterr().out == "'k'\nv\n"


@pytest.mark.usefixtures("ending")
def test_processes_that_are_left_are_ended(notebook: Notebook) -> None:
    import multiprocessing

    process = multiprocessing.get_context("fork").Process(target=signal.pause)
    process.start()
    assert end_leftovers(notebook) == CLEAN
    process.join(5)
    assert process.exitcode == -signal.SIGKILL


@pytest.mark.usefixtures("ending")
def test_no_processes_are_looked_for_where_there_can_be_none(
    notebook: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "multiprocessing", raising=False)
    assert end_leftovers(notebook) == CLEAN
