"""Keeps the lessons of a run from when they are read until they are reported, and judges them.

A lesson is judged while the next ones run, and what is known of it is then moved out of memory: memory hardly
grows with the number of lessons.
"""

import gc
from collections.abc import Mapping, Sequence
from functools import partial
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from checker.analysis.lesson import LessonAnalysis, analyze
from checker.config import Config
from checker.judging.suppression import Selection
from checker.lazy import LazySequence
from checker.model import BlockPlan, Finding, Lesson, LessonResult, Outcome
from checker.pipeline.spilling import Lessons, SpillFile
from checker.pipeline.understanding import own_words
from checker.reading.links.references import Page
from checker.recalling import Judgement, Recall

INTERRUPTED = "the run was interrupted before it"
# Lessons whose analysis is kept until they have run; analysing them again takes a twentieth of their time.
_UNDERSTOOD = 128
# An analysis holds about 100 kB in reference cycles. Python's collector, with the thresholds set in
# `checker/cli/__init__.py`, would run so rarely that a large course kept all of them: collect after so many.
_COLLECTED = 256
# At most this many lessons wait to be run before the next one is read.
WAITING = 64

Versions = Mapping[str, Mapping[str, tuple[Outcome, ...]]]
NO_VERSIONS: Versions = MappingProxyType({})


class Given(Struct, frozen=True):
    """How lessons are judged; `pandas` is the version that they ran under."""

    config: Config
    recall: Recall
    selection: Selection
    pandas: str | None


class _State(Struct, frozen=True, array_like=True):
    """A lesson's plan, findings of reading, outcomes (None before it has run) and judgement.

    `is_whole` is true when the findings of rules about the whole course are included.
    """

    plans: tuple[BlockPlan, ...]
    found: tuple[Finding, ...]
    raw: tuple[Outcome, ...] | None = None
    judgement: tuple[tuple[Outcome, ...], tuple[Finding, ...]] | None = None
    is_whole: bool = False


class Finishing:
    """The lessons of one run; lessons that are not run are not judged."""

    def __init__(self, given: Given) -> None:
        self._given = given
        self._own_words = own_words(given.config)
        self._lessons = Lessons()
        self._states: SpillFile[_State] = SpillFile(_State)
        self._understood: dict[str, LessonAnalysis] = {}
        self._pages: dict[str, Page] = {}
        self._let_go_of = 0
        self.finished = 0

    def __len__(self) -> int:
        return len(self._lessons)

    @property
    def lessons(self) -> list[Lesson]:
        """All lessons that were read, in the order of their paths."""
        return self._lessons.sorted()

    @property
    def analyses(self) -> Sequence[LessonAnalysis]:
        """The analyses of the lessons, in the same order; computed on access and not kept."""
        return LazySequence([each.path for each in self.lessons], self._analysis)

    def page(self, lesson: Lesson) -> Page | None:
        """The references and ids of a lesson; None for one that was not read here."""
        return self._pages.get(lesson.path)

    def read(
        self, analysis: LessonAnalysis, plans: tuple[BlockPlan, ...], found: tuple[Finding, ...], page: Page
    ) -> None:
        """Take a lesson that was read."""
        path = analysis.lesson.path
        self._pages[path] = page
        self._lessons.add(analysis.lesson)
        self._states.put(path, _State(plans, found))
        self._understood[path] = analysis
        if len(self._understood) > _UNDERSTOOD:
            self._let_go(next(iter(self._understood)))

    def ran(self, path: str, raw: tuple[Outcome, ...]) -> None:
        """Take the outcomes of a lesson and judge it."""
        state = self._states.get(path)
        judgement = self._judge(path, state, raw, state.found)
        self._let_go(path)
        self._states.put(path, replace(state, raw=raw, judgement=judgement))
        self.finished += 1

    def results(
        self, elsewhere: Mapping[str, Sequence[Finding]], versions: Versions = NO_VERSIONS, *, ran: bool
    ) -> Sequence[LessonResult]:
        """Every lesson with its findings and outcomes, in the order of the paths; computed on access.

        `elsewhere` holds the findings of rules about the whole course, by lesson path; `versions` the
        outcomes under each version that is compared. A block that should have run but has no outcome was
        interrupted.
        """
        paths = [each.path for each in self.lessons]
        for path in paths if ran else ():
            # A counterexample may be meant to trigger a rule about the whole course.
            decides = any(each.block is not None for each in elsewhere.get(path, ()))
            if versions or decides:
                self._judge_again(path, elsewhere.get(path, ()), versions)
        return LazySequence(paths, partial(self._result, elsewhere, ran))

    def _judge_again(self, path: str, elsewhere: Sequence[Finding], versions: Versions) -> None:
        state = self._states.get(path)
        if state.raw is not None:
            mine = {version: each.get(path, ()) for version, each in versions.items()}
            judgement = self._judge(path, state, state.raw, (*state.found, *elsewhere), mine)
            self._states.put(path, replace(state, judgement=judgement, is_whole=True))

    def _judge(
        self,
        path: str,
        state: _State,
        raw: tuple[Outcome, ...],
        found: tuple[Finding, ...],
        versions: Mapping[str, tuple[Outcome, ...]] = MappingProxyType({}),
    ) -> Judgement:
        # Imported here: linting alone must not pay for the modules that run and judge.
        from checker.judging.judge import judge

        given, lesson = self._given, self._lessons.of(path)

        def make() -> Judgement:
            analysis = self._analysis(path)
            labels = given.config.output.labels
            return judge(
                analysis, state.plans, raw, found, pandas=given.pandas, versions=versions, labels=labels
            )

        return given.recall.judgement(lesson, (raw, found, given.pandas, dict(versions)), make)

    def _let_go(self, path: str) -> None:
        analysis = self._understood.pop(path, None)
        # For a lesson that was looked up, hardly anything was computed.
        if analysis is not None and "cells" in analysis.__dict__:
            self._let_go_of += 1
            if self._let_go_of % _COLLECTED == 0:
                gc.collect()

    def _analysis(self, path: str) -> LessonAnalysis:
        return self._understood.get(path) or analyze(self._lessons.of(path), self._own_words)

    def _result(self, elsewhere: Mapping[str, Sequence[Finding]], ran: bool, path: str) -> LessonResult:
        lesson, state = self._lessons.of(path), self._states.get(path)
        outcomes, found = state.judgement or (_interrupted(state.plans) if ran else (), state.found)
        more = () if state.is_whole else elsewhere.get(path, ())
        shown = self._given.selection.apply(lesson, (*found, *more), ran=ran)
        return LessonResult(lesson, state.plans, outcomes, shown)


def _interrupted(plans: Sequence[BlockPlan]) -> tuple[Outcome, ...]:
    return tuple(
        Outcome(each.block, "not-run", INTERRUPTED)
        if each.runs
        else Outcome(each.block, "skipped", each.reason)
        for each in plans
    )
