"""Connects to a running Dask cluster, or starts one on this machine for the duration of a run.

Dask pickles what it sends, so anyone who can talk to a scheduler can run code on its workers: a cluster that
is started here uses TLS with keys of its own. We send only bytes and the names of two functions.
"""

import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from queue import Empty, SimpleQueue
from typing import Any, NamedTuple
from uuid import uuid4

import msgspec

from checker.errors import CheckerError, UsageError
from checker.running.cluster import host
from checker.running.cluster.pool import Event, Worker
from checker.running.cluster.recipe import Answer, Recipe, Sent, Standing

LOCAL = "local"
_CONNECT_SECONDS = 10
_WORKER_SECONDS = 30
_FETCH_SECONDS = 5
_SETTINGS = {
    # Our processes are children of a worker, and Python forbids a daemonic process to have children.
    "distributed.worker.daemon": False,
    # A course's fixtures may be larger; they are sent once to each worker.
    "distributed.admin.large-graph-warning-threshold": "1GiB",
}


@contextmanager
def connected(
    address: str, workers: int, recipe: Recipe, parcels: Mapping[str, bytes]
) -> "Iterator[DaskPool]":
    """The workers of the cluster at `address`; for `local`, this many are started here and ended again.

    Raises UsageError when Dask is not installed, and CheckerError when nobody answers.
    """
    try:
        import dask
        import distributed
    except ImportError as error:
        raise UsageError(
            "--cluster needs Dask, which is not installed", "Install it: pip install 'coursecheck[cluster]'"
        ) from error
    # We look for killed workers and broken connections ourselves, so Dask need not log them.
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    with dask.config.set(_SETTINGS):
        if address == LOCAL:
            with _started(distributed, workers) as cluster, cluster.get_client() as client:
                yield DaskPool(client, recipe, parcels)
        else:
            with _client(distributed, address) as client:
                yield DaskPool(client, recipe, parcels)


def _client(distributed: Any, address: str) -> Any:
    try:
        client = distributed.Client(address, timeout=_CONNECT_SECONDS, set_as_default=False)
    except (OSError, TypeError, ValueError) as error:  # TypeError: TLS without certificates
        raise CheckerError(
            f"--cluster {address}: no scheduler answers there: {error}",
            "Look whether `dask scheduler` runs at that address, and whether both speak TLS or neither.",
        ) from error
    with suppress(TimeoutError):  # the absence of workers is reported later
        client.wait_for_workers(1, timeout=_WORKER_SECONDS)
    return client


def _started(distributed: Any, workers: int) -> Any:
    """Start a cluster on this machine's loopback interface that nobody else can join."""
    return distributed.LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        processes=True,
        host="tls://127.0.0.1",
        protocol="tls",
        dashboard_address=None,
        security=distributed.Security.temporary(),
        silence_logs=logging.CRITICAL,
        memory_limit=0,  # a lesson's memory is limited by its sandbox
    )


class _Sent(NamedTuple):
    """A task that was sent, and the future of its result."""

    future: Any  # untyped in Dask
    kind: type[Answer] | type[Standing]


class DaskPool:
    """See Pool. Every task is bound to its worker, so that one place decides where lessons run."""

    def __init__(self, client: Any, recipe: Recipe, parcels: Mapping[str, bytes]) -> None:
        self._client = client
        self._recipe = msgspec.json.encode(recipe)
        self._key = recipe.key
        self._parcels = dict(parcels)
        self._run = uuid4().hex
        self._sent: dict[int, _Sent] = {}
        self._ended: SimpleQueue[int] = SimpleQueue()

    def workers(self) -> Mapping[str, Worker]:
        """See Pool."""
        try:
            found = self._client.scheduler_info(n_workers=-1)["workers"]
        except (OSError, TimeoutError, ValueError) as error:
            raise CheckerError(
                f"the cluster's scheduler is gone: {error}", "Start it again; what was done is remembered."
            ) from error
        return {each["id"]: Worker(each["id"], address, each["nthreads"]) for address, each in found.items()}

    def prepare(self, number: int, worker: Worker) -> None:
        """See Pool."""
        self._submit(number, worker, Standing, host.prepare, self._recipe, self._parcels, worker.threads)

    def run(self, number: int, worker: Worker, batch: Iterable[Sent]) -> None:
        """See Pool."""
        self._submit(number, worker, Answer, host.run, self._key, msgspec.msgpack.encode(list(batch)))

    def drop(self, number: int) -> None:
        """See Pool."""
        sent = self._sent.pop(number, None)
        if sent is not None:
            self._client.cancel([sent.future], asynchronous=False, force=True)

    def events(self, seconds: float) -> Iterable[Event]:
        """See Pool."""
        numbers = []
        with suppress(Empty):
            numbers.append(self._ended.get(timeout=seconds) if seconds else self._ended.get_nowait())
            while True:
                numbers.append(self._ended.get_nowait())
        for number in numbers:
            if (event := self._event(number)) is not None:
                yield event

    def _submit(self, number: int, worker: Worker, kind: type[Answer] | type[Standing], *call: Any) -> None:
        # A key of its own: Dask treats tasks with equal keys as one, even while the earlier one is being
        # cancelled.
        key = f"coursecheck-{self._run}-{number}"
        future = self._client.submit(
            *call, key=key, workers=[worker.address], allow_other_workers=False, pure=False
        )
        self._sent[number] = _Sent(future, kind)
        future.add_done_callback(lambda _: self._ended.put(number))

    def _event(self, number: int) -> Event | None:
        """The result of a task; None when it cannot be had now, or nobody waits for it."""
        sent = self._sent.get(number)
        if sent is None:
            return None
        try:
            told = sent.future.result(timeout=_FETCH_SECONDS)
            event = Event(number, msgspec.msgpack.decode(told, type=sent.kind))
        except TimeoutError:
            # The worker that holds the result does not answer. It may do so later, or turn out to be gone.
            self._ended.put(number)
            return None
        except Exception as error:  # noqa: BLE001 whatever Dask or its connections raise, nothing came back
            event = Event(number, None, f"{type(error).__name__}: {error}")
        del self._sent[number]
        return event
