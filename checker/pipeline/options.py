"""The options of the pipeline, and the interface by which it reports progress."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

if TYPE_CHECKING:
    from checker.reading.sharding import Shard


class Options(Struct, frozen=True):
    """What was asked for. Paths are as typed, relative to the current folder.

    `contents` holds the text of each path instead of its file, which need not exist. `lessons_only` ignores
    paths that are not lessons of the course. `since` is a git revision: only lessons that changed since, or
    depend on such a change, are checked. `shard` is the part of the lessons to check; `durations` are the
    seconds that lessons took, by path. `until` is the last block to run. `cache` is the folder in which
    results are remembered; None remembers nothing. `pandas` are versions under which lessons are compared.
    `figures` keeps the figures that blocks draw. `jobs` lessons run at a time. Without `start_named`,
    programs that the configuration names are not started. `cluster` is the address of a Dask scheduler whose
    workers run the lessons, or `local`; `say` is told of workers that run nothing.
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
    """Receives the progress of the pipeline."""

    def begin(self, what: str, total: int, seconds: Mapping[str, float]) -> None:
        """A stage of `total` steps begins; `seconds` are the known durations of steps, by label."""

    def advance(self, label: str) -> None:
        """One step is done; `label` names it."""

    def end(self) -> None:
        """The stage is over."""
