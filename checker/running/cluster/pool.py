"""The workers of a cluster, as far as sending lessons to them needs them; nothing here knows Dask."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple, Protocol

from checker.running.cluster.recipe import Answer, Sent, Standing


class Worker(NamedTuple):
    """A worker's process: it has another `id` when it starts again. `threads` lessons run in it at a time."""

    id: str
    address: str
    threads: int


class Event(NamedTuple):
    """What became of something that was sent: its number, and what came back.

    `answer` is None when nothing did, and `error` says why.
    """

    number: int
    answer: Answer | Standing | None
    error: str = ""


class Pool(Protocol):
    """Where things are sent, each under a number of its own; an Event tells what became of it."""

    def workers(self) -> Mapping[str, Worker]:
        """Those that are there now, by id. Raises CheckerError when the cluster is gone."""

    def prepare(self, number: int, worker: Worker) -> None:
        """Ask a worker to make itself ready: a Standing."""

    def run(self, number: int, worker: Worker, batch: Iterable[Sent]) -> None:
        """Have a worker run a batch: an Answer."""

    def drop(self, number: int) -> None:
        """Wait for this no longer; an Event of it may come all the same."""

    def events(self, seconds: float) -> Iterable[Event]:
        """What has happened since; waits at most so long for the first."""
