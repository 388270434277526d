"""What the pipeline is asked for, and where it tells how far it is."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

if TYPE_CHECKING:
    from checker.reading.sharding import Shard


class Options(Struct, frozen=True):
    """What was asked for. Paths are as typed, relative to the current folder.

    `cache` is the folder in which to remember what lessons did; None remembers nothing. `pandas` are versions
    under which lessons are to be compared. `figures` keeps what blocks draw. `since` is a revision: only what
    has changed since, and what depends on that, is looked at. `contents` are what the paths hold, one for
    each, in the place of their files, which need not be there. `jobs` lessons run at a time. With
    `lessons_only`, paths that are no lessons of the course are passed over. Of several shards of the lessons,
    `shard` is the one to look at, and `durations` are the seconds that lessons took, by their paths. `until`
    is the last block to be run. Without `start_named` no program is started that the configuration names, as
    if it named none. `cluster` is the address of a Dask scheduler on whose workers lessons run, or `local`;
    `say` is told of workers that run nothing.
    """

    paths: tuple[str, ...] = (".",)
    run: bool = True
    config: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    sandbox: str | None = None
    require_tier: str | None = None
    python: str | None = None
    trust_config: bool = False
    cache: str | None = None
    pandas: tuple[str, ...] = ()
    figures: bool = False
    since: str | None = None
    contents: tuple[bytes, ...] | None = None
    jobs: int | None = None
    lessons_only: bool = False
    shard: "Shard | None" = None
    until: int | None = None
    start_named: bool = True
    durations: Mapping[str, float] = MappingProxyType({})
    cluster: str | None = None
    say: Callable[[str], None] = print


class Progress(Protocol):
    """Where the pipeline tells how far it is."""

    def begin(self, what: str, total: int, seconds: Mapping[str, float]) -> None:
        """A stage of `total` steps begins; `seconds` are what steps are known to take, by their labels."""

    def advance(self, label: str) -> None:
        """One step is done; `label` names it."""

    def end(self) -> None:
        """The stage is over."""
