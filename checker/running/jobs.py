"""From a lesson's plan to what an engine is handed."""

from collections.abc import Collection

from msgspec.structs import replace

from checker.analysis.cell import Cell, Session
from checker.analysis.claims import spoken_of
from checker.analysis.lesson import LessonAnalysis
from checker.model import BlockPlan
from checker.reading.directive_words import DRAINED
from checker.running.job import CellJob, LessonJob, Limits, SessionJob
from checker.running.lab import SERVICES as LAB_SERVICES
from checker.units import parse_duration

# An endless loop that says nothing about how it ends is ended after this long, as a reader's Ctrl-C would.
INTERRUPT_SECONDS = 2.0


def lesson_job(analysis: LessonAnalysis, plans: tuple[BlockPlan, ...], limits: Limits) -> LessonJob | None:
    """The job of a lesson, or None when none of its blocks is to be run."""
    planned = {plan.block: plan for plan in plans if plan.runs}
    sessions = [_session_job(analysis, session, planned, limits) for session in analysis.sessions]
    wanted = tuple(session for session in sessions if session.cells)
    return LessonJob(analysis.lesson.path, wanted) if wanted else None


def watched(job: LessonJob, lines: Collection[int]) -> LessonJob:
    """The same job, that is to say whether the statements at these lines of the lesson ran to an end."""
    sessions = (
        replace(session, cells=tuple(_watched_cell(cell, lines) for cell in session.cells))
        for session in job.sessions
    )
    return replace(job, sessions=tuple(sessions)) if lines else job


def speaks_of(job: LessonJob, package: str) -> bool:
    """Whether any code of a lesson has the name of a package in it."""
    cells = (cell for session in job.sessions for cell in session.cells)
    return any(package in cell.source or package in cell.setup for cell in cells)


def traced(job: LessonJob) -> LessonJob:
    """The same job, that is to say what each statement leaves."""
    sessions = (
        replace(session, cells=tuple(replace(cell, trace=True) for cell in session.cells))
        for session in job.sessions
    )
    return replace(job, sessions=tuple(sessions))


def drawn(job: LessonJob) -> LessonJob:
    """The same job, that is to keep the figures which its cells draw."""
    sessions = (
        replace(session, cells=tuple(replace(cell, figures=True) for cell in session.cells))
        for session in job.sessions
    )
    return replace(job, sessions=tuple(sessions))


def _watched_cell(cell: CellJob, lines: Collection[int]) -> CellJob:
    ends = cell.first_line + cell.source.count("\n") + 1
    return replace(cell, watch=tuple(sorted(each for each in lines if cell.first_line <= each < ends)))


def _session_job(
    analysis: LessonAnalysis, session: Session, planned: dict[int, BlockPlan], limits: Limits
) -> SessionJob:
    cells = tuple(
        _cell_job(analysis, cell, planned[cell.block.index], limits)
        for cell in session.cells
        if cell.block.index in planned
    )
    needs = {need.name for cell in cells for need in planned[cell.block].needs if need.kind == "service"}
    return SessionJob(session.name, cells, tuple(sorted(needs & LAB_SERVICES)))


def _cell_job(analysis: LessonAnalysis, cell: Cell, plan: BlockPlan, limits: Limits) -> CellJob:
    block = cell.block
    setup = block.directive("setup")
    return CellJob(
        block=block.index,
        source=cell.source,
        first_line=block.span.line + 1,
        timeout=_duration(analysis, cell, "timeout") or limits.cell_seconds,
        interrupt=_interrupt(analysis, cell, plan),
        setup=(setup.value or "") if setup else "",
        setup_line=setup.span.line if setup else 0,
        console=cell.console,
        may_fail=plan.kind == "counterexample" or block.directive("raises") is not None,
        tell=spoken_of(cell),
        drained=plan.kind == "endless" or _value(analysis, cell, "interrupt") == DRAINED,
    )


def _interrupt(analysis: LessonAnalysis, cell: Cell, plan: BlockPlan) -> float | None:
    """Without a service nothing can be drained but the patience of a reader: the usual time."""
    value = _value(analysis, cell, "interrupt")
    if value and value != DRAINED:
        return parse_duration(value)
    return INTERRUPT_SECONDS if value or plan.kind == "endless" else None


def _duration(analysis: LessonAnalysis, cell: Cell, word: str) -> float | None:
    value = _value(analysis, cell, word)
    return parse_duration(value) if value else None


def _value(analysis: LessonAnalysis, cell: Cell, word: str) -> str | None:
    """What a directive on the block says, or else on the lesson."""
    directives = (*cell.block.directives, *analysis.lesson.directives)
    return next((each.value for each in directives if each.word == word and each.value), None)
