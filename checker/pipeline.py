"""The main job from end to end: discover -> read -> check -> plan -> run -> judge.

Data flows once through, frozen. What is found is returned; nothing here prints, and nothing decides what a
finding means for the exit status.
"""

import time
from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from checker.analysis.lesson import LessonAnalysis, analyze
from checker.analysis.marker_words import OwnWords
from checker.config import Config, load_config
from checker.judging.isolation import warn_of_isolation
from checker.judging.judge import judge
from checker.judging.suppression import Selection
from checker.model import BlockPlan, CourseResult, Finding, Lesson, LessonResult, Outcome
from checker.reading.decoding import line_starts
from checker.reading.discovery import discover
from checker.reading.lesson import read_lesson
from checker.rules.checking import check_course, check_lesson
from checker.rules.named import refuse_unknown_rules
from checker.rules.references.course import find_course
from checker.running.environment import Packages, describe
from checker.running.jobs import lesson_job
from checker.running.plan import plan_lesson


class Options(Struct, frozen=True):
    """What was asked for. Paths are as typed, relative to the current folder."""

    paths: tuple[str, ...] = (".",)
    run: bool = True
    config: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    sandbox: str | None = None
    require_tier: str | None = None


class Progress(Protocol):
    """Where the pipeline tells how far it is."""

    def begin(self, what: str, total: int) -> None:
        """A stage of `total` steps begins."""

    def advance(self, label: str) -> None:
        """One step is done; `label` names it."""

    def end(self) -> None:
        """The stage is over."""


def check(options: Options, progress: Progress) -> CourseResult:
    """Read, check, plan and, unless `options.run` is false, run the lessons below the paths."""
    began = time.monotonic()
    config = _configure(options)
    analyses = _read(options, config, progress)
    plans = _plan(analyses, config)
    found = _check(analyses, config)
    raw, tier = _run(options, analyses, plans, config, progress) if options.run else (None, None)
    selection = Selection(config, options.select, options.ignore)
    results = tuple(
        _judge(analysis, plans[i], found[i], raw, selection) for i, analysis in enumerate(analyses)
    )
    results = warn_of_isolation(results, tier)
    return CourseResult(results, describe(tier), time.monotonic() - began)


def plan(options: Options, progress: Progress) -> CourseResult:
    """Read and plan only: what the lessons hold, and what of it would run."""
    began = time.monotonic()
    config = _configure(options)
    analyses = _read(options, config, progress)
    results = tuple(
        LessonResult(analysis.lesson, plans, (), ())
        for analysis, plans in zip(analyses, _plan(analyses, config), strict=True)
    )
    return CourseResult(results, describe(None), time.monotonic() - began)


def _configure(options: Options) -> Config:
    config = load_config(options.paths[0], options.config)
    refuse_unknown_rules(config)
    return config


def _read(options: Options, config: Config, progress: Progress) -> list[LessonAnalysis]:
    found = discover(options.paths, config.course.lessons)
    progress.begin("Reading", len(found.files))
    own_words = OwnWords(config.markers.wrong, config.markers.right)
    lessons = {}
    for file, root in zip(found.files, found.roots, strict=True):
        lessons[file] = read_lesson(file, root)
        progress.advance(file)
    progress.end()
    for problem in found.problems:
        # What could not be looked into stands in the results as a lesson that could not be read.
        lesson = lessons.get(problem.span.path) or _unread(problem.span.path)
        lessons[problem.span.path] = replace(lesson, problems=(*lesson.problems, problem))
    return [analyze(lesson, own_words) for _, lesson in sorted(lessons.items())]


def _unread(path: str) -> Lesson:
    return Lesson(path, "", line_starts(""), None, (), (), (), ())


def _plan(analyses: Sequence[LessonAnalysis], config: Config) -> list[tuple[BlockPlan, ...]]:
    packages = Packages()
    given = frozenset(config.run.env)
    fixtures = config.fixture_names()
    return [
        plan_lesson(each, has_package=packages.has, services=given, fixtures=fixtures) for each in analyses
    ]


def _check(analyses: Sequence[LessonAnalysis], config: Config) -> list[tuple[Finding, ...]]:
    course = find_course(tuple(each.lesson for each in analyses), config)
    elsewhere = check_course(course, analyses, config)
    return [
        (*check_lesson(analysis, config), *elsewhere.get(analysis.lesson.path, ())) for analysis in analyses
    ]


def _run(
    options: Options,
    analyses: Sequence[LessonAnalysis],
    plans: Sequence[tuple[BlockPlan, ...]],
    config: Config,
    progress: Progress,
) -> tuple[dict[str, tuple[Outcome, ...]], str | None]:
    """What happened to the cells of each lesson, by its path, and the tier that held them.

    The tier is None when there was nothing to run.
    """
    limits = config.run.job_limits()
    jobs = [
        job
        for analysis, planned in zip(analyses, plans, strict=True)
        if (job := lesson_job(analysis, planned, limits))
    ]
    if not jobs and options.require_tier is None and config.run.tier is None:
        return {}, None
    # Imported now: linting alone must not pay for it, and where there is no sandbox there need be no engine.
    from checker.running.sandbox import probe

    tier = probe(options.sandbox, options.require_tier, config.run.tier)
    from checker.running.engine import Engine

    progress.begin("Running", len(jobs))
    raw = {}
    settings = config.run
    engine = Engine(limits, env=settings.env, fixtures=settings.fixtures, workers=settings.workers, tier=tier)
    with engine:
        for job, outcomes in engine.run(jobs):
            raw[job.path] = outcomes
            progress.advance(job.path)
    progress.end()
    return raw, tier


def _judge(
    analysis: LessonAnalysis,
    plans: tuple[BlockPlan, ...],
    found: tuple[Finding, ...],
    raw: dict[str, tuple[Outcome, ...]] | None,
    selection: Selection,
) -> LessonResult:
    outcomes: tuple[Outcome, ...] = ()
    if raw is not None:
        outcomes, found = judge(analysis, plans, raw.get(analysis.lesson.path, ()), found)
    shown = selection.apply(analysis.lesson, found, ran=raw is not None)
    return LessonResult(analysis.lesson, plans, outcomes, shown)
