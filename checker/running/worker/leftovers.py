"""The end of a session, as an interpreter's: threads, processes and exit handlers that cells left behind."""

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
    # What the interpreter calls when it ends: it wakes idle pools and waits, without a limit, for the rest.
    wait: Callable[[], None] = threading._shutdown  # type: ignore[attr-defined]  # noqa: SLF001
    if threading.active_count() == 1:  # most lessons: to start a thread takes a millisecond
        wait()
    else:
        waiting = threading.Thread(target=wait, daemon=True)
        waiting.start()
        waiting.join(_SECONDS)
    _end_processes(deadline)
    return notebook.report(_run_exit_handlers())


def _end_processes(deadline: float) -> None:
    """Multiprocessing's own exit handler would wait for its processes for ever."""
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
