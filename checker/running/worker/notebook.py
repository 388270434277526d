"""A namespace in which cells run as in a notebook."""

import ast
import builtins
import linecache
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from functools import partial
from types import CodeType, ModuleType
from typing import TYPE_CHECKING

from checker.running.sandbox.limits import release_reserve
from checker.running.worker.compiling import Compiled, Compiler, Echoes
from checker.running.worker.completing import DONE, Completions
from checker.running.worker.exits import ends_cell
from checker.running.worker.exploring import NOTHING, explore, rest_after
from checker.running.worker.failures import describe, lesson_traceback, refused_limit, traceback_places
from checker.running.worker.figures import take_figures
from checker.running.worker.listening import listen, stop_listening
from checker.running.worker.services.services import Services
from checker.running.worker.swallowed import SwallowRecorder
from checker.running.worker.telling import TELL, Telling
from checker.running.worker.tracing import Trace
from checker.running.worker.warned import WarningRecorder
from checker.running.worker.watching import HOOK
from checker.running.worker.wire import Message

if TYPE_CHECKING:
    import asyncio

# What is asked about a cell's setup: nothing.
_NOTHING_ASKED: Message = {"watch": (), "tell": (), "trace": False}
_COROUTINE = 0x80  # CO_COROUTINE of a code object: it awaits at the top level


class Notebook:
    """The namespace, and the state that cells leave for later cells."""

    def __init__(self, path: str, services: Services | None = None) -> None:
        self._path = path
        self._services = services or Services()
        self._owner = os.getpid()
        self._lines: list[str] = []
        self._swallowed = SwallowRecorder(path)
        self._compiler = Compiler(path, self._swallowed.watcher)
        self._trees: list[ast.Module] = []
        self._on_interrupt: signal._HANDLER = signal.default_int_handler
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread_failure: Message | None = None
        self._completions = Completions()
        self._trace = Trace()
        self._telling = Telling()
        self._warnings = WarningRecorder(path)
        self._warnings.install()
        # Without __file__, as in a notebook; a module of this name makes the lesson's classes picklable.
        self._main = sys.modules["__main__"] = ModuleType("__main__")
        vars(self._main)["__builtins__"] = builtins
        setattr(builtins, "display", _display)  # noqa: B010 no builtin that a type checker knows
        threading.excepthook = self._note_thread_failure

    def run(self, cell: Message) -> Message:
        """Run a cell to its end, or to its exception, and report on it."""
        started = time.monotonic()
        self._services.begin(cell)
        try:
            self._run(cell)
        except BaseException as error:  # noqa: BLE001 whatever a lesson raises is what is asked for
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            later = self._explore(error, started + cell["timeout"])
            return {**self.report(error), "later": later, **_drawn(cell)}
        return {**self.report(None), **_drawn(cell)}

    def report(self, error: BaseException | None) -> Message:
        """What happened since the last report: exception, refused limit, swallowed exceptions, warnings.

        An exception that ended a thread counts when nothing else went wrong.
        """
        failure = None if error is None else self._failure(error)
        failure, self._thread_failure = failure or self._thread_failure, None
        report = {"error": None, "limit": None, **(failure or {})}
        swallowed = self._swallowed.take(report["error"])
        return {
            **report,
            "swallowed": swallowed,
            "warnings": self._warnings.take(),
            "completed": self._completions.take(),
            "later": NOTHING,
            "trace": self._trace.take(),
            "told": self._telling.take(),
            "lacks": self._services.take_lack(error),
        }

    def _explore(self, error: BaseException, ends: float) -> Message:
        """Explore the rest of the cell, when the exception is about pandas and there is time for it."""
        if "pandas" not in sys.modules or os.getpid() != self._owner or not isinstance(error, Exception):
            return NOTHING
        lines = [at for frame, at, _ in traceback_places(error) if frame.f_code.co_filename == self._path]
        rest = rest_after(self._trees[0], lines[0]) if lines and self._trees else []
        return explore(
            list(self._compiler.compile_rest(rest)),
            lambda code: self._execute([code]),
            lambda raised: describe(raised, self._path),
            self._warnings.take,
            ends=ends,
        )

    def _run(self, cell: Message) -> None:
        compiled = []
        if cell["setup"]:
            compiled.append(self._compile(cell["setup"], cell["setup_line"], "none"))
        echoes: Echoes = "all" if cell["console"] else "last"
        main = self._compile(cell["source"], cell["first_line"], echoes, cell)
        done = self._noting(cell, main.tree.body, before=sum(len(each.codes) for each in compiled))
        try:
            signal.signal(signal.SIGINT, self._on_interrupt)
            self._execute([code for each in (*compiled, main) for code in each.codes], done)
        finally:
            stop_listening()
            vars(self._main).pop(TELL, None)
            # From here on, Ctrl-C would hit the harness. A handler of the lesson is restored later.
            mine = signal.signal(signal.SIGINT, signal.SIG_IGN)
            self._on_interrupt = mine or signal.default_int_handler

    def _compile(
        self, source: str, first_line: int, echoes: Echoes, asked: Message = _NOTHING_ASKED
    ) -> Compiled:
        """Compile the cell's code, or its setup, about which nothing is asked."""
        self._remember_lines(source, first_line)
        watch, tell, singly = asked["watch"], asked["tell"], bool(asked["trace"] or asked["tell"])
        instrument = partial(self._instrument, watch=watch, tell=tell) if watch or tell else None
        compiled = self._compiler.compile(source, first_line, echoes, instrument, singly=singly)
        if watch:
            vars(self._main)[DONE] = self._completions.note
        if tell:
            vars(self._main)[TELL] = self._telling.pass_on
        if self._swallowed.watcher.places:
            vars(self._main)[HOOK] = self._swallowed
        self._trees.insert(0, compiled.tree)
        return compiled

    def _instrument(self, tree: ast.Module, watch: Sequence[int], tell: Sequence[int]) -> ast.Module:
        tree = self._telling.instrument(tree, tell)
        return self._completions.instrument(tree, watch) if watch else tree

    def _noting(self, cell: Message, statements: Sequence[ast.stmt], before: int) -> Callable[[int], None]:
        """The function to call after each code object of a cell whose statements are reported on.

        There is one code object for each statement then; `before` others come first.
        """
        if not (cell["trace"] or cell["tell"]):
            return lambda _: None
        printed = listen()

        def done(number: int) -> None:
            nonlocal printed
            at, text = number - before, "".join(printed)
            if cell["trace"] and at >= 0:
                self._trace.note(statements[at], vars(self._main), text)
            if at in cell["tell"]:
                self._telling.note(at, statements[at], vars(self._main), text)
            printed = listen()

        return done

    def _remember_lines(self, source: str, first_line: int) -> None:
        """Let tracebacks show the lesson's lines; lines that are not of a cell yet are blank."""
        lines = [line + "\n" for line in source.split("\n")]
        missing = first_line - 1 + len(lines) - len(self._lines)
        self._lines += ["\n"] * missing
        self._lines[first_line - 1 : first_line - 1 + len(lines)] = lines
        # Without a modification time, the cache never looks for the file, which does not exist.
        linecache.cache[self._path] = (0, None, self._lines, self._path)

    def _execute(self, codes: list[CodeType], done: Callable[[int], None] = lambda _: None) -> None:
        """Run a cell's code objects in order; `done` is called after each with its index."""
        if any(code.co_flags & _COROUTINE for code in codes):
            self._event_loop().run_until_complete(self._execute_awaiting(codes, done))
        else:
            for number, code in enumerate(codes):
                eval(code, vars(self._main))  # noqa: S307 this is what we are here for
                done(number)

    async def _execute_awaiting(self, codes: list[CodeType], done: Callable[[int], None]) -> None:
        """Run all of a cell that awaits in the event loop.

        Its first lines may start what its last one awaits.
        """
        for number, code in enumerate(codes):
            result = eval(code, vars(self._main))  # noqa: S307 as above
            if code.co_flags & _COROUTINE:
                await result
            done(number)

    def _event_loop(self) -> "asyncio.AbstractEventLoop":
        """One event loop for all cells, so that one cell can await what another started."""
        if self._loop is None:
            import asyncio  # imported here: it takes 60 ms, and few lessons need it

            self._loop = asyncio.new_event_loop()
            asyncio.set_event_loop(self._loop)
        return self._loop

    def _failure(self, error: BaseException) -> Message | None:
        if isinstance(error, MemoryError):
            release_reserve()
        if isinstance(error, SystemExit) and ends_cell(error, self._path, self._trees):
            return None
        if os.getpid() != self._owner:  # a fork that the lesson made: nobody else reports its exception
            traceback.print_exception(type(error), error, lesson_traceback(error))
        return {"error": describe(error, self._path), "limit": refused_limit(error)}

    def _note_thread_failure(self, args: threading.ExceptHookArgs) -> None:
        threading.__excepthook__(args)
        if args.exc_value is not None and args.exc_type is not SystemExit and self._thread_failure is None:
            self._thread_failure = self._failure(args.exc_value)


def _drawn(cell: Message) -> Message:
    return {"figures": take_figures()} if cell["figures"] else {}


def _display(*values: object) -> None:
    for value in values:
        print(repr(value))  # noqa: T201 what the lesson asked for
