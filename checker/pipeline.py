"""The main job from end to end: discover -> read -> check -> plan -> run -> judge.

Data flows once through, frozen. What is found is returned; nothing here prints, and nothing decides what a
finding means for the exit status.
"""

import os
import time
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from checker.analysis.lesson import LessonAnalysis, analyze
from checker.analysis.marker_words import OwnWords
from checker.config import Config, load_config
from checker.judging.isolation import warn_of_isolation
from checker.judging.suppression import Selection
from checker.model import BlockPlan, CourseResult, Finding, Lesson, LessonResult, Outcome
from checker.reading.decoding import line_starts
from checker.reading.discovery import discover
from checker.reading.lesson import parse_lesson, read_lesson
from checker.recalling import Recall, recalling
from checker.rules.checking import check_course, check_lesson
from checker.rules.named import refuse_unknown_rules
from checker.rules.references.course import find_course
from checker.rules.references.site import pages_of
from checker.running.choosing import Named, choose_interpreter
from checker.running.environment import Packages, describe
from checker.running.interpreter import Interpreter
from checker.running.job import LessonJob
from checker.running.lab import Lab
from checker.running.versions import interpreters


class Options(Struct, frozen=True):
    """What was asked for. Paths are as typed, relative to the current folder.

    `cache` is the folder in which to remember what lessons did; None remembers nothing. `pandas` are versions
    under which lessons are to be compared. `figures` keeps what blocks draw.
    """

    paths: tuple[str, ...] = (".",)
    run: bool = True
    config: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    sandbox: str | None = None
    require_tier: str | None = None
    python: str | None = None
    trust_config: bool = False
    cache: str | None = None
    pandas: tuple[str, ...] = ()
    figures: bool = False


class Progress(Protocol):
    """Where the pipeline tells how far it is."""

    def begin(self, what: str, total: int) -> None:
        """A stage of `total` steps begins."""

    def advance(self, label: str) -> None:
        """One step is done; `label` names it."""

    def end(self) -> None:
        """The stage is over."""


class _Setup(Struct, frozen=True):
    """How a course is checked; `versions` are the interpreters whose versions of pandas are compared.

    `lab` holds the services that lessons find in their sandbox.
    """

    options: Options
    config: Config
    interpreter: Interpreter
    versions: dict[str, Interpreter]
    recall: Recall
    lab: Lab


class _Ran(Struct, frozen=True):
    """What happened to the cells, by the path of their lesson, and under which version of pandas.

    `versions` holds the same for each of several versions that are compared.
    """

    outcomes: dict[str, tuple[Outcome, ...]]
    pandas: str | None
    versions: dict[str, dict[str, tuple[Outcome, ...]]]


class Checked(Struct, frozen=True):
    """A course that was checked once, with what is needed to check other texts of its lessons."""

    setup: _Setup
    analyses: tuple[LessonAnalysis, ...]
    result: CourseResult


def check(options: Options, progress: Progress) -> CourseResult:
    """Read, check, plan and, unless `options.run` is false, run the lessons below the paths."""
    return check_once(options, progress).result


def check_once(options: Options, progress: Progress) -> Checked:
    """The same, with what `check_texts` needs to go on from there."""
    began = time.monotonic()
    config = _configure(options)
    interpreter = _interpreter(options, config)
    versions = _versions(options, config, interpreter)
    with recalling(options.cache, config, interpreter) as recall:
        setup = _Setup(options, config, interpreter, versions, recall, _lab(config))
        analyses = _read(setup, progress)
        results, tier = _results(setup, analyses, analyses, progress)
    results = warn_of_isolation(results, tier)
    result = CourseResult(results, describe(interpreter, tier), time.monotonic() - began)
    return Checked(setup, tuple(analyses), result)


def check_texts(checked: Checked, texts: Mapping[str, str], progress: Progress) -> tuple[LessonResult, ...]:
    """What lessons of a checked course would be with these texts, by their paths; no file is touched."""
    config = checked.setup.config
    own_words, extensions = _own_words(config), config.mdx.extensions
    lessons = {path: parse_lesson(path, text, extensions) for path, text in texts.items()}
    changed = {path: analyze(lesson, own_words) for path, lesson in lessons.items()}
    course = [changed.get(each.lesson.path, each) for each in checked.analyses]
    return _results(checked.setup, list(changed.values()), course, progress)[0]


def plan(options: Options, progress: Progress) -> CourseResult:
    """Read and plan only: what the lessons hold, and what of it would run."""
    began = time.monotonic()
    config = _configure(options)
    interpreter = _interpreter(options, config)
    with recalling(options.cache, config, interpreter) as recall:
        setup = _Setup(options, config, interpreter, {}, recall, _lab(config))
        analyses = _read(setup, progress)
        results = tuple(
            LessonResult(analysis.lesson, plans, (), ())
            for analysis, plans in zip(analyses, _plan(setup, analyses), strict=True)
        )
    return CourseResult(results, describe(interpreter, None), time.monotonic() - began)


def _results(
    setup: _Setup, analyses: Sequence[LessonAnalysis], course: Sequence[LessonAnalysis], progress: Progress
) -> tuple[tuple[LessonResult, ...], str | None]:
    """What is found and run for some lessons of a course, and the tier that held what ran."""
    options, config, interpreter = setup.options, setup.config, setup.interpreter
    plans = _plan(setup, analyses)
    found = _check(setup, analyses, course)
    ran, tier = None, None
    if options.run:
        # Imported now, like all that runs and judges: linting alone must not pay for it.
        from checker.judging.withdrawal import decided_lines
        from checker.running.jobs import drawn, watched

        watch = {each.lesson.path: decided_lines(found[i]) for i, each in enumerate(analyses)}
        jobs = [watched(each, watch[each.path]) for each in _jobs(setup, analyses, plans)]
        if options.figures:
            jobs = [drawn(each) for each in jobs]
        raw, tier = _run(setup, jobs, interpreter, progress)
        versions = _run_versions(setup, jobs, progress)
        ran = _Ran(raw, describe(interpreter, tier).packages.get("pandas"), versions)
    selection = Selection(config, options.select, options.ignore)
    results = tuple(
        _judge(analysis, plans[i], found[i], ran, setup.recall) for i, analysis in enumerate(analyses)
    )
    return tuple(_shown(each, selection, ran=ran is not None) for each in results), tier


def _configure(options: Options) -> Config:
    config = load_config(options.paths[0], options.config)
    refuse_unknown_rules(config)
    return config


def _interpreter(options: Options, config: Config) -> Interpreter:
    named = Named(config.run.python, config.run.requirements, config.folder)
    return choose_interpreter(options.python, named, trusted=_is_trusted(options))


def _versions(options: Options, config: Config, usual: Interpreter) -> dict[str, Interpreter]:
    if not options.pandas:
        return {}
    trusted = _is_trusted(options)
    return interpreters(options.pandas, config.run.pandas, config.folder, usual, trusted=trusted)


def _lab(_config: Config) -> Lab:
    """The services that lessons find: none until the configuration can name them."""
    return Lab()


def _is_trusted(options: Options) -> bool:
    """Whether the configuration may name programs: with CI set it may be a stranger's."""
    return options.trust_config or not os.environ.get("CI")


def _read(setup: _Setup, progress: Progress) -> list[LessonAnalysis]:
    found = discover(setup.options.paths, setup.config.course.lessons)
    progress.begin("Reading", len(found.files))
    own_words = _own_words(setup.config)
    lessons = {}
    for file, root in zip(found.files, found.roots, strict=True):
        lessons[file] = read_lesson(file, root, setup.config.mdx.extensions, setup.recall.parse)
        progress.advance(file)
    progress.end()
    for problem in found.problems:
        # What could not be looked into stands in the results as a lesson that could not be read.
        lesson = lessons.get(problem.span.path) or _unread(problem.span.path)
        lessons[problem.span.path] = replace(lesson, problems=(*lesson.problems, problem))
    return [analyze(lesson, own_words) for _, lesson in sorted(lessons.items())]


def _own_words(config: Config) -> OwnWords:
    return OwnWords(config.markers.wrong, config.markers.right)


def _unread(path: str) -> Lesson:
    return Lesson(path, "", line_starts(""), None, (), (), (), ())


def _plan(setup: _Setup, analyses: Sequence[LessonAnalysis]) -> list[tuple[BlockPlan, ...]]:
    packages = Packages(setup.interpreter)
    given = frozenset(setup.config.run.env)
    fixtures = setup.config.fixture_names()

    def make(analysis: LessonAnalysis) -> tuple[BlockPlan, ...]:
        # A lesson whose plan is known need not pay for the import.
        from checker.running.plan import plan_lesson

        return plan_lesson(
            analysis, has_package=packages.has, services=given, fixtures=fixtures, lab=setup.lab
        )

    return [setup.recall.plan(each.lesson, partial(make, each)) for each in analyses]


def _check(
    setup: _Setup, analyses: Sequence[LessonAnalysis], course: Sequence[LessonAnalysis]
) -> list[tuple[Finding, ...]]:
    """What reading finds in these lessons of a course."""
    config = setup.config
    whole = find_course(tuple(each.lesson for each in course), config)
    whole.once(pages_of, setup.recall.page)
    elsewhere = check_course(whole, course, config)
    return [
        (
            *setup.recall.findings(each.lesson, partial(check_lesson, each, config)),
            *elsewhere.get(each.lesson.path, ()),
        )
        for each in analyses
    ]


def _jobs(
    setup: _Setup, analyses: Sequence[LessonAnalysis], plans: Sequence[tuple[BlockPlan, ...]]
) -> list[LessonJob]:
    from checker.running.jobs import lesson_job

    limits = setup.config.run.job_limits()
    return [
        job
        for analysis, planned in zip(analyses, plans, strict=True)
        if (job := setup.recall.job(analysis.lesson, partial(lesson_job, analysis, planned, limits)))
    ]


def _run(
    setup: _Setup, jobs: Sequence[LessonJob], interpreter: Interpreter, progress: Progress
) -> tuple[dict[str, tuple[Outcome, ...]], str | None]:
    """What happened to the cells of each lesson, by its path, and the tier that held them.

    The tier is None when there was nothing to run.
    """
    options, config = setup.options, setup.config
    if not jobs and options.require_tier is None and config.run.tier is None:
        return {}, None
    # Where there is no sandbox there need be no engine.
    from checker.running.sandbox import probe

    tier = probe(options.sandbox, options.require_tier, config.run.tier)
    from checker.running.engine import Engine
    from checker.running.remembering import Surroundings, remembering

    progress.begin("Running", len(jobs))
    raw = {}
    settings, limits = config.run, config.run.job_limits()
    engine = Engine(
        limits,
        env=settings.env,
        fixtures=settings.fixtures,
        workers=settings.workers,
        interpreter=interpreter,
        tier=tier,
        lab=setup.lab,
    )
    surroundings = Surroundings(tier, interpreter, limits, settings.env, settings.fixtures, setup.lab)
    with engine, remembering(options.cache, surroundings) as memory:
        for job, outcomes in memory.run(engine, jobs):
            raw[job.path] = outcomes
            progress.advance(job.path)
    progress.end()
    return raw, tier


def _run_versions(
    setup: _Setup, jobs: Sequence[LessonJob], progress: Progress
) -> dict[str, dict[str, tuple[Outcome, ...]]]:
    """What happens to the cells of lessons that speak of pandas under each version that was asked for."""
    from checker.running.jobs import speaks_of, traced

    wanted = [traced(job) for job in jobs if speaks_of(job, "pandas")]
    setup = replace(setup, options=replace(setup.options, cache=None))
    return {
        version: _run(setup, wanted, interpreter, progress)[0]
        for version, interpreter in setup.versions.items()
    }


def _judge(
    analysis: LessonAnalysis,
    plans: tuple[BlockPlan, ...],
    found: tuple[Finding, ...],
    ran: _Ran | None,
    recall: Recall,
) -> LessonResult:
    if ran is None:
        return LessonResult(analysis.lesson, plans, (), found)
    from checker.judging.judge import judge

    raw = ran.outcomes.get(analysis.lesson.path, ())
    versions = {version: each.get(analysis.lesson.path, ()) for version, each in ran.versions.items()}
    outcomes, found = recall.judgement(
        analysis.lesson,
        (raw, found, ran.pandas, versions),
        partial(judge, analysis, plans, raw, found, pandas=ran.pandas, versions=versions),
    )
    return LessonResult(analysis.lesson, plans, outcomes, found)


def _shown(result: LessonResult, selection: Selection, *, ran: bool) -> LessonResult:
    return replace(result, findings=selection.apply(result.lesson, result.findings, ran=ran))
