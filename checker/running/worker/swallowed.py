"""Records exceptions that show a defect in the lesson and that the lesson's own code swallowed.

The hooks that `watching` adds to the cells call a `SwallowRecorder` at each place where that can happen.
"""

import contextlib
import linecache
import opcode
import sys
from collections.abc import Mapping
from functools import partial
from types import CodeType, FrameType, TracebackType
from typing import Any

from checker.running.worker import watching
from checker.running.worker.failures import describe, lesson_traceback
from checker.running.worker.watching import BROAD, Manager, Place
from checker.running.worker.wire import Message

_KINDS = (NameError, AttributeError, ImportError, TypeError)
# These are meant to end the program: code that lets them pass through has not raised again.
_ENDS = (KeyboardInterrupt, GeneratorExit)
_LOOK_UPS = {"__getattr__", "__getattribute__", "__get__"}
_PROBES = ("getattr(", "hasattr(", "delattr(")
_RAISE = opcode.opmap["RAISE_VARARGS"]
_LONGEST_WORDS = 80
_MOST = 50  # of one cell

_At = tuple[int, int]  # line and column of the lesson


class SwallowRecorder:
    """The exceptions swallowed in one session; calling it is the hook.

    An exception in a handler counts as swallowed as soon as the handler begins, unless the handler raises: a
    handler may leave early with `return`.
    """

    def __init__(self, path: str) -> None:
        self.watcher = watching.Watcher()
        self._path = path
        # By frame and place: the position at which an exception there would be reported.
        self._open: dict[tuple[int, int], _At] = {}
        self._found: dict[_At, Message] = {}
        self._times: dict[_At, int] = {}
        self._told: set[_At] = set()

    def __call__(self, place: int, what: int) -> None:
        """Note what happens at a place."""
        frame, error = sys._getframe(1), sys.exception()  # noqa: SLF001 whose call this is
        key = (id(frame), place)
        before = self._open.pop(key, None)
        if what in {watching.CAUGHT, watching.LEAVES} and isinstance(error, _KINDS):
            at = self._origin(error, self.watcher.places[place])
            if at is not None:
                self._open[key] = at
                if what == watching.CAUGHT:
                    self._count(at, place)
        elif before is None:
            return
        elif what == watching.RAISES_ON and not isinstance(error, _ENDS):
            self._times[before] -= 1
        elif what == watching.ENDED and self._ends(frame, self.watcher.places[place], before):
            self._count(before, place)

    def _count(self, at: _At, place: int) -> None:
        """Count one more swallowed exception, and remember the first handler."""
        ended_by = self.watcher.places[place]
        if not self._times.get(at):
            words = ended_by.words
            words = words if len(words) <= _LONGEST_WORDS else words[:_LONGEST_WORDS] + "…`"
            self._found[at] |= {"handler": words, "handler_line": ended_by.line}
        self._times[at] = self._times.get(at, 0) + 1

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle as a call that does nothing, for interpreters to which a function of the lesson is sent."""
        return partial, (max,)

    def take(self, failure: Message | None) -> list[Message]:
        """The exceptions swallowed since the last call, each place once, without the cell's own `failure`."""
        if failure is not None:
            self._told.add((failure["line"], failure["column"]))
        new = [at for at, times in self._times.items() if times > 0 and at not in self._told]
        self._told.update(new)
        return [self._found[at] for at in new[:_MOST]]

    def _origin(self, error: BaseException, place: Place) -> _At | None:
        """Where a defect of the lesson was raised; None when it is none, or was meant to be caught."""
        entry, library = self._deepest(lesson_traceback(error))
        if entry is None or _is_meant(error, place):
            return None
        code, position = entry.tb_frame.f_code, entry.tb_lasti
        if library:
            if not isinstance(error, AttributeError) or not _is_look_up(library):
                return None
        elif code.co_code[position] == _RAISE:  # a check that the lesson itself makes, not an accident
            return None
        described = describe(error, self._path)
        at = (described["line"], described["column"])
        if isinstance(error, AttributeError) and self._text(code, position).startswith(_PROBES):
            return None
        self._found.setdefault(at, described)
        return at

    def _deepest(self, entry: TracebackType | None) -> tuple[TracebackType | None, list[CodeType]]:
        """The deepest entry of the lesson's own code, and the code that it called from there."""
        own: TracebackType | None = None
        called: list[CodeType] = []
        while entry is not None:
            if entry.tb_frame.f_code.co_filename == self._path:
                own, called = entry, []
            else:
                called.append(entry.tb_frame.f_code)
            entry = entry.tb_next
        return own, called

    def _text(self, code: CodeType, position: int) -> str:
        """The source from the start of an instruction's expression to the end of the line."""
        line, _, column, _ = list(code.co_positions())[position // 2]
        return linecache.getline(self._path, line or 0).encode()[column or 0 :].decode(errors="replace")

    def _ends(self, frame: FrameType, place: Place, at: _At) -> bool:
        """Whether the lesson's own code kept an exception from leaving this place."""
        if not place.managers:
            return True
        names = {name.rpartition(".")[2] for name in (self._found[at]["type"], *self._found[at]["bases"])}
        return any(self._manager_ends(frame, manager, names - BROAD) for manager in place.managers)

    def _manager_ends(self, frame: FrameType, manager: Manager, names: set[str]) -> bool:
        found = _look_up(manager.name, {**frame.f_globals, **frame.f_locals})
        given = set(manager.given or ())
        if isinstance(found, contextlib.suppress):
            # contextlib.suppress shows what it was created with only here.
            found, given = contextlib.suppress, {each.__name__ for each in vars(found)["_exceptions"]}
        elif not isinstance(found, type):
            found = type(found) if manager.given is None else None
        if found is contextlib.suppress:
            return bool(BROAD & given) and not names & given
        leave = getattr(found, "__exit__", None) or getattr(found, "__aexit__", None)
        code = getattr(leave, "__code__", None)
        return code is not None and code.co_filename == self._path and not names.intersection(code.co_names)


def _is_meant(error: BaseException, place: Place) -> bool:
    """Whether a handler expects this exception: it names it, or has an alternative."""
    names = {kind.__name__ for kind in type(error).__mro__ if issubclass(kind, Exception)} - BROAD
    if names & place.named or (isinstance(error, ImportError) and place.falls_back):
        return True
    return isinstance(error, NameError) and error.name in place.bound


def _is_look_up(called: list[CodeType]) -> bool:
    """Whether a library only looked for an attribute of its own object."""
    package = called[0].co_filename.rpartition("-packages/")[2].partition("/")[0]
    return called[0].co_name in _LOOK_UPS and all(f"/{package}/" in each.co_filename for each in called)


def _look_up(dotted: str, names: Mapping[str, Any]) -> object:
    first, *rest = dotted.split(".")
    found = names.get(first)
    for each in rest:
        found = getattr(found, each, None)
    return found
