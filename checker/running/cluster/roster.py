"""Keeps track of the workers that may run lessons: those that match the client, all in one tier."""

from collections.abc import Callable, Mapping

from checker.errors import SandboxError
from checker.model import NO_TIER, TIERS
from checker.running.cluster.pool import Worker
from checker.running.cluster.recipe import Standing

_STRENGTH = (*TIERS, NO_TIER)
_UNTOLD = Standing(None, "it has not said yet what it has", "Look whether other work keeps it busy.")


class Roster:
    """The workers and what they offer.

    `tier` is the one that all lessons run in, because outcomes depend on it; empty until `settle`. `say` is
    told of every worker that runs nothing, and why.
    """

    def __init__(self, say: Callable[[str], None]) -> None:
        self.tier = ""
        self._say = say
        self._workers: dict[str, Worker] = {}
        self._standings: dict[str, Standing] = {}

    def update(self, there: Mapping[str, Worker]) -> tuple[list[Worker], list[Worker]]:
        """Update the current workers; returns those that have come and those that have gone."""
        come = [each for id_, each in there.items() if id_ not in self._workers]
        gone = [each for id_, each in self._workers.items() if id_ not in there]
        self._workers = dict(there)
        for each in gone:
            self._standings.pop(each.id, None)
        return come, gone

    def told(self, worker: Worker, standing: Standing) -> None:
        """Record what a worker offers."""
        self._standings[worker.id] = standing
        if self.tier:
            self._say_idle(worker, standing)

    def unready(self, worker: Worker) -> None:
        """Forget what a worker offers: it has to be asked again."""
        self._standings.pop(worker.id, None)

    def settle(self) -> None:
        """Choose the strongest tier that any worker has. Raises SandboxError when none has any."""
        tiers = [each.tier for each in self._standings.values() if each.tier is not None]
        if not tiers:
            raise self.nobody()
        self.tier = min(tiers, key=_STRENGTH.index)
        for id_, standing in self._standings.items():
            self._say_idle(self._workers[id_], standing)

    def able(self) -> list[Worker]:
        """The workers that may run lessons."""
        return [each for each in self._workers.values() if self._tier(each) == self.tier]

    def nobody(self) -> SandboxError:
        """The error that says why no worker may run anything."""
        if not self._workers:
            return SandboxError(
                "the cluster has no workers, so nothing was run",
                "Start some: dask worker ADDRESS, with this environment's programs.",
            )
        standings = {each.address: self._standings.get(each.id, _UNTOLD) for each in self._workers.values()}
        reasons = "; ".join(f"{address}: {_why(each)}" for address, each in sorted(standings.items()))
        remedies = (each.remedy for each in standings.values() if each.tier is None and each.remedy)
        return SandboxError(f"no worker of the cluster can run lessons: {reasons}", next(remedies, ""))

    def _tier(self, worker: Worker) -> str | None:
        return self._standings.get(worker.id, _UNTOLD).tier

    def _say_idle(self, worker: Worker, standing: Standing) -> None:
        if standing.tier is None:
            self._say(f"the worker {worker.address} runs nothing: {standing.reason}")
        elif standing.tier != self.tier:
            self._say(
                f"the worker {worker.address} runs nothing: it has the sandbox tier {standing.tier},"
                f" and lessons run in {self.tier}"
            )


def _why(standing: Standing) -> str:
    return standing.reason or f"its sandbox tier is {standing.tier}"
