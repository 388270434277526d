import asyncio
import builtins
import linecache
import signal
import sys
import threading
import warnings
from collections.abc import Iterator
from typing import Any

import pytest

from checker.running.worker.notebook import Notebook

PATH = "lesson.mdx"


@pytest.fixture(autouse=True)
def ctrl_c() -> Iterator[None]:
    """Between cells a worker ignores Ctrl-C: what later tests start would inherit that."""
    on_interrupt = signal.getsignal(signal.SIGINT)
    yield
    signal.signal(signal.SIGINT, on_interrupt)


@pytest.fixture
def notebook(monkeypatch: pytest.MonkeyPatch) -> Iterator[Notebook]:
    """A notebook whose marks on this process are taken off again."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    monkeypatch.setattr(builtins, "display", None, raising=False)
    monkeypatch.setattr(builtins, "_", None, raising=False)
    for name in ("simplefilter", "filterwarnings"):
        monkeypatch.setattr(warnings, name, getattr(warnings, name))
    with warnings.catch_warnings():
        yield (own := Notebook(PATH))
    if own._loop is not None:  # in a sandbox it ends with its process
        own._loop.close()
        asyncio.set_event_loop(None)
    linecache.cache.pop(PATH, None)


def run(notebook: Notebook, source: str, **changes: Any) -> dict[str, Any]:
    cell = {"source": source, "first_line": 5, "setup": "", "setup_line": 0, "console": False}
    asks = {"watch": [], "tell": [], "trace": False, "figures": False, "timeout": 5.0}
    return notebook.run({**cell, **asks, **changes})
