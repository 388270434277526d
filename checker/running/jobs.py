"""Turns the plan of a lesson into a job for an engine."""

from collections.abc import Callable, Collection, Mapping, Sequence

from msgspec.structs import replace

from checker.analysis.cell import Cell
from checker.analysis.claims import spoken_of
from checker.analysis.lesson import LessonAnalysis
from checker.model import Block, BlockPlan, Directive
from checker.reading.directive_words import DRAINED
from checker.running.job import ELSEWHERE, CellJob, LessonJob, Limits, SessionJob
from checker.running.lab import SERVICES as LAB_SERVICES
from checker.running.services.allowances import with_patience
from checker.units import parse_duration

# An endless loop that does not say how it ends is interrupted after this long, as a reader's Ctrl-C would.
INTERRUPT_SECONDS = 2.0
_OF_CELL = 0.8


def lesson_job(analysis: LessonAnalysis, plans: tuple[BlockPlan, ...], limits: Limits) -> LessonJob | None:
    """The job of a lesson, or None when none of its blocks is to be run."""
    planned = {plan.block: plan for plan in plans if plan.runs}
    cells = {each.block.index: each for each in analysis.cells}
    by_session: dict[str, list[BlockPlan]] = {session.name: [] for session in analysis.sessions}
    for index, plan in planned.items():
        by_session.setdefault(analysis.session_name(analysis.lesson.blocks[index]), []).append(plan)
    wanted = tuple(
        _session_job(analysis, name, wanted, cells, limits) for name, wanted in by_session.items() if wanted
    )
    return LessonJob(analysis.lesson.path, wanted) if wanted else None


def plans_until(plans: tuple[BlockPlan, ...], last: int) -> tuple[BlockPlan, ...]:
    """The plans, with nothing to run after the block `last`."""
    reason = "it comes after the last block that was asked for"
    return tuple(
        replace(each, runs=False, reason=reason) if each.runs and each.block > last else each
        for each in plans
    )


def watched(job: LessonJob, lines: Collection[int]) -> LessonJob:
    """The job, asked to report which statements at these lines of the lesson ran to their end."""
    return _with_cells(job, lambda cell: _watched_cell(cell, lines)) if lines else job


def traced(job: LessonJob) -> LessonJob:
    """The job, asked to report what each statement leaves."""
    return _with_cells(job, lambda cell: replace(cell, trace=True))


def drawn(job: LessonJob) -> LessonJob:
    """The job, asked to keep the figures that its cells draw."""
    return _with_cells(job, lambda cell: replace(cell, figures=True))


def mentions(job: LessonJob, package: str) -> bool:
    """Whether the name of a package occurs in any code of a lesson."""
    cells = (cell for session in job.sessions for cell in session.cells)
    return any(package in cell.source or package in cell.setup for cell in cells)


def _with_cells(job: LessonJob, change: Callable[[CellJob], CellJob]) -> LessonJob:
    sessions = (replace(session, cells=tuple(map(change, session.cells))) for session in job.sessions)
    return replace(job, sessions=tuple(sessions))


def _watched_cell(cell: CellJob, lines: Collection[int]) -> CellJob:
    ends = cell.first_line + cell.source.count("\n") + 1
    return replace(cell, watch=tuple(sorted(each for each in lines if cell.first_line <= each < ends)))


def _session_job(
    analysis: LessonAnalysis,
    name: str,
    plans: Sequence[BlockPlan],
    cells: Mapping[int, Cell],
    limits: Limits,
) -> SessionJob:
    needs = {need.name for plan in plans for need in plan.needs if need.kind == "service"}
    services = tuple(sorted(needs & LAB_SERVICES))
    limits = with_patience(limits, services)
    # Spark's start-up time does not count as patience with a loop, and a stream is interrupted when it is
    # drained.
    patience = limits.cell_seconds * _OF_CELL if "spark" in services else INTERRUPT_SECONDS
    jobs = tuple(
        _cell_job(analysis, cells[plan.block], plan, limits, patience)
        if plan.block in cells
        else _sql_job(analysis, plan, limits)
        for plan in plans
    )
    return SessionJob(name, jobs, services)


def _sql_job(analysis: LessonAnalysis, plan: BlockPlan, limits: Limits) -> CellJob:
    # Imported here: SQL is read only where it is run.
    from checker.running.sql.reading import statements

    block = analysis.lesson.blocks[plan.block]
    return CellJob(
        block=block.index,
        source=block.code,
        first_line=block.span.line + 1,
        timeout=_duration(analysis, block, "timeout") or limits.cell_seconds,
        may_fail=plan.kind == "counterexample" or block.directive("raises") is not None,
        statements=statements(block.code),
    )


def _cell_job(
    analysis: LessonAnalysis, cell: Cell, plan: BlockPlan, limits: Limits, patience: float
) -> CellJob:
    block = cell.block
    setup = block.directive("setup")
    return CellJob(
        block=block.index,
        source=cell.source,
        first_line=block.span.line + 1,
        timeout=_duration(analysis, block, "timeout") or limits.cell_seconds,
        interrupt=_interrupt(analysis, block, plan, patience),
        setup=(setup.value or "") if setup else "",
        setup_line=_first_line(setup),
        console=cell.console,
        may_fail=plan.kind == "counterexample" or block.directive("raises") is not None,
        tell=spoken_of(cell),
        drained=_ends_drained(analysis, block, plan),
    )


def _first_line(setup: Directive | None) -> int:
    """The lesson's line of a setup's first line; setups of the configuration are in no lesson."""
    if setup is None:
        return 0
    return setup.span.line if setup.span.end > setup.span.start else ELSEWHERE


def _interrupt(analysis: LessonAnalysis, block: Block, plan: BlockPlan, patience: float) -> float | None:
    """The seconds after which a block is interrupted; None for a block that ends by itself."""
    value = _value(analysis, block, "interrupt")
    if value and value != DRAINED:
        return parse_duration(value)
    return patience if value or plan.kind == "endless" else None


def _ends_drained(analysis: LessonAnalysis, block: Block, plan: BlockPlan) -> bool:
    """Whether the block ends when its topics are drained; an author's own duration takes precedence."""
    value = _value(analysis, block, "interrupt")
    return value == DRAINED or (plan.kind == "endless" and value is None)


def _duration(analysis: LessonAnalysis, block: Block, word: str) -> float | None:
    value = _value(analysis, block, word)
    return parse_duration(value) if value else None


def _value(analysis: LessonAnalysis, block: Block, word: str) -> str | None:
    """The value of a directive on the block, or else on the lesson."""
    directives = (*block.directives, *analysis.lesson.directives)
    return next((each.value for each in directives if each.word == word and each.value), None)
