"""Tries tiers for real: often the first steps succeed and a later one fails."""

import os
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from checker.errors import SandboxError
from checker.model import NO_TIER, TIERS
from checker.running.job import LessonJob, Limits
from checker.running.launch import Sandboxing
from checker.running.sandbox.remedies import RefusedError
from checker.running.sandboxed import LessonSandbox
from checker.running.zygotes import LostError, Zygote


class Trial(NamedTuple):
    """The result of trying a tier: why it is not available and what would help, or no reason."""

    tier: str
    reason: str | None = None
    remedy: str = ""


def choose_tier(asked: str | None, *required: str | None) -> str:
    """The tier `asked` for, else the strongest that works, if it is as strong as all `required`.

    Raises SandboxError, with the reason and the remedy, when there is none.
    """
    if asked == NO_TIER:
        _refuse_where_strangers_write()
    weakest = min((TIERS.index(each) for each in required if each is not None), default=None)
    wanted: Sequence[str] = TIERS if asked is None else (asked,)
    if weakest is not None:
        wanted = [each for each in wanted if each in TIERS[: weakest + 1]]
    if not wanted:
        raise SandboxError(
            f"the sandbox tier {TIERS[weakest or 0]} is required and {asked} is weaker, so nothing was run",
            "leave the choice to the checker, or do not require it",
        )
    failed = []
    for trial in _trials(wanted):
        if trial.reason is None:
            return trial.tier
        failed.append(trial)
    reasons = "; ".join(f"{each.tier}: {each.reason}" for each in failed)
    raise RefusedError(reasons, f"{failed[0].remedy}, see `coursecheck doctor` for other ways")


def _refuse_where_strangers_write() -> None:
    if os.environ.get("CI"):
        raise SandboxError(
            "--sandbox none is refused where CI is set, so nothing was run: a pull request's code would have"
            " all that this job has",
            "leave it out; `coursecheck doctor` says which isolation there is here",
        )


def try_all() -> list[Trial]:
    """The results of all tiers, the strongest first."""
    return list(_trials(TIERS))


def _trials(tiers: Sequence[str]) -> Iterator[Trial]:
    for tier in tiers:
        try:
            _enter_and_leave(tier)
        except RefusedError as error:
            yield Trial(tier, error.reason, error.way)
        except LostError as error:
            raise SandboxError("the trial sandbox was ended from outside", "try again") from error
        else:
            yield Trial(tier)


def _enter_and_leave(tier: str) -> None:
    zygote = Zygote((), Sandboxing(tier))
    try:
        with LessonSandbox(zygote, LessonJob("", ()), Limits(), None):
            pass
    finally:
        zygote.close()
