"""Can isolation be had here? Tried for real: often the first steps succeed and a later one fails."""

from checker.errors import SandboxError
from checker.running.job import LessonJob, Limits
from checker.running.sandbox import namespaces
from checker.running.sandbox.tier import Tier
from checker.running.sandboxed import LessonSandbox
from checker.running.zygotes import LostError, Zygote


def try_tiers(required: str | None = None) -> Tier:
    """The strongest tier that works; raises SandboxError when none does, or not the `required` one."""
    if required not in {None, namespaces.TIER.name}:
        raise SandboxError(
            f"the sandbox tier {required} is required and there is no such tier",
            f"require the tier there is: {namespaces.TIER.name}",
        )
    try:
        _enter_and_leave()
    except LostError as error:
        raise SandboxError("the trial sandbox was ended from outside", "try again") from error
    return namespaces.TIER


def _enter_and_leave() -> None:
    zygote = Zygote(())
    try:
        with LessonSandbox(zygote, LessonJob("", ()), Limits(), None):
            pass
    finally:
        zygote.close()
