"""The main job from end to end: discover -> read -> check -> plan -> run -> judge.

Data flows once through, frozen. What is found is returned; nothing here prints, and nothing decides what a
finding means for the exit status.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from checker.analysis.course import Course
from checker.analysis.lesson import LessonAnalysis, analyze
from checker.analysis.marker_words import OwnWords
from checker.cache import Cache
from checker.config import Config
from checker.durations import Durations
from checker.executing import Runner, Wanted, outline
from checker.finishing import NO_VERSIONS, WAITING, Finishing, Given, Versions
from checker.judging.isolation import warn_of_isolation
from checker.judging.suppression import Selection
from checker.model import BlockPlan, CourseResult, Finding, Lesson, LessonResult, Outcome, Share
from checker.options import Options, Progress
from checker.reading.discovery import Discovery, discover, without_others
from checker.reading.lesson import Parse, parse_lesson, read_given
from checker.reading.lessons import read_lessons
from checker.reading.links.references import Page
from checker.recalling import Recall, recalling
from checker.rules.checking import check_course, check_lesson
from checker.rules.references.course import find_course
from checker.rules.references.elsewhere import Elsewhere
from checker.rules.references.site import pages_of
from checker.running.environment import Packages, describe
from checker.running.interpreter import Interpreter
from checker.running.job import LessonJob
from checker.setting_up import configure, interpreter_of, versions_of, with_setups
from checker.shelving import Lessons

if TYPE_CHECKING:
    from checker.running.remembering import Done
    from checker.running.warm import Warm

__all__ = ["Checked", "Options", "Progress", "check", "check_once", "check_texts", "plan"]


class _Setup(Struct, frozen=True):
    """How a course is checked; `versions` are the interpreters whose versions of pandas are compared."""

    options: Options
    config: Config
    interpreter: Interpreter
    versions: dict[str, Interpreter]
    recall: Recall
    durations: Durations
    warm: "Warm | None" = None


class _Read(Struct, frozen=True):
    """What reading a lesson comes to: its plan, what is found in it alone, and what of it is to be run."""

    analysis: LessonAnalysis
    page: Page
    plans: tuple[BlockPlan, ...]
    found: tuple[Finding, ...]
    job: LessonJob | None


class _Asked(Struct, frozen=True):
    """The lessons that are asked for, and how many are left out for what reason, as `CourseResult` has it.

    `paths` are theirs. `others` are the lessons of other shards.
    """

    lessons: Iterator[Lesson]
    paths: Sequence[str]
    others: tuple[Lesson, ...] = ()
    share: Share | None = None
    unchanged: int | None = None
    all_because: str = ""


class Checked(Struct, frozen=True):
    """A course that was checked once, with what is needed to check other texts of its lessons."""

    setup: _Setup
    lessons: Sequence[Lesson]
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
    config = configure(options)
    interpreter = interpreter_of(options, config)
    versions = versions_of(options, config, interpreter)
    given = options.contents is not None
    with recalling(options.cache, config, interpreter, memory, given=given) as recall:
        durations = Durations(recall.cache, options.durations)
        setup = _Setup(options, config, interpreter, versions, recall, durations, warm)
        with _runner(setup, interpreter, options.cache) as runner:
            parse = recall.telling(runner.expect) if options.run else recall.parse
            asked = _asked(setup, _found(setup), with_setups(config, parse), progress)
            done = _results(setup, runner, asked, progress)
        durations.flush()
    results = warn_of_isolation(done.results, runner.tier)
    kafka = config.services.kafka
    broker = kafka.bootstrap if kafka is not None and runner.tier is not None else None
    result = CourseResult(
        results,
        replace(describe(interpreter, runner.tier), broker=broker),
        time.monotonic() - began,
        (),
        asked.unchanged,
        asked.all_because,
        asked.share,
        done.unchecked,
    )
    return Checked(setup, done.lessons, result)


def check_texts(checked: Checked, texts: Mapping[str, str], progress: Progress) -> tuple[LessonResult, ...]:
    """What lessons of a checked course would be with these texts, by their paths; no file is touched."""
    config = checked.setup.config
    extensions = config.mdx.extensions
    parse = with_setups(config, parse_lesson)
    lessons = {path: parse(path, text, extensions) for path, text in texts.items()}
    others = tuple(each for each in checked.lessons if each.path not in lessons)
    asked = _Asked(iter(lessons.values()), list(lessons), others)
    with _runner(checked.setup, checked.setup.interpreter, checked.setup.options.cache) as runner:
        done = _results(checked.setup, runner, asked, progress)
    if done.unchecked is not None:
        raise KeyboardInterrupt
    return tuple(done.results)


def plan(options: Options, progress: Progress) -> CourseResult:
    """Read and plan only: what the lessons hold, and what of it would run."""
    began = time.monotonic()
    config = configure(options)
    interpreter = interpreter_of(options, config)
    given = options.contents is not None
    with recalling(options.cache, config, interpreter, given=given) as recall:
        setup = _Setup(options, config, interpreter, {}, recall, Durations(recall.cache, {}))
        planned, own_words = _planner(setup), _own_words(config)
        parse = with_setups(config, recall.parse)
        lessons = _told(*_lessons(setup, _found(setup), parse), progress)
        results = tuple(
            LessonResult(lesson, planned(analyze(lesson, own_words)), (), ()) for lesson in lessons
        )
    return CourseResult(results, describe(interpreter, None), time.monotonic() - began)


class _Done(Struct, frozen=True):
    """What lessons come to; `unchecked` of them did not come to their end, None when nobody interrupted."""

    lessons: Sequence[Lesson]
    results: Sequence[LessonResult]
    unchecked: int | None


def _results(setup: _Setup, runner: Runner, asked: _Asked, progress: Progress) -> _Done:
    """What is read, found and run of some lessons; the others of the course are taken as they are.

    What is to be run of a lesson runs while the next ones are being read. Ctrl-C ends it with what is done
    by then: every process is ended, and what only the whole course shows is not looked for.
    """
    options = setup.options
    selection = Selection(setup.config, options.select, options.ignore)
    pandas = describe(setup.interpreter, None).packages.get("pandas") if options.run else None
    finishing = Finishing(Given(setup.config, setup.recall, selection, pandas))
    elsewhere: Mapping[str, Sequence[Finding]] = {}
    versions, unchecked = NO_VERSIONS, None
    try:
        progress.begin("Checking", len(asked.paths), _seconds(setup, asked.paths))
        jobs, most = [], WAITING if options.cluster is None else 16 * WAITING
        for each in map(_reader(setup), asked.lessons):
            finishing.read(each.analysis, each.plans, each.found, each.page)
            if each.job is not None:
                runner.add(each.job)
                jobs += [each.job] if setup.versions else []
            elif options.run:
                finishing.ran(each.analysis.lesson.path, ())
            if each.job is None:
                progress.advance(each.analysis.lesson.path)
            _finish(setup, finishing, runner.results(leave=most), progress)
        elsewhere = _find_elsewhere(setup, finishing, asked.others)
        if options.run:
            _finish(setup, finishing, runner.results(), progress)
        progress.end()
        versions = _run_versions(setup, jobs, progress)
    except KeyboardInterrupt:
        progress.end()
        runner.close()
        unchecked = len(asked.paths) - (finishing.finished if options.run else len(finishing))
    return _Done(finishing.lessons, finishing.results(elsewhere, versions, ran=options.run), unchecked)


def _finish(setup: _Setup, finishing: Finishing, done: "Iterable[Done]", progress: Progress) -> None:
    """Take what has come to its end."""
    for job, outcomes in done:
        finishing.ran(job.path, outcomes)
        setup.durations.note(job.path, outcomes)
        progress.advance(job.path)


def _found(setup: _Setup) -> Discovery | None:
    """What there is to read, or None when the text was given."""
    options, patterns = setup.options, setup.config.course.lessons
    if options.contents is not None:
        return None
    found = discover(options.paths, patterns)
    return without_others(found, setup.config.folder, patterns) if options.lessons_only else found


def _lessons(setup: _Setup, found: Discovery | None, parse: Parse) -> tuple[Iterator[Lesson], Sequence[str]]:
    """Every lesson that was found, and their paths; what takes long is read first."""
    options, extensions = setup.options, setup.config.mdx.extensions
    if found is None:
        given = zip(options.paths, options.contents or (), strict=True)
        return (read_given(path, text, extensions, parse) for path, text in given), options.paths
    seconds = _seconds(setup, found.paths)
    # Whole seconds: what takes as long as its neighbours stays beside them.
    paths = sorted(found.paths, key=lambda path: (-round(seconds.get(path, 0.0)), path))
    return read_lessons(found, extensions, parse, paths), paths


def _seconds(setup: _Setup, paths: Iterable[str]) -> dict[str, float]:
    """What those of the lessons took that were run before."""
    known = setup.durations.known if setup.options.run else {}
    return {path: known[path] for path in paths if path in known}


def _told(lessons: Iterator[Lesson], paths: Sequence[str], progress: Progress) -> Iterator[Lesson]:
    """The lessons, with the progress of a stage of their own."""
    progress.begin("Reading", len(paths), {})
    for lesson in lessons:
        yield lesson
        progress.advance(lesson.path)
    progress.end()


def _asked(setup: _Setup, found: Discovery | None, parse: Parse, progress: Progress) -> _Asked:
    """Those of the lessons found that are asked for; an iterator where there is no need to wait."""
    options = setup.options
    lessons, paths = _lessons(setup, found, parse)
    is_part = options.shard is not None and found is not None
    if not is_part and options.since is None:
        return _Asked(lessons, paths)
    kept = Lessons()
    for each in _told(lessons, paths, progress):
        kept.add(each)
    everything = kept.sorted()
    asked = _Asked(iter(everything), paths)
    if options.shard is not None and found is not None:
        # Most runs look at a whole course.
        from checker.reading.sharding import divide

        # Other shards' lessons are read all the same: what only the whole course shows needs them.
        division = divide(found, options.shard, options.durations)
        mine = [each for each in everything if each.path in division.paths]
        others = tuple(each for each in everything if each.path not in division.paths)
        asked = _Asked(iter(mine), [each.path for each in mine], others, Share(division.digest, len(others)))
    if options.since is None:
        return asked
    # Most runs look at everything that they are given.
    from checker.selecting import select

    mine = list(asked.lessons)
    around = partial(_course, setup, everything)
    chosen = select(everything, around, setup.config, options.paths[0], options.since)
    wanted = [each for each in mine if each.path in chosen.paths]
    return replace(
        asked,
        lessons=iter(wanted),
        paths=[each.path for each in wanted],
        unchanged=len(mine) - len(wanted),
        all_because=chosen.all_because,
    )


def _own_words(config: Config) -> OwnWords:
    return OwnWords(config.markers.wrong, config.markers.right)


def _reader(setup: _Setup) -> Callable[[Lesson], _Read]:
    """What plans and checks one lesson after the other."""
    planned, config, options = _planner(setup), setup.config, setup.options
    limits, own_words = config.run.job_limits(), _own_words(config)

    def read(lesson: Lesson) -> _Read:
        analysis, page = analyze(lesson, own_words), setup.recall.page(lesson)
        plans = planned(analysis)
        found = setup.recall.findings(lesson, partial(check_lesson, analysis, config))
        if not options.run:
            return _Read(analysis, page, plans, found, None)
        # Imported now, like all that runs and judges: linting alone must not pay for it.
        from checker.judging.withdrawal import decided_lines
        from checker.running.jobs import drawn, lesson_job, plans_until, watched

        if options.until is None:
            job = setup.recall.job(lesson, partial(lesson_job, analysis, plans, limits))
        else:
            plans = plans_until(plans, options.until)
            job = lesson_job(analysis, plans, limits)
        job = job and watched(job, decided_lines(found))
        return _Read(analysis, page, plans, found, drawn(job) if job and options.figures else job)

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
    setup: _Setup, finishing: Finishing, others: Sequence[Lesson]
) -> Mapping[str, Sequence[Finding]]:
    """What only the whole course shows, by the path of the lesson that it is found in."""
    lessons = sorted((*finishing.lessons, *others), key=lambda each: each.path)
    course = _course(setup, lessons, read=lambda lesson: finishing.page(lesson) or setup.recall.page(lesson))
    return check_course(course, finishing.analyses, setup.config)


def _course(
    setup: _Setup,
    lessons: Sequence[Lesson],
    gone: frozenset[str] = frozenset(),
    read: Callable[[Lesson], Page] | None = None,
) -> Course:
    """The course around these lessons; pages of it that are known need not be read."""
    config, recall = setup.config, setup.recall
    course = find_course(tuple(lessons), config, recall.heads, gone)
    course.once(pages_of, read or recall.page)
    of_files = recall.page_of_file, recall.segments_of_file
    course.once(Elsewhere, config.mdx.extensions, recall.parse, recall.page, *of_files)
    return course


def _runner(setup: _Setup, interpreter: Interpreter, cache: str | None) -> Runner:
    options = setup.options
    tiers = options.sandbox, options.require_tier
    cluster = options.cluster, options.say
    return Runner(Wanted(setup.config, interpreter, *tiers, cache, options.jobs, setup.warm, *cluster))


def _run_versions(setup: _Setup, jobs: Sequence[LessonJob], progress: Progress) -> Versions:
    """What happens to the cells of lessons that speak of pandas under each version that was asked for."""
    if not setup.versions:
        return NO_VERSIONS
    from checker.running.jobs import speaks_of, traced

    wanted = [traced(job) for job in jobs if speaks_of(job, "pandas")]
    versions: dict[str, dict[str, tuple[Outcome, ...]]] = {}
    for version, interpreter in setup.versions.items():
        paths = [job.path for job in wanted]
        progress.begin(f"Running pandas {version}", len(paths), _seconds(setup, paths))
        with _runner(setup, interpreter, None) as runner:
            for job in wanted:
                runner.add(job)
            versions[version] = {}
            for job, outcomes in runner.results():
                versions[version][job.path] = outcomes
                progress.advance(job.path)
        progress.end()
    return versions
