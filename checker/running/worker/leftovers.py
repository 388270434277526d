"""Ends a session like an interpreter ends: waits for threads and processes, and runs exit handlers."""

import atexit
import sys
import threading
import time
from collections.abc import Callable

from checker.running.worker.notebook import Notebook
from checker.running.worker.wire import Message

_SECONDS = 1.0


def end_leftovers(notebook: Notebook) -> Message:
    """Give threads and processes a second, run the exit handlers, and report what any of them raised."""
    deadline = time.monotonic() + _SECONDS
    # The interpreter calls this when it ends: it wakes idle pools and waits for other threads without a
    # limit.
    wait: Callable[[], None] = threading._shutdown  # type: ignore[attr-defined]  # noqa: SLF001
    if threading.active_count() == 1:  # most lessons; starting a thread takes a millisecond
        wait()
    else:
        waiting = threading.Thread(target=wait, daemon=True)
        waiting.start()
        waiting.join(_SECONDS)
    _end_processes(deadline)
    return notebook.report(_run_exit_handlers())


def _end_processes(deadline: float) -> None:
    """End the processes of multiprocessing, whose own exit handler would wait for them for ever."""
    multiprocessing = sys.modules.get("multiprocessing")
    if multiprocessing is not None:
        for process in multiprocessing.active_children():
            process.join(max(0.0, deadline - time.monotonic()))
            process.kill()


def _run_exit_handlers() -> BaseException | None:
    raised: list[BaseException] = []
    show = sys.unraisablehook

    def note(args: "sys.UnraisableHookArgs") -> None:
        show(args)
        if args.exc_value is not None and "atexit" in (args.err_msg or ""):
            raised.append(args.exc_value)

    sys.unraisablehook = note
    atexit._run_exitfuncs()  # noqa: SLF001 the interpreter does it too late to be reported
    return raised[0] if raised else None
