"""The lessons of a run from when they are read until they are reported: judged as soon as they have run.

A lesson's outcomes are judged while the next ones run, and all that is known of it is put away then, so that
a run's memory hardly grows with the number of its lessons.
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
# Lessons that are kept as understood until they have run; it takes a twentieth of their time.
_UNDERSTOOD = 128
# What is understood of a lesson refers to itself in circles, some 100 kB. Python looks for such garbage after
# so many objects (`checker/cli/__init__.py`) that a large course would hold all of it.
_COLLECTED = 256
# As many may wait to be run before the next one is read.
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
    """A lesson's plan and what reading it found; what it did, None while it has not; what was made of that.

    `is_whole` says that what only the whole course shows is among it.
    """

    plans: tuple[BlockPlan, ...]
    found: tuple[Finding, ...]
    raw: tuple[Outcome, ...] | None = None
    judgement: tuple[tuple[Outcome, ...], tuple[Finding, ...]] | None = None
    is_whole: bool = False


class Finishing:
    """The lessons of one run; of those that do not run, nothing is judged."""

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
        """What can be understood of them, in the same order, worked out when asked for and not kept."""
        return LazySequence([each.path for each in self.lessons], self._analysis)

    def page(self, lesson: Lesson) -> Page | None:
        """Where a lesson leads; None for one that was not read here."""
        return self._pages.get(lesson.path)

    def read(
        self, analysis: LessonAnalysis, plans: tuple[BlockPlan, ...], found: tuple[Finding, ...], page: Page
    ) -> None:
        """A lesson was read."""
        path = analysis.lesson.path
        self._pages[path] = page
        self._lessons.add(analysis.lesson)
        self._states.put(path, _State(plans, found))
        self._understood[path] = analysis
        if len(self._understood) > _UNDERSTOOD:
            self._let_go(next(iter(self._understood)))

    def ran(self, path: str, raw: tuple[Outcome, ...]) -> None:
        """A lesson has come to its end."""
        state = self._states.get(path)
        judgement = self._judge(path, state, raw, state.found)
        self._let_go(path)
        self._states.put(path, replace(state, raw=raw, judgement=judgement))
        self.finished += 1

    def results(
        self, elsewhere: Mapping[str, Sequence[Finding]], versions: Versions = NO_VERSIONS, *, ran: bool
    ) -> Sequence[LessonResult]:
        """Every lesson with what was found and run, in the order of the paths, made when asked for.

        `elsewhere` is what only the whole course shows, by lessons; `versions` is what they did under each
        version that is compared. What was to run and did not come to its end was interrupted.
        """
        paths = [each.path for each in self.lessons]
        for path in paths if ran else ():
            # A counterexample may be there to fire a rule that looks at the whole course.
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
        # Imported now, like all that runs and judges: linting alone must not pay for it.
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
        # Of a lesson that is recalled hardly anything was worked out.
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
