"""Excuses blocks that fail for something that the tier or the machine lacks."""

import errno
import os

from msgspec.structs import replace

from checker.model import Outcome
from checker.patterns import regex

_WITHOUT_NETWORK = f"[Errno {errno.ENONET}]"  # the seccomp filter's answer to opening a socket
_SEMAPHORES = "multiprocessing/synchronize.py"
# What librdkafka prints before it aborts when its mock broker gets no socket.
_WITHOUT_BROKER = f"mock broker listen socket: {os.strerror(errno.ENONET)}"
# Spark gives its Python workers ten seconds to start; this cannot be configured.
_TOO_SLOW = "Python worker failed to connect back"
# What Flink says when a connector or format is not installed.
_FACTORY = regex(r"Could not find any (?:\w+ )?factory for identifier '([\w-]+)'")
# What the resolver answers about a host that it cannot ask for, also inside of what a library raises instead.
_NO_SUCH_HOST = regex(r"\[Errno -[23]\]|Name or service not known|Temporary failure in name resolution")
_READ_ONLY = f"[Errno {errno.EROFS}]"
_ENDED_IN = {"failed", "crashed"}


def excused(outcome: Outcome, tier: str) -> Outcome:
    """The outcome; skipped when it failed for something that `tier` does not provide."""
    if here := _not_here(outcome) or (tier != "none" and _not_allowed(outcome)):
        return replace(outcome, kind="skipped", reason=f"it needs {here}", error=None)
    lacked = _lacked(outcome) if tier == "landlock" and outcome.kind in _ENDED_IN else None
    if lacked is None:
        return outcome
    reason = f"it needs {lacked}, which the sandbox tier {tier} does not provide ({outcome.reason})"
    return replace(outcome, kind="skipped", reason=reason)


def _not_here(outcome: Outcome) -> str:
    """What the machine lacks, in words: a part of an engine in Java, or time."""
    message = outcome.error.message if outcome.kind == "failed" and outcome.error else ""
    if _TOO_SLOW in message:
        return "a less busy machine: Spark's Python did not start in ten seconds"
    if factory := _FACTORY.search(message):
        return f"Flink's `{factory[1]}`, whose jar is not here"
    return ""


def _not_allowed(outcome: Outcome) -> str:
    """What no sandbox lets a lesson reach: hosts outside, and files of the system to write."""
    if outcome.kind != "failed" or outcome.error is None:
        return ""
    if _NO_SUCH_HOST.search(outcome.error.message):
        return f"a host outside of the sandbox, which has no network ({outcome.reason})"
    if outcome.error.type == "OSError" and outcome.error.message.startswith(_READ_ONLY):
        return f"to write where the sandbox is read-only ({outcome.reason})"
    return ""


def _lacked(outcome: Outcome) -> str | None:
    error = outcome.error
    if error is None:
        return "a network" if _WITHOUT_BROKER in outcome.stderr else None
    if error.type == "OSError" and error.message.startswith(_WITHOUT_NETWORK):
        return "a network"
    if error.type == "PermissionError" and any(frame.path == _SEMAPHORES for frame in error.traceback[-1:]):
        return "semaphores that are shared by processes"
    return None
