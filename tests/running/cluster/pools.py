"""A pool without a cluster: workers that do what a test says."""

from collections import deque
from collections.abc import Callable, Iterable, Mapping

from checker.model import Outcome
from checker.running.cluster.pool import Event, Worker
from checker.running.cluster.recipe import Answer, Sent, Standing


class FakePool:
    """Answers at once; a batch with a lesson in `deadly` takes its worker with it, and another comes.

    `sizes` are those of the batches that were run, in order.
    """

    def __init__(self, **standings: Standing) -> None:
        self.there = {each: Worker(each, f"tcp://{each}:1", 1) for each in standings}
        self.standings = standings
        self.deadly: set[str] = set()
        self.come_back = True
        self.answer: Callable[[Worker, list[Sent]], Answer | None] = lambda _, batch: passed(batch)
        self.sizes: list[int] = []
        self.dropped: list[int] = []
        self._events: deque[Event] = deque()

    def workers(self) -> Mapping[str, Worker]:
        return dict(self.there)

    def prepare(self, number: int, worker: Worker) -> None:
        self._events.append(Event(number, self.standings[worker.id]))

    def run(self, number: int, worker: Worker, batch: Iterable[Sent]) -> None:
        lessons = list(batch)
        self.sizes.append(len(lessons))
        if {each.job.path for each in lessons} & self.deadly:
            self.kill(worker)
        elif worker.id in self.there:
            answer = self.answer(worker, lessons)
            self._events.append(Event(number, answer, "" if answer else "KilledWorker: gone"))

    def kill(self, worker: Worker) -> None:
        if self.there.pop(worker.id, None) and self.come_back:
            new = f"{worker.id}x"
            self.there[new] = Worker(new, worker.address, 1)
            self.standings[new] = self.standings[worker.id]

    def drop(self, number: int) -> None:
        self.dropped.append(number)

    def events(self, seconds: float) -> Iterable[Event]:  # noqa: ARG002 never waits
        while self._events:
            yield self._events.popleft()


def passed(batch: Iterable[Sent]) -> Answer:
    return Answer(
        {
            each.job.path: tuple(
                Outcome(cell.block, "passed") for session in each.job.sessions for cell in session.cells
            )
            for each in batch
        },
        seconds=0.01,
    )
