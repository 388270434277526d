"""Runs one lesson: its sessions one after the other in one sandbox, its cells in order in each session."""

import time
from collections.abc import Mapping
from typing import NamedTuple

from msgspec.structs import replace

from checker.model import Outcome
from checker.running import verdicts
from checker.running.job import LessonJob, Limits, SessionJob
from checker.running.lab import Lab
from checker.running.sandboxed import LessonSandbox
from checker.running.services.allowances import with_services
from checker.running.services.layout import laid_out
from checker.running.sessions import RunningSession
from checker.running.verdicts import Verdict
from checker.running.worker import wire
from checker.running.zygotes import Zygote


class Given(NamedTuple):
    """What a lesson finds.

    Environment variables, the folder that its working folder is copied from, and the lab.
    """

    env: Mapping[str, str]
    fixtures: str | None
    lab: Lab


def run_lesson(zygote: Zygote, job: LessonJob, limits: Limits, given: Given) -> tuple[Outcome, ...]:
    """One outcome for every cell of the lesson, in order.

    Raises LostError when the sandbox is ended from outside, and SandboxError when none can be started.
    """
    services = job.services
    limits = with_services(limits, services)
    request: wire.Message = {
        "path": job.path,
        "env": dict(given.env),
        "memory": limits.memory,
        "processes": limits.processes,
    }
    outcomes: list[Outcome] = []
    with LessonSandbox(zygote, job, limits, given.fixtures, laid_out(given.lab.only(services))) as sandbox:
        for session in job.sessions:
            with RunningSession(sandbox, session, limits, request, given.lab) as running:
                outcomes += _run_session(running, session)
    return tuple(outcomes)


def _run_session(running: RunningSession, job: SessionJob) -> list[Outcome]:
    outcomes: list[Outcome] = []
    running.prepare()
    for index, cell in enumerate(job.cells):
        started = time.monotonic()
        verdict = running.run(cell)
        told = running.excused(verdict)
        outcomes.append(_outcome(cell.block, told, running, time.monotonic() - started))
        if verdict.ends_session:
            after = verdicts.not_run(cell, verdict)
            outcomes += [Outcome(each.block, after.kind, after.reason) for each in job.cells[index + 1 :]]
            return outcomes
    if outcomes:
        outcomes[-1] = _with_end(outcomes[-1], running.finish(), running)
    return outcomes


def _outcome(block: int, verdict: Verdict, running: RunningSession, seconds: float) -> Outcome:
    return Outcome(
        block=block,
        kind=verdict.kind,
        reason=verdict.reason,
        seconds=seconds,
        stdout=running.capture.text("stdout"),
        stderr=running.capture.text("stderr"),
        error=verdict.error,
        warnings=verdict.warnings,
        swallowed=verdict.swallowed,
        completed=verdict.completed,
        later=verdict.later,
        trace=verdict.trace,
        figures=verdict.figures,
        told=verdict.told,
        signal=verdict.signal,
    )


def _with_end(last: Outcome, end: Verdict, running: RunningSession) -> Outcome:
    """The last block's outcome, including what happened when the interpreter ended."""
    last = replace(
        last,
        stdout=running.capture.text("stdout"),
        stderr=running.capture.text("stderr"),
        warnings=last.warnings + end.warnings,
        swallowed=last.swallowed + end.swallowed,
    )
    if end.kind == "passed" or last.kind == "failed":
        return last
    reason = f"after its last line: {end.reason}"
    return replace(last, kind=end.kind, reason=reason, error=end.error, signal=end.signal)
