"""A world in which words are defects: enough to drive the rounds without rules and without pandas."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from checker.fixing.mending import Mended, Mending
from checker.model import (
    Applicability,
    BlockPlan,
    Edit,
    Finding,
    Fix,
    Lesson,
    LessonResult,
    Outcome,
    RunError,
)
from checker.reading.lesson import parse_lesson


class Defect(NamedTuple):
    """A word that is found, and what its fix makes of it."""

    word: str
    mended: str
    rule: str = "some-rule"
    applicability: Applicability = "safe"
    intended: bool = False


Outcomes = Callable[[str], Outcome]


def text_of(*blocks: str) -> str:
    """A lesson of Python blocks."""
    return "# Tea\n\n" + "\n".join(f"```python\n{code}\n```\n" for code in blocks)


def passes(code: str) -> Outcome:
    """A block that passes and prints its code."""
    return Outcome(0, "passed", stdout=code)


def fails(line: int, message: str = "no", kind: str = "KeyError") -> Outcome:
    return Outcome(0, "failed", f"{kind}: {message}", error=RunError(kind, message, line, 1, ()))


class World:
    """Knows the defects, and what running a block gives; `tried` holds every text that was run."""

    def __init__(self, *defects: Defect, run: Outcomes | None = passes) -> None:
        self.defects = defects
        self.run = run
        self.tried: list[str] = []

    def look(self, text: str, path: str = "lesson.mdx") -> LessonResult:
        """What checking and running a text gives."""
        self.tried.append(text)
        lesson = parse_lesson(path, text)
        plans = tuple(BlockPlan(each.index, "runnable", runs=True, reason="") for each in lesson.blocks)
        outcomes = tuple(self._outcome(each.index, each.code) for each in lesson.blocks) if self.run else ()
        return LessonResult(lesson, plans, outcomes, tuple(self._findings(lesson)))

    def mend(self, text: str, *, unsafe: bool = False) -> Mended:
        """Drive the rounds of one lesson to their end."""
        first = self.look(text)
        trials = Mending(first, unsafe=unsafe).trials()
        answer = None
        while True:
            try:
                asked = next(trials) if answer is None else trials.send(answer)
            except StopIteration as ended:
                mended: Mended = ended.value
                return mended
            answer = self.look(asked)

    def _outcome(self, index: int, code: str) -> Outcome:
        assert self.run
        outcome = self.run(code)
        return Outcome(
            index, outcome.kind, outcome.reason, 0.0, outcome.stdout, outcome.stderr, outcome.error
        )

    def _findings(self, lesson: Lesson) -> Iterator[Finding]:
        for block in lesson.blocks:
            start, end = block.span.start, block.span.end
            for each in self.defects:
                at = lesson.text.find(each.word, start, end)
                while at >= 0:
                    span = lesson.span(at, at + len(each.word))
                    fix = Fix(f"write {each.mended}", each.applicability, (Edit(span, each.mended),))
                    yield Finding(
                        "XXX101", each.rule, "error", "m", span, block.index, intended=each.intended, fix=fix
                    )
                    at = lesson.text.find(each.word, at + len(each.word), end)


def applied(mended: Mended) -> list[str]:
    return [each.finding.name for each in mended.fixes if not each.refused]


def reasons(mended: Mended) -> list[str]:
    return [each.refused for each in mended.fixes if each.refused]
