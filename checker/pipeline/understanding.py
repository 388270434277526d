"""Plans and checks each lesson by itself."""

from collections.abc import Callable
from functools import partial

from msgspec import Struct

from checker.analysis.lesson import LessonAnalysis, analyze
from checker.analysis.marker_words import OwnWords
from checker.config import Config
from checker.model import BlockPlan, Finding, Lesson
from checker.pipeline.executing import outline
from checker.pipeline.setting_up import Setting
from checker.reading.links.references import Page
from checker.rules.checking import check_lesson
from checker.running.environment import Packages
from checker.running.job import LessonJob


class Read(Struct, frozen=True):
    """A lesson that was read: its plan, its own findings, and the job for what is to be run."""

    analysis: LessonAnalysis
    page: Page
    plans: tuple[BlockPlan, ...]
    found: tuple[Finding, ...]
    job: LessonJob | None


def reader(setting: Setting) -> Callable[[Lesson], Read]:
    """A function that plans and checks one lesson."""
    planned, config, options = planner(setting), setting.config, setting.options
    limits, words = config.run.job_limits(), own_words(config)

    def read(lesson: Lesson) -> Read:
        analysis, page = analyze(lesson, words), setting.recall.page(lesson)
        plans = planned(analysis)
        found = setting.recall.findings(lesson, partial(check_lesson, analysis, config))
        if not options.run:
            return Read(analysis, page, plans, found, None)
        # Imported here: linting alone must not pay for the modules that run and judge.
        from checker.judging.withdrawal import decided_lines
        from checker.running.jobs import drawn, lesson_job, plans_until, watched

        if options.until is None:
            job = setting.recall.job(lesson, partial(lesson_job, analysis, plans, limits))
        else:
            plans = plans_until(plans, options.until)
            job = lesson_job(analysis, plans, limits)
        job = job and watched(job, decided_lines(found))
        return Read(analysis, page, plans, found, drawn(job) if job and options.figures else job)

    return read


def planner(setting: Setting) -> Callable[[LessonAnalysis], tuple[BlockPlan, ...]]:
    """A function that plans a lesson, or looks its plan up."""
    packages = Packages(setting.interpreter)
    given = frozenset(setting.config.run.env)
    fixtures = setting.config.fixture_names()
    lab = outline(setting.config)

    def make(analysis: LessonAnalysis) -> tuple[BlockPlan, ...]:
        # Imported here: a lesson with a remembered plan does not need it.
        from checker.running.plan import plan_lesson

        return plan_lesson(analysis, has_package=packages.has, services=given, fixtures=fixtures, lab=lab)

    return lambda analysis: setting.recall.plan(analysis.lesson, partial(make, analysis))


def own_words(config: Config) -> OwnWords:
    """The course's own words for code that is wrong or right, besides the built-in ones."""
    return OwnWords(config.markers.wrong, config.markers.right)
