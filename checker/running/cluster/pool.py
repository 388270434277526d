"""The interface to the workers of a cluster; nothing here knows Dask."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple, Protocol

from checker.running.cluster.recipe import Answer, Sent, Standing


class Worker(NamedTuple):
    """A worker's process, in which `threads` lessons run at a time; its `id` changes when it restarts."""

    id: str
    address: str
    threads: int


class Event(NamedTuple):
    """The result of the task with this number.

    `answer` is None when there is no result, and `error` says why.
    """

    number: int
    answer: Answer | Standing | None
    error: str = ""


class Pool(Protocol):
    """Sends tasks to workers, each under a number of its own; an Event carries its result."""

    def workers(self) -> Mapping[str, Worker]:
        """The current workers by id. Raises CheckerError when the cluster is gone."""

    def prepare(self, number: int, worker: Worker) -> None:
        """Ask a worker to prepare itself; the answer is a Standing."""

    def run(self, number: int, worker: Worker, batch: Iterable[Sent]) -> None:
        """Run a batch on a worker; the answer is an Answer."""

    def drop(self, number: int) -> None:
        """Stop waiting for a task; an Event of it may still arrive."""

    def events(self, seconds: float) -> Iterable[Event]:
        """The events since the last call; waits at most this many seconds for the first."""
