"""Runs a lesson up to a block on request, in the sandbox, by the pipeline."""

import asyncio
import threading
from collections.abc import Callable
from os.path import relpath
from typing import TypeVar

from checker import pipeline
from checker.config import load_config
from checker.editor.documents import Document
from checker.editor.quiet import Quiet
from checker.errors import ConfigError
from checker.model import LessonResult

Made = TypeVar("Made")


def run_until(document: Document, block: int, *, trust: bool) -> LessonResult:
    """The result of running a lesson up to a block; nothing of it is remembered.

    An interpreter that a configuration names starts outside the sandbox, so without `trust` this raises
    ConfigError: whoever opens a folder need not know what is in it.
    """
    path = relpath(document.path)
    named = load_config(path).run
    if not trust and (named.python is not None or named.requirements is not None):
        key = "run.python" if named.python is not None else "run.requirements"
        raise ConfigError(
            f"the configuration's {key} would start a program outside the sandbox",
            "Start the language server as `coursecheck lsp --trust-config` where you trust the course.",
        )
    options = pipeline.Options(
        paths=(path,), contents=(document.content,), until=block, start_named=trust, trust_config=trust
    )
    return pipeline.check(options, Quiet()).lessons[0]


async def in_thread(make: Callable[[], Made]) -> Made:
    """The result of `make`, in a thread that does not keep the server from ending."""
    loop = asyncio.get_running_loop()
    made: asyncio.Future[Made] = loop.create_future()

    def settle(value: Made | None, error: Exception | None) -> None:
        if made.cancelled():
            return
        if error is not None:
            made.set_exception(error)
        else:
            made.set_result(value)  # type: ignore[arg-type]

    def work() -> None:
        value, error = None, None
        try:
            value = make()
        except Exception as raised:  # noqa: BLE001 handed to whoever waits
            error = raised
        loop.call_soon_threadsafe(settle, value, error)

    threading.Thread(target=work, daemon=True).start()
    return await made
