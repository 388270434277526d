"""Which packages that change what lessons do are installed."""

import sys
from collections.abc import Iterator

from checker.doctor.answer import Answer
from checker.running.environment import DESCRIBED, describe
from checker.running.interpreter import own_interpreter


def packages() -> Iterator[Answer]:
    """An answer for each package whose version changes what lessons do."""
    found = describe(own_interpreter(), None).packages
    for name in DESCRIBED:
        if name in found:
            yield Answer("packages", name, available=True, detail=found[name])
        else:
            yield Answer(
                "packages",
                name,
                available=False,
                detail="not installed: blocks that import it are skipped",
                remedy=f"{sys.executable} -m pip install {name}",
            )
