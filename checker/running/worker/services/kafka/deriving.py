"""Makes subclasses of the client's C extension classes that look the same to a lesson."""

import sys
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any

from checker.running.worker.failures import STAND_IN, is_ours

_PACKAGE = "confluent_kafka"


def derive(original: Any, hooks: Mapping[str, Callable[..., Any]]) -> Any:
    """A class in which these functions replace methods of the original, and nothing else differs.

    They are called like methods, with the object first.
    """
    module, doc = original.__module__, original.__doc__
    methods = {name: _method(original, name, hook) for name, hook in hooks.items()}
    members = {"__slots__": (), "__module__": module, "__doc__": doc, **methods}
    return type(original.__name__, (original,), members)


def replace(original: Any, derived: Any) -> None:
    """Replace the original class in the package's modules and as a base of its own classes."""
    for child in original.__subclasses__():
        if child is not derived and _is_of_package(child.__module__):
            child.__bases__ = tuple(derived if each is original else each for each in child.__bases__)
    for name, module in list(sys.modules.items()):
        if _is_of_package(name):
            for attribute, value in list(vars(module).items()):
                if value is original:
                    setattr(module, attribute, derived)


def _method(original: Any, name: str, hook: Callable[..., Any]) -> Callable[..., Any]:
    def method(self: Any, *arguments: Any, **keywords: Any) -> Any:
        try:
            return hook(self, *arguments, **keywords)
        except BaseException as error:  # noqa: BLE001 it goes on, whatever it is
            # The lesson's own functions may be in between, such as a callback that a poll has called.
            raise error.with_traceback(_without_ours(error.__traceback__))  # noqa: B904 itself

    # Tracebacks that a lesson prints must not name our files.
    method.__code__ = method.__code__.replace(co_filename=STAND_IN, co_name=name)
    method.__name__, method.__qualname__ = name, f"{original.__name__}.{name}"
    method.__module__, method.__doc__ = original.__module__, getattr(original, name).__doc__
    return method


def _without_ours(trace: TracebackType | None) -> TracebackType | None:
    """A traceback without the entries of the harness."""
    if trace is None:
        return None
    following = _without_ours(trace.tb_next)
    if is_ours(trace):
        return following
    return TracebackType(following, trace.tb_frame, trace.tb_lasti, trace.tb_lineno)


def _is_of_package(module: str) -> bool:
    return module.partition(".")[0] == _PACKAGE
