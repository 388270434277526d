"""Checks a course from end to end, or only plans it."""

import time
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from checker.analysis.lesson import analyze
from checker.cache import Cache
from checker.judging.isolation import warn_of_isolation
from checker.judging.suppression import Selection
from checker.model import CourseResult, Finding, Lesson, LessonResult
from checker.pipeline.asking import Asked, ask_for, known_seconds, read_all
from checker.pipeline.durations import Durations
from checker.pipeline.executing import Runner
from checker.pipeline.finishing import NO_VERSIONS, WAITING, Finishing, Given
from checker.pipeline.options import Options, Progress
from checker.pipeline.setting_up import (
    Setting,
    configure,
    interpreter_of,
    runner_of,
    versions_of,
    with_setups,
)
from checker.pipeline.understanding import own_words, planner, reader
from checker.pipeline.whole_course import find_elsewhere
from checker.reading.lesson import parse_lesson
from checker.recalling import recalling
from checker.running.environment import describe

if TYPE_CHECKING:
    from checker.running.job import LessonJob
    from checker.running.remembering import Done
    from checker.running.warm import Warm


class Checked(Struct, frozen=True):
    """A checked course, with what is needed to check other texts of its lessons."""

    setting: Setting
    lessons: Sequence[Lesson]
    result: CourseResult


def check(
    options: Options, progress: Progress, warm: "Warm | None" = None, memory: Cache | None = None
) -> CourseResult:
    """Read, check, plan and, unless `options.run` is false, run the lessons below the paths.

    `warm` keeps the engine for the next run, `memory` what is known of unchanged lessons.
    """
    return check_once(options, progress, warm, memory).result


def check_once(
    options: Options, progress: Progress, warm: "Warm | None" = None, memory: Cache | None = None
) -> Checked:
    """The same, with what `check_texts` needs."""
    began = time.monotonic()
    config = configure(options)
    interpreter = interpreter_of(options, config)
    versions = versions_of(options, config, interpreter)
    given = options.contents is not None
    with recalling(options.cache, config, interpreter, memory, given=given) as recall:
        durations = Durations(recall.cache, options.durations)
        setting = Setting(options, config, interpreter, versions, recall, durations, warm)
        with runner_of(setting, interpreter, options.cache) as runner:
            parse = recall.telling(runner.expect) if options.run else recall.parse
            asked = ask_for(setting, with_setups(config, parse), progress)
            done = _results(setting, runner, asked, progress)
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
    return Checked(setting, done.lessons, result)


def check_texts(checked: Checked, texts: Mapping[str, str], progress: Progress) -> tuple[LessonResult, ...]:
    """The results that lessons would have with these texts, by path; no file is touched.

    Raises KeyboardInterrupt when it is interrupted, since partial results are of no use.
    """
    config = checked.setting.config
    extensions = config.mdx.extensions
    parse = with_setups(config, parse_lesson)
    lessons = {path: parse(path, text, extensions) for path, text in texts.items()}
    others = tuple(each for each in checked.lessons if each.path not in lessons)
    asked = Asked(iter(lessons.values()), list(lessons), others)
    with runner_of(checked.setting, checked.setting.interpreter, checked.setting.options.cache) as runner:
        done = _results(checked.setting, runner, asked, progress)
    if done.unchecked is not None:
        raise KeyboardInterrupt
    return tuple(done.results)


def plan(options: Options, progress: Progress) -> CourseResult:
    """Read the lessons and plan their blocks; nothing is checked or run."""
    began = time.monotonic()
    config = configure(options)
    interpreter = interpreter_of(options, config)
    given = options.contents is not None
    with recalling(options.cache, config, interpreter, given=given) as recall:
        setting = Setting(options, config, interpreter, {}, recall, Durations(recall.cache, {}))
        planned, words = planner(setting), own_words(config)
        lessons = read_all(setting, with_setups(config, recall.parse), progress)
        results = tuple(LessonResult(lesson, planned(analyze(lesson, words)), (), ()) for lesson in lessons)
    return CourseResult(results, describe(interpreter, None), time.monotonic() - began)


class _Done(Struct, frozen=True):
    """The results; `unchecked` counts the lessons that were not finished, None when nobody interrupted."""

    lessons: Sequence[Lesson]
    results: Sequence[LessonResult]
    unchecked: int | None


def _results(setting: Setting, runner: Runner, asked: Asked, progress: Progress) -> _Done:
    """Read, check, run and judge the lessons that are asked for.

    A lesson runs while the next ones are being read. Ctrl-C ends every process and keeps what is done by
    then; rules about the whole course are not asked in that case.
    """
    options = setting.options
    selection = Selection(setting.config, options.select, options.ignore)
    pandas = describe(setting.interpreter, None).packages.get("pandas") if options.run else None
    finishing = Finishing(Given(setting.config, setting.recall, selection, pandas))
    elsewhere: Mapping[str, Sequence[Finding]] = {}
    versions, unchecked = NO_VERSIONS, None
    try:
        progress.begin("Checking", len(asked.paths), known_seconds(setting, asked.paths))
        jobs = _read(setting, runner, asked.lessons, finishing, progress)
        elsewhere = find_elsewhere(setting, finishing, asked.others)
        if options.run:
            _finish(setting, finishing, runner.results(), progress)
        progress.end()
        if setting.versions:
            from checker.pipeline.versions import run_versions

            versions = run_versions(setting, jobs, progress)
    except KeyboardInterrupt:
        progress.end()
        runner.close()
        unchecked = len(asked.paths) - (finishing.finished if options.run else len(finishing))
    return _Done(finishing.lessons, finishing.results(elsewhere, versions, ran=options.run), unchecked)


def _read(
    setting: Setting, runner: Runner, lessons: Iterable[Lesson], finishing: Finishing, progress: Progress
) -> "list[LessonJob]":
    """Read and check each lesson and hand it to the runner; the jobs, when versions are compared."""
    options = setting.options
    most = WAITING if options.cluster is None else 16 * WAITING
    jobs: list[LessonJob] = []
    for each in map(reader(setting), lessons):
        path = each.analysis.lesson.path
        finishing.read(each.analysis, each.plans, each.found, each.page)
        if each.job is not None:
            runner.add(each.job)
            if setting.versions:
                jobs.append(each.job)
        else:
            if options.run:
                finishing.ran(path, ())
            progress.advance(path)
        _finish(setting, finishing, runner.results(leave=most), progress)
    return jobs


def _finish(setting: Setting, finishing: Finishing, done: "Iterable[Done]", progress: Progress) -> None:
    """Judge the lessons that have finished running."""
    for job, outcomes in done:
        finishing.ran(job.path, outcomes)
        setting.durations.note(job.path, outcomes)
        progress.advance(job.path)
