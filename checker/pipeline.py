"""The main job from end to end: discover -> read -> check -> plan -> run -> judge.

Data flows once through, frozen. What is found is returned; nothing here prints, and nothing decides what a
finding means for the exit status.
"""

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from checker.analysis.course import Course
from checker.analysis.lesson import LessonAnalysis, analyze
from checker.analysis.marker_words import OwnWords
from checker.cache import Cache
from checker.config import Config, load_config
from checker.errors import ConfigError
from checker.executing import Runner, Wanted, outline
from checker.judging.isolation import warn_of_isolation
from checker.judging.suppression import Selection
from checker.model import BlockPlan, CourseResult, Finding, Lesson, LessonResult, Outcome, Share
from checker.options import Options, Progress
from checker.reading.discovery import Discovery, discover, without_others
from checker.reading.lesson import Parse, parse_lesson, read_given
from checker.reading.lessons import read_lessons
from checker.reading.sharding import divide
from checker.recalling import Recall, recalling
from checker.rules.checking import check_course, check_lesson
from checker.rules.named import refuse_unknown_rules
from checker.rules.references.course import find_course
from checker.rules.references.elsewhere import Elsewhere
from checker.rules.references.site import pages_of
from checker.running.choosing import Named, choose_interpreter
from checker.running.environment import Packages, describe
from checker.running.interpreter import Interpreter
from checker.running.job import LessonJob
from checker.running.versions import interpreters

if TYPE_CHECKING:
    from checker.running.warm import Warm

__all__ = ["Checked", "Options", "Progress", "check", "check_once", "check_texts", "plan"]


class _Setup(Struct, frozen=True):
    """How a course is checked; `versions` are the interpreters whose versions of pandas are compared."""

    options: Options
    config: Config
    interpreter: Interpreter
    versions: dict[str, Interpreter]
    recall: Recall
    warm: "Warm | None" = None


class _Read(Struct, frozen=True):
    """What reading a lesson comes to: its plan, what is found in it alone, and what of it is to be run."""

    analysis: LessonAnalysis
    plans: tuple[BlockPlan, ...]
    found: tuple[Finding, ...]
    job: LessonJob | None


class _Asked(NamedTuple):
    """The lessons that are asked for, and how many are left out for what reason, as `CourseResult` has it.

    `others` are the lessons of other shards.
    """

    lessons: Iterator[Lesson]
    others: tuple[Lesson, ...] = ()
    share: Share | None = None
    unchanged: int | None = None
    all_because: str = ""


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


def check(
    options: Options, progress: Progress, warm: "Warm | None" = None, memory: Cache | None = None
) -> CourseResult:
    """Read, check, plan and, unless `options.run` is false, run the lessons below the paths.

    `warm` keeps what runs them for the next time, `memory` what is understood of them.
    """
    return check_once(options, progress, warm, memory).result


def check_once(
    options: Options, progress: Progress, warm: "Warm | None" = None, memory: Cache | None = None
) -> Checked:
    """The same, with what `check_texts` needs to go on from there."""
    began = time.monotonic()
    config = _configure(options)
    interpreter = _interpreter(options, config)
    versions = _versions(options, config, interpreter)
    with recalling(options.cache, config, interpreter, memory) as recall:
        setup = _Setup(options, config, interpreter, versions, recall, warm)
        with _runner(setup, interpreter, options.cache) as runner:
            parse = recall.telling(runner.expect) if options.run else recall.parse
            found = _found(setup)
            asked = _asked(setup, found, _lessons(setup, found, parse, progress))
            read, results = _results(setup, runner, _analyses(setup, asked.lessons), asked.others, progress)
    results = warn_of_isolation(results, runner.tier)
    environment = describe(interpreter, runner.tier)
    result = CourseResult(
        results, environment, time.monotonic() - began, (), asked.unchanged, asked.all_because, asked.share
    )
    return Checked(setup, tuple(each.analysis for each in read), result)


def check_texts(checked: Checked, texts: Mapping[str, str], progress: Progress) -> tuple[LessonResult, ...]:
    """What lessons of a checked course would be with these texts, by their paths; no file is touched."""
    config = checked.setup.config
    own_words, extensions = _own_words(config), config.mdx.extensions
    lessons = {path: parse_lesson(path, text, extensions) for path, text in texts.items()}
    changed = [analyze(lesson, own_words) for lesson in lessons.values()]
    others = [each.lesson for each in checked.analyses if each.lesson.path not in lessons]
    with _runner(checked.setup, checked.setup.interpreter, checked.setup.options.cache) as runner:
        return _results(checked.setup, runner, changed, others, progress)[1]


def plan(options: Options, progress: Progress) -> CourseResult:
    """Read and plan only: what the lessons hold, and what of it would run."""
    began = time.monotonic()
    config = _configure(options)
    interpreter = _interpreter(options, config)
    with recalling(options.cache, config, interpreter) as recall:
        setup = _Setup(options, config, interpreter, {}, recall)
        planned = _planner(setup)
        results = tuple(
            LessonResult(each.lesson, planned(each), (), ())
            for each in _analyses(setup, _lessons(setup, _found(setup), recall.parse, progress))
        )
    return CourseResult(results, describe(interpreter, None), time.monotonic() - began)


def _results(
    setup: _Setup,
    runner: Runner,
    analyses: Iterable[LessonAnalysis],
    others: Sequence[Lesson],
    progress: Progress,
) -> tuple[list[_Read], tuple[LessonResult, ...]]:
    """What is read, found and run of some lessons; `others` of the course are taken as they are.

    What is to be run of a lesson runs while the next ones are being read.
    """
    read = []
    for each in map(_reader(setup), analyses):
        read.append(each)
        if each.job is not None:
            runner.add(each.job)
    elsewhere = _find_elsewhere(setup, [each.analysis for each in read], others)
    ran = _outcomes(setup, runner, read, progress) if setup.options.run else None
    results = tuple(
        _judge(setup, each, (*each.found, *elsewhere.get(each.analysis.lesson.path, ())), ran)
        for each in read
    )
    return read, results


def _configure(options: Options) -> Config:
    config = load_config(options.paths[0], options.config)
    refuse_unknown_rules(config)
    _refuse_real_broker(config)
    return config


def _refuse_real_broker(config: Config) -> None:
    """No sandbox has a way out yet, and no lesson may seem to have run against a broker that it did not."""
    kafka = config.services.kafka
    if kafka is not None and kafka.bootstrap is not None:
        raise ConfigError(
            f"{config.path}: services.kafka.bootstrap: this version reaches no broker outside the sandbox",
            "Leave it out: the embedded one is used then, and what it cannot do is skipped with the reason.",
        )


def _interpreter(options: Options, config: Config) -> Interpreter:
    named = Named(config.run.python, config.run.requirements, config.folder)
    started = named if options.start_named else None
    return choose_interpreter(options.python, started, trusted=_is_trusted(options))


def _versions(options: Options, config: Config, usual: Interpreter) -> dict[str, Interpreter]:
    if not options.pandas:
        return {}
    trusted = _is_trusted(options)
    return interpreters(options.pandas, config.run.pandas, config.folder, usual, trusted=trusted)


def _is_trusted(options: Options) -> bool:
    """Whether the configuration may name programs: with CI set it may be a stranger's."""
    return options.trust_config or not os.environ.get("CI")


def _found(setup: _Setup) -> Discovery | None:
    """What there is to read, or None when the text was given."""
    options, patterns = setup.options, setup.config.course.lessons
    if options.contents is not None:
        return None
    found = discover(options.paths, patterns)
    return without_others(found, setup.config.folder, patterns) if options.lessons_only else found


def _lessons(setup: _Setup, found: Discovery | None, parse: Parse, progress: Progress) -> Iterator[Lesson]:
    """Every lesson that was found, in the order of their paths."""
    options, extensions = setup.options, setup.config.mdx.extensions
    if found is None:
        for path, content in zip(options.paths, options.contents or (), strict=True):
            yield read_given(path, content, extensions, parse)
        return
    progress.begin("Reading", len(found.files))
    for lesson in read_lessons(found, extensions, parse):
        yield lesson
        progress.advance(lesson.path)
    progress.end()


def _asked(setup: _Setup, found: Discovery | None, lessons: Iterator[Lesson]) -> _Asked:
    """Those of the lessons found that are asked for; an iterator where there is no need to wait."""
    options = setup.options
    if options.shard is not None and found is not None:
        # Other shards' lessons are read all the same: what only the whole course shows needs them.
        everything, division = list(lessons), divide(found, options.shard, options.durations)
        lessons = (each for each in everything if each.path in division.paths)
        others = tuple(each for each in everything if each.path not in division.paths)
        asked = _Asked(lessons, others, Share(division.digest, len(others)))
    else:
        asked = _Asked(lessons)
    if options.since is None:
        return asked
    # Most runs look at everything that they are given.
    from checker.selecting import select

    mine = list(asked.lessons)
    everything = sorted((*mine, *asked.others), key=lambda each: each.path)
    around = partial(_course, setup, everything)
    chosen = select(everything, around, setup.config, options.paths[0], options.since)
    wanted = [each for each in mine if each.path in chosen.paths]
    return asked._replace(
        lessons=iter(wanted), unchanged=len(mine) - len(wanted), all_because=chosen.all_because
    )


def _analyses(setup: _Setup, lessons: Iterable[Lesson]) -> Iterator[LessonAnalysis]:
    own_words = _own_words(setup.config)
    return (analyze(each, own_words) for each in lessons)


def _own_words(config: Config) -> OwnWords:
    return OwnWords(config.markers.wrong, config.markers.right)


def _reader(setup: _Setup) -> Callable[[LessonAnalysis], _Read]:
    """What plans and checks one lesson after the other."""
    planned, config, options = _planner(setup), setup.config, setup.options
    limits = config.run.job_limits()

    def read(analysis: LessonAnalysis) -> _Read:
        lesson, plans = analysis.lesson, planned(analysis)
        found = setup.recall.findings(lesson, partial(check_lesson, analysis, config))
        if not options.run:
            return _Read(analysis, plans, found, None)
        # Imported now, like all that runs and judges: linting alone must not pay for it.
        from checker.judging.withdrawal import decided_lines
        from checker.running.jobs import drawn, lesson_job, plans_until, watched

        if options.until is None:
            job = setup.recall.job(lesson, partial(lesson_job, analysis, plans, limits))
        else:
            plans = plans_until(plans, options.until)
            job = lesson_job(analysis, plans, limits)
        job = job and watched(job, decided_lines(found))
        return _Read(analysis, plans, found, drawn(job) if job and options.figures else job)

    return read


def _planner(setup: _Setup) -> Callable[[LessonAnalysis], tuple[BlockPlan, ...]]:
    packages = Packages(setup.interpreter)
    given = frozenset(setup.config.run.env)
    fixtures = setup.config.fixture_names()
    lab = outline(setup.config)

    def make(analysis: LessonAnalysis) -> tuple[BlockPlan, ...]:
        # A lesson whose plan is known need not pay for the import.
        from checker.running.plan import plan_lesson

        return plan_lesson(analysis, has_package=packages.has, services=given, fixtures=fixtures, lab=lab)

    return lambda analysis: setup.recall.plan(analysis.lesson, partial(make, analysis))


def _find_elsewhere(
    setup: _Setup, analyses: Sequence[LessonAnalysis], others: Sequence[Lesson]
) -> Mapping[str, Sequence[Finding]]:
    """What only the whole course shows, by the path of the lesson that it is found in."""
    lessons = (*(each.lesson for each in analyses), *others)
    course = _course(setup, sorted(lessons, key=lambda each: each.path))
    return check_course(course, analyses, setup.config)


def _course(setup: _Setup, lessons: Sequence[Lesson], gone: frozenset[str] = frozenset()) -> Course:
    """The course around these lessons; pages of it that are known need not be read."""
    config, recall = setup.config, setup.recall
    course = find_course(tuple(lessons), config, recall.heads, gone)
    course.once(pages_of, recall.page)
    course.once(Elsewhere, config.mdx.extensions, recall.parse, recall.page)
    return course


def _runner(setup: _Setup, interpreter: Interpreter, cache: str | None) -> Runner:
    options = setup.options
    tiers = options.sandbox, options.require_tier
    return Runner(Wanted(setup.config, interpreter, *tiers, cache, options.jobs, setup.warm))


def _outcomes(setup: _Setup, runner: Runner, read: Sequence[_Read], progress: Progress) -> _Ran:
    """What happened to the cells of the lessons that were handed over to `runner`."""
    jobs = [each.job for each in read if each.job is not None]
    outcomes = _gather(runner, len(jobs), progress)
    pandas = describe(setup.interpreter, runner.tier).packages.get("pandas")
    return _Ran(outcomes, pandas, _run_versions(setup, jobs, progress))


def _gather(runner: Runner, count: int, progress: Progress) -> dict[str, tuple[Outcome, ...]]:
    """What happened to the cells of each of `count` lessons, by its path."""
    progress.begin("Running", count)
    raw = {}
    for job, outcomes in runner.results():
        raw[job.path] = outcomes
        progress.advance(job.path)
    progress.end()
    return raw


def _run_versions(
    setup: _Setup, jobs: Sequence[LessonJob], progress: Progress
) -> dict[str, dict[str, tuple[Outcome, ...]]]:
    """What happens to the cells of lessons that speak of pandas under each version that was asked for."""
    from checker.running.jobs import speaks_of, traced

    wanted = [traced(job) for job in jobs if speaks_of(job, "pandas")]
    versions = {}
    for version, interpreter in setup.versions.items():
        with _runner(setup, interpreter, None) as runner:
            for job in wanted:
                runner.add(job)
            versions[version] = _gather(runner, len(wanted), progress)
    return versions


def _judge(setup: _Setup, read: _Read, found: tuple[Finding, ...], ran: _Ran | None) -> LessonResult:
    """What is found in a lesson, and what its outcomes mean."""
    lesson = read.analysis.lesson
    outcomes: tuple[Outcome, ...] = ()
    if ran is not None:
        from checker.judging.judge import judge

        raw = ran.outcomes.get(lesson.path, ())
        versions = {version: each.get(lesson.path, ()) for version, each in ran.versions.items()}
        make = partial(judge, pandas=ran.pandas, versions=versions, labels=setup.config.output.labels)
        outcomes, found = setup.recall.judgement(
            lesson,
            (raw, found, ran.pandas, versions, setup.options.until),
            partial(make, read.analysis, read.plans, raw, found),
        )
    selection = Selection(setup.config, setup.options.select, setup.options.ignore)
    shown = selection.apply(lesson, found, ran=ran is not None)
    return LessonResult(lesson, read.plans, outcomes, shown)
