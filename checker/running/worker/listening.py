"""What one statement writes to standard output: heard where `print` writes it, and written all the same."""

import sys
from typing import Any

_MOST_WRITES = 10_000


def listen() -> list[str]:
    """What is written to standard output from now on, until somebody listens anew or stops."""
    printed: list[str] = []
    attributes = getattr(sys.stdout, "__dict__", None)
    if attributes is None:  # a stream of the lesson's own, or none at all
        return printed
    write = attributes.get("write", sys.stdout.write)
    write = getattr(write, "unheard", write)

    def heard(text: str) -> Any:
        if len(printed) < _MOST_WRITES:
            printed.append(text)
        return write(text)

    heard.unheard = write  # type: ignore[attr-defined]
    attributes["write"] = heard  # what `print` calls
    return printed


def stop_listening() -> None:
    """Leave the stream as it was, unless the lesson has changed it meanwhile."""
    attributes = getattr(sys.stdout, "__dict__", None) or {}
    write = getattr(attributes.get("write"), "unheard", None)
    if write is None:
        return
    if getattr(write, "__self__", None) is sys.stdout:
        del attributes["write"]
    else:  # the lesson's own, from before
        attributes["write"] = write
