"""The interface of a tier of isolation: its name and guarantees, and what it does with a lesson."""

from collections.abc import Callable
from typing import NamedTuple, NoReturn, Protocol

from checker.running.sandbox.view import View


class Tier(NamedTuple):
    """The name of a tier, its guarantees about a lesson and what it cannot give, one sentence each.

    `shares_zygote` is true when several lessons may run at a time below one zygote. Otherwise they share the
    zygote's own sandbox and run one at a time.
    """

    name: str
    guarantees: tuple[str, ...]
    cannot: tuple[str, ...] = ()
    shares_zygote: bool = True


class Layout(NamedTuple):
    """What a lesson's services need of its sandbox.

    `hosts` are names for the lesson's own loopback, where it has one. `shown` are real paths on this machine
    and the paths at which they can be read inside. `folders` are paths that the lesson may write to besides
    its own. `segments` allows System V memory segments of up to one page.
    """

    hosts: tuple[str, ...] = ()
    shown: tuple[tuple[str, str], ...] = ()
    folders: tuple[str, ...] = ()
    segments: bool = False


NOTHING = Layout()


class Confinement(NamedTuple):
    """What a lesson may read, and how much it may use (bytes, counts, seconds).

    The working folder starts as a copy of the folder `fixtures`. `folder` is an unused path, for the tiers
    that keep a lesson's files on the machine's own disk.
    """

    view: View
    fixtures: str | None
    folder: str
    disk: int
    files: int
    processes: int
    seconds: float
    layout: Layout = NOTHING


class Place(NamedTuple):
    """Where to look at a lesson from outside.

    `first` is the process that all others descend from, as numbered in the `/proc` of the lesson's first
    process. `disk` is the folder with everything that the lesson may write. `own_disk` is true when only the
    lesson uses the file system of `disk`, `counts` when the kernel counts the lesson's processes separately.
    """

    first: int
    disk: str
    own_disk: bool
    counts: bool


class Isolation(Protocol):
    """What a tier does in the zygote and below it. A refusal is an OSError that names the step."""

    TIER: Tier

    def start(self, inside: Callable[[], NoReturn]) -> int:
        """Run `inside` as the first process of a lesson; returns its pidfd.

        The caller must have one thread.
        """

    def enter(self, confinement: Confinement) -> Place:
        """Confine the first process and all its descendants for good."""

    def enter_session(self) -> None:
        """Confine a session further, before any code of the lesson runs in it."""

    def is_spent(self) -> bool:
        """Whether a lesson left something in the zygote's sandbox that cannot be removed; the zygote asks."""

    def end_all(self) -> None:
        """End all descendants of the first process, repeatedly, since some may be starting others."""

    def leave(self) -> None:
        """Remove the lesson's files, in the first process, after all others have ended."""
