"""No isolation: the snippets of a trusted course, run as the user who explicitly asked for it.

Limits hold as far as they can without isolation, and what a lesson leaves behind is still ended and removed.
"""

import os
from collections.abc import Callable
from typing import NoReturn

from checker.running.sandbox import keeping
from checker.running.sandbox.fixtures import copy_fixtures
from checker.running.sandbox.folders import remove_tree
from checker.running.sandbox.landlock import make_folder
from checker.running.sandbox.limits import limit_lesson
from checker.running.sandbox.tier import Confinement, Place, Tier

TIER = Tier(
    "none", (), ("keep a lesson from anything that the user may do: whoever wrote it acts as the user",)
)


class Bare:
    """A private folder and limits, and nothing else."""

    TIER = TIER

    def __init__(self) -> None:
        self._folder = ""

    def start(self, inside: Callable[[], NoReturn]) -> int:
        """See Isolation."""
        return keeping.fork(inside)

    def enter(self, confinement: Confinement) -> Place:
        """See Isolation."""
        self._folder = confinement.folder
        home, work, tmp = make_folder(self._folder, None)
        if confinement.fixtures is not None:
            copy_fixtures(confinement.fixtures, work, None)
        os.environ.update(HOME=home, TMPDIR=tmp)
        os.chdir(work)
        keeping.adopt_orphans()
        limit_lesson(processes=None, seconds=confinement.seconds, disk=confinement.disk)
        return Place(os.getpid(), self._folder, own_disk=False, counts=False)

    def enter_session(self) -> None:
        """See Isolation."""

    def is_spent(self) -> bool:
        """See Isolation: lessons share nothing."""
        return False

    def end_all(self) -> None:
        """See Isolation."""
        keeping.end_all(at_once=False)

    def leave(self) -> None:
        """See Isolation."""
        remove_tree(self._folder)
