"""What a tier or the machine cannot give is no fault of the lesson: its block is skipped, with the reason."""

import errno
import os

from msgspec.structs import replace

from checker.model import Outcome

_WITHOUT_NETWORK = f"[Errno {errno.ENONET}]"  # what the filter answers to whoever asks for a socket
_SEMAPHORES = "multiprocessing/synchronize.py"
# What librdkafka says before it aborts, for want of a socket for its stand-in of a broker.
_WITHOUT_BROKER = f"mock broker listen socket: {os.strerror(errno.ENONET)}"
# Spark gives its Python workers ten seconds to start, and that is not to be changed.
_TOO_SLOW = "Python worker failed to connect back"
_ENDED_IN = {"failed", "crashed"}


def excused(outcome: Outcome, tier: str) -> Outcome:
    """The outcome, or that it was skipped, when it failed for want of what `tier` does not give."""
    if outcome.kind == "failed" and outcome.error is not None and _TOO_SLOW in outcome.error.message:
        reason = (
            f"it needs a machine that is less busy: Spark's Python did not start in 10 s ({outcome.reason})"
        )
        return replace(outcome, kind="skipped", reason=reason, error=None)
    lacked = _lacked(outcome) if tier == "landlock" and outcome.kind in _ENDED_IN else None
    if lacked is None:
        return outcome
    reason = f"it needs {lacked}, which the sandbox tier {tier} does not give ({outcome.reason})"
    return replace(outcome, kind="skipped", reason=reason)


def _lacked(outcome: Outcome) -> str | None:
    error = outcome.error
    if error is None:
        return "a network" if _WITHOUT_BROKER in outcome.stderr else None
    if error.type == "OSError" and error.message.startswith(_WITHOUT_NETWORK):
        return "a network"
    if error.type == "PermissionError" and any(frame.path == _SEMAPHORES for frame in error.traceback[-1:]):
        return "semaphores that processes share"
    return None
