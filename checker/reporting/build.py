"""Builds the results document from the result of a run."""

import hashlib
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

import checker
from checker.model import (
    Block,
    BlockPlan,
    CourseResult,
    Environment,
    Finding,
    Fix,
    FixOutcome,
    Lesson,
    LessonResult,
    Outcome,
    RunError,
)
from checker.reporting.counts import summarize
from checker.reporting.document import (
    SCHEMA,
    BlockRecord,
    EditRecord,
    EnvironmentRecord,
    ErrorRecord,
    FindingRecord,
    FixedRecord,
    FixRecord,
    FrameRecord,
    InterruptedRecord,
    LessonRecord,
    Results,
    RunRecord,
    Tool,
)
from checker.reporting.escape import well_formed
from checker.reporting.fingerprint import Fingerprints
from checker.reporting.title import title

NOT_ASKED = "not asked to run"
# 64 bits: among a million blocks, two different ones share a digest in one of 37 million courses.
_DIGEST_LENGTH = 16


def build(result: CourseResult, run: RunRecord | None = None) -> Results:
    """The results document of a run, which `run` identifies."""
    findings: list[FindingRecord] = []
    blocks: list[BlockRecord] = []
    lessons: list[LessonRecord] = []
    # Iterate only once: lessons of a large course are loaded on access.
    for each in result.lessons:
        findings += _findings(each)
        blocks += _blocks(each)
        lessons.append(_lesson(each.lesson))
    fixes = tuple(_fixed(each) for each in result.fixes)
    return Results(
        schema=SCHEMA,
        tool=Tool("coursecheck", checker.__version__),
        environment=_environment(result.environment),
        summary=summarize(len(result.lessons), findings, blocks, fixes, result.seconds),
        findings=tuple(findings),
        blocks=tuple(blocks),
        lessons=tuple(lessons),
        run=replace(run, division=result.share.division) if run and result.share else run,
        fixes=fixes,
        interrupted=None if result.unchecked is None else InterruptedRecord(result.unchecked),
    )


def lessons_by_path(result: CourseResult) -> dict[str, Lesson]:
    """The lessons of a run by their path in its results document."""
    return {well_formed(each.lesson.path): each.lesson for each in result.lessons}


def _lesson(lesson: Lesson) -> LessonRecord:
    name = title(lesson)
    return LessonRecord(well_formed(lesson.path), None if name is None else well_formed(name))


def _findings(result: LessonResult) -> Iterator[FindingRecord]:
    fingerprints = Fingerprints(result.lesson)
    return (_finding(each, fingerprints.of(each)) for each in _in_order(result.findings))


def _in_order(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda each: (each.span.start, each.span.end, each.code, each.message))


def _finding(finding: Finding, fingerprint: str) -> FindingRecord:
    span = finding.span
    return FindingRecord(
        code=finding.code,
        name=finding.name,
        severity=finding.severity,
        message=well_formed(finding.message),
        path=well_formed(span.path),
        line=span.line,
        column=span.column,
        end_line=span.end_line,
        end_column=span.end_column,
        block=finding.block,
        intended=finding.intended,
        confirmed=finding.confirmed,
        fix=_fix(finding.fix) if finding.fix else None,
        fingerprint=fingerprint,
    )


def _fix(fix: Fix) -> FixRecord:
    edits = tuple(
        EditRecord(
            path=well_formed(edit.span.path),
            line=edit.span.line,
            column=edit.span.column,
            end_line=edit.span.end_line,
            end_column=edit.span.end_column,
            text=well_formed(edit.text),
        )
        for edit in fix.edits
    )
    return FixRecord(well_formed(fix.message), fix.applicability, edits)


def _fixed(outcome: FixOutcome) -> FixedRecord:
    finding = outcome.finding
    return FixedRecord(
        code=finding.code,
        name=finding.name,
        path=well_formed(finding.span.path),
        line=finding.span.line,
        column=finding.span.column,
        message=well_formed(finding.fix.message if finding.fix else finding.message),
        applied=not outcome.refused,
        reason=well_formed(outcome.refused),
    )


def _blocks(result: LessonResult) -> Iterator[BlockRecord]:
    plans = {plan.block: plan for plan in result.plans}
    outcomes = {outcome.block: outcome for outcome in result.outcomes} or _unrun(result.plans)
    path = well_formed(result.lesson.path)
    for block in result.lesson.blocks:
        yield _block(path, block, plans[block.index], outcomes[block.index])


def _unrun(plans: Iterable[BlockPlan]) -> dict[int, Outcome]:
    """The outcomes of a lesson that was not to be run."""
    return {
        plan.block: Outcome(plan.block, "not-run", NOT_ASKED) if plan.runs else Outcome(plan.block, "skipped")
        for plan in plans
    }


def _block(path: str, block: Block, plan: BlockPlan, outcome: Outcome) -> BlockRecord:
    return BlockRecord(
        path=path,
        index=block.index,
        lang=block.lang,
        start_line=block.span.line,
        end_line=block.span.end_line,
        kind=plan.kind,
        needs=plan.needs,
        outcome=outcome.kind,
        reason=well_formed(outcome.reason or plan.reason),
        seconds=round(outcome.seconds, 3),
        stdout=well_formed(outcome.stdout),
        stderr=well_formed(outcome.stderr),
        error=_error(outcome.error) if outcome.error else None,
        code=well_formed(block.code),
        digest=_digest(block),
        figures=outcome.figures,
    )


def _digest(block: Block) -> str:
    content = f"{block.lang or ''}\0{block.code}"
    return hashlib.sha256(content.encode(errors="surrogatepass")).hexdigest()[:_DIGEST_LENGTH]


def _error(error: RunError) -> ErrorRecord:
    return ErrorRecord(
        type=well_formed(error.type),
        message=well_formed(error.message),
        line=error.line,
        column=error.column,
        traceback=tuple(
            FrameRecord(well_formed(frame.path), frame.line, well_formed(frame.function))
            for frame in error.traceback
        ),
    )


def _environment(environment: Environment) -> EnvironmentRecord:
    # A distribution is `confluent-kafka`, its module `confluent_kafka`: either may be looked up.
    versions = {name.replace("-", "_"): version for name, version in environment.packages.items()}
    return EnvironmentRecord(
        python=environment.python,
        platform=environment.platform,
        pandas=versions.get("pandas"),
        confluent_kafka=versions.get("confluent_kafka"),
        packages=dict(sorted(environment.packages.items())),
        tier=environment.tier,
        broker=environment.broker,
    )
