"""What a tier of isolation is made of: its name and promises, and what it does with a lesson."""

from collections.abc import Callable
from typing import NamedTuple, NoReturn, Protocol

from checker.running.sandbox.view import View


class Tier(NamedTuple):
    """The name of a tier, what it guarantees about a lesson and what it cannot give, a sentence each.

    `shares_zygote` says that several lessons may run at a time below one zygote: where they do not, they have
    the zygote's own sandbox in common, and take turns in it.
    """

    name: str
    guarantees: tuple[str, ...]
    cannot: tuple[str, ...] = ()
    shares_zygote: bool = True


class Layout(NamedTuple):
    """What a lesson's services need of its sandbox.

    `hosts` are names that lead to the lesson's own loopback, where it has one. `shown` are real paths of this
    machine's and the paths at which they can be read inside. `folders` are
    paths that the lesson may write in besides its own. `segments` allows System V memory of a page each.
    """

    hosts: tuple[str, ...] = ()
    shown: tuple[tuple[str, str], ...] = ()
    folders: tuple[str, ...] = ()
    segments: bool = False


NOTHING = Layout()


class Confinement(NamedTuple):
    """What a lesson is allowed: what it may read, and how much it may use (bytes, counts, seconds).

    `fixtures` is the folder that its working folder is to begin as a copy of; `folder` is a path at which
    nothing is yet, for the tiers that keep a lesson's files on the machine's own disk.
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

    `first` is the process, as numbered in the `/proc` of the lesson's first process, that all others come
    from. `disk` is the folder with all that the lesson may write. `own_disk` says that the file system of
    `disk` is the lesson's alone, `counts` that the kernel counts the lesson's processes by themselves.
    """

    first: int
    disk: str
    own_disk: bool
    counts: bool


class Isolation(Protocol):
    """What a tier's module does, in the zygote and below it. A refusal is an OSError that names the step."""

    TIER: Tier

    def start(self, inside: Callable[[], NoReturn]) -> int:
        """Run `inside` as the first process of a lesson; returns its pidfd. The caller has one thread."""

    def enter(self, confinement: Confinement) -> Place:
        """Give up the world outside, in the first process, for it and all that come from it; no way back."""

    def enter_session(self) -> None:
        """Give up the rest, in a session, before anything of the lesson runs in it."""

    def is_spent(self) -> bool:
        """Has a lesson left something in the zygote's own sandbox that cannot be removed? The zygote asks."""

    def end_all(self) -> None:
        """End all that the first process has below it, as often as it takes: some may be starting others."""

    def leave(self) -> None:
        """Remove the lesson's files, in the first process, when all others have ended."""
