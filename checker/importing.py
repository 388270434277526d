"""Importing parts of a package without all the others.

To import one module of a package, Python first runs the package's own `__init__`, and many a one imports all
of the package: with PostgreSQL's grammar come the modules of its constants, with the block parser of Markdown
those for links and punctuation. That takes longer than checking a lesson.
"""

import re
import sys
from _thread import RLock, get_ident
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import TYPE_CHECKING, Any

from checker.patterns import regex

if TYPE_CHECKING:  # temporary folders and archives come with it
    from importlib.abc import Loader


def asleep(*names: str, **known: Any) -> None:
    """Import packages and modules, and run none of their code until it is needed.

    Modules of such a package can be imported at once. When the package or module is asked for something else,
    it wakes: its own code is run. What was imported before stays as it is, and what is not installed stays
    missing. `known` are members that are handed out while it sleeps, in the place of its own.
    """
    for name in names:
        spec = None if name in sys.modules else _spec_of(name)
        if spec is not None and spec.loader is not None:
            module = sys.modules[name] = _asleep(spec, spec.loader)
            vars(module).update(known)
            package, _, last = name.rpartition(".")
            if package in sys.modules:
                vars(sys.modules[package])[last] = module


class LateLogger:
    """What `logging.getLogger` returns, while `logging` sleeps: until it is awake nobody can listen.

    Only what debugs is so quiet; whatever else is asked of it wakes `logging`, and is answered there.
    """

    def __init__(self, name: str | None = None) -> None:
        vars(self)["_name"] = name

    def debug(self, *given: Any, **more: Any) -> None:
        """As `logging.Logger.debug`."""
        if sys.modules["logging"].getLogger is not LateLogger:
            self._logger().debug(*given, **more)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # those who ask for such a name ask whether there is one
            raise AttributeError(name)
        return getattr(self._logger(), name)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self._logger(), name, value)

    def _logger(self) -> Any:
        logging = sys.modules["logging"]
        _ = logging.Logger  # wakes it
        return logging.getLogger(self._name)


def cleandoc(text: str) -> str:
    """What `inspect.cleandoc` returns, while `inspect` sleeps: a single line has no margin."""
    if "\n" in text or "\t" in text:
        inspect = sys.modules["inspect"]
        _ = inspect.getdoc  # wakes it
        return str(inspect.cleandoc(text))
    return text.lstrip()


def quote_from_bytes(text: bytes, safe: str = "/") -> str:
    """What `urllib.parse.quote_from_bytes` returns, while that module sleeps: it wakes.

    `pathlib` imports it for the addresses of files, which few ask for.
    """
    parse = sys.modules["urllib.parse"]
    _ = parse.quote  # wakes it
    return str(parse.quote_from_bytes(text, safe))


class LateSignature:
    """What `inspect.signature` returns, while `inspect` sleeps: its text is left empty.

    `dataclasses` asks for the text alone, to make the docstring of a class that has none. Whatever else is
    asked of it wakes `inspect`, and is answered there.
    """

    def __init__(self, called: Any, **how: Any) -> None:
        self._asked = called, how

    def __str__(self) -> str:
        return ""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # those who ask for such a name ask whether there is one
            raise AttributeError(name)
        inspect = sys.modules["inspect"]
        _ = inspect.getdoc  # wakes it
        called, how = self._asked
        return getattr(inspect.signature(called, **how), name)


@contextmanager
def absent(name: str) -> Iterator[None]:
    """Let a module that others can do without be missing meanwhile; one that is imported stays."""
    if name in sys.modules:
        yield
        return
    sys.modules[name] = None  # type: ignore[assignment] # how Python is told that there is none
    try:
        yield
    finally:
        del sys.modules[name]


@contextmanager
def late_patterns() -> Iterator[None]:
    """What modules that are imported meanwhile compile with `re.compile` is compiled when it is first used.

    A mistake in a pattern shows no sooner. What other threads compile is compiled at once.
    """
    ours, compile_now = get_ident(), re.compile

    def compile_late(pattern: Any, flags: Any = 0) -> Any:
        is_ours = get_ident() == ours and isinstance(pattern, str)
        return regex(pattern, flags) if is_ours else compile_now(pattern, flags)

    re.compile = compile_late
    try:
        yield
    finally:
        re.compile = compile_now


def _spec_of(name: str) -> ModuleSpec | None:
    package = name.rpartition(".")[0]
    if not package or package in sys.modules:
        return find_spec(name)
    above = find_spec(package)  # to find what is in a package, `find_spec` would import it
    return above and PathFinder.find_spec(name, above.submodule_search_locations)


def _asleep(spec: ModuleSpec, loader: "Loader") -> ModuleType:
    module = module_from_spec(spec)
    lock = RLock()
    waking = False

    def wake(name: str) -> Any:
        nonlocal waking
        if name.startswith("__"):  # the import system looks for these
            raise AttributeError(name)
        with lock:  # other threads wait until all of it is there
            if not waking:
                waking = True
                loader.exec_module(module)
                if vars(module).get("__getattr__") is wake:
                    del vars(module)["__getattr__"]
        if name in vars(module):
            return vars(module)[name]
        raise AttributeError(f"module {module.__name__!r} has no attribute {name!r}")

    vars(module)["__getattr__"] = wake
    return module
