"""Imports parts of a package without the rest.

To import one module of a package, Python first runs the package's `__init__`, which often imports the whole
package: with PostgreSQL's grammar come the modules of its constants, with Markdown's block parser those for
links and punctuation. That takes longer than checking a lesson.
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

if TYPE_CHECKING:  # it imports temporary folders and archives
    from importlib.abc import Loader


def asleep(*names: str, **known: Any) -> None:
    """Register packages and modules as imported, without running their code until it is needed.

    Modules of such a package can be imported at once. When anything else is asked of the package or module,
    its own code is run. Modules that are imported already stay as they are, and those that are not installed
    stay missing. `known` are members that are returned without running the code.
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
    """The result of `logging.getLogger` while `logging` is not loaded, so that nobody can listen.

    Only debugging is silent; any other use loads `logging` and is passed on to it.
    """

    def __init__(self, name: str | None = None) -> None:
        vars(self)["_name"] = name

    def debug(self, *given: Any, **more: Any) -> None:
        """As `logging.Logger.debug`."""
        if sys.modules["logging"].getLogger is not LateLogger:
            self._logger().debug(*given, **more)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # such a name is only tested for existence
            raise AttributeError(name)
        return getattr(self._logger(), name)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self._logger(), name, value)

    def _logger(self) -> Any:
        logging = sys.modules["logging"]
        _ = logging.Logger  # loads it
        return logging.getLogger(self._name)


def cleandoc(text: str) -> str:
    """`inspect.cleandoc` while `inspect` is not loaded: a single line has no margin."""
    if "\n" in text or "\t" in text:
        inspect = sys.modules["inspect"]
        _ = inspect.getdoc  # loads it
        return str(inspect.cleandoc(text))
    return text.lstrip()


def quote_from_bytes(text: bytes, safe: str = "/") -> str:
    """`urllib.parse.quote_from_bytes`, which loads that module when it is called.

    `pathlib` imports it for file URLs, which are rarely used.
    """
    parse = sys.modules["urllib.parse"]
    _ = parse.quote  # loads it
    return str(parse.quote_from_bytes(text, safe))


class LateSignature:
    """The result of `inspect.signature` while `inspect` is not loaded: its text is empty.

    `dataclasses` only needs the text, to make the docstring of a class without one. Any other use loads
    `inspect` and is passed on to it.
    """

    def __init__(self, called: Any, **how: Any) -> None:
        self._asked = called, how

    def __str__(self) -> str:
        return ""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # such a name is only tested for existence
            raise AttributeError(name)
        inspect = sys.modules["inspect"]
        _ = inspect.getdoc  # loads it
        called, how = self._asked
        return getattr(inspect.signature(called, **how), name)


@contextmanager
def absent(name: str) -> Iterator[None]:
    """Let an optional module be missing in the meantime; one that is imported already stays."""
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
    """Patterns that imported modules compile with `re.compile` in the meantime are compiled on first use.

    A mistake in a pattern is reported no earlier. Patterns of other threads are compiled at once.
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
    above = find_spec(package)  # `find_spec` would import a package to find its modules
    return above and PathFinder.find_spec(name, above.submodule_search_locations)


def _asleep(spec: ModuleSpec, loader: "Loader") -> ModuleType:
    module = module_from_spec(spec)
    lock = RLock()
    waking = False

    def wake(name: str) -> Any:
        nonlocal waking
        if name.startswith("__"):  # the import system looks for these
            raise AttributeError(name)
        with lock:  # other threads wait until it is complete
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
