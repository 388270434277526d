"""The tiers of isolation, each tried for real."""

import sys
from collections.abc import Iterator

from checker.doctor.answer import Answer
from checker.errors import SandboxError
from checker.model import TIERS

_ELSEWHERE = (
    "run coursecheck in a Linux container, where the tier landlock is to be had as it is:"
    ' docker run --rm -it -v "$PWD":/course -w /course python:3.13 bash'
)


def isolation() -> Iterator[Answer]:
    """An answer for each tier, the strongest first; the first that works is the one that is used."""
    if sys.platform != "linux":
        for tier in TIERS:
            yield Answer("isolation", tier, available=False, detail="it takes Linux", remedy=_ELSEWHERE)
        return
    # Imported here: other systems lack what it imports.
    from checker.running.trial import try_all

    try:
        trials = try_all()
    except SandboxError as error:  # no interpreter for snippets starts in any tier
        yield Answer("isolation", "any tier", available=False, detail=str(error), remedy=error.remedy)
        return
    is_chosen = False
    for trial in trials:
        if trial.reason is not None:
            yield Answer("isolation", trial.tier, available=False, detail=trial.reason, remedy=trial.remedy)
            continue
        detail = "works" if is_chosen else "works, and is used unless another is asked for"
        is_chosen = True
        yield Answer("isolation", trial.tier, available=True, detail=detail)
