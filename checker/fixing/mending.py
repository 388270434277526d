"""Fixes one lesson in rounds, because a fix may reveal a finding with a fix of its own."""

from collections.abc import Generator, Sequence

from msgspec import Struct

from checker.fixing.choosing import Candidate, candidates, together
from checker.fixing.comparing import changing_outputs, other_output, why_not
from checker.fixing.edits import apply_edits
from checker.model import Edit, Finding, FixOutcome, Lesson, LessonResult

MOST_ROUNDS = 10

# Yields texts of the lesson to try, and is sent the results of checking and running them.
Trials = Generator[str, LessonResult, "Mended"]


class Mended(Struct, frozen=True):
    """A lesson after its fixes: its result, and what happened to each fix."""

    result: LessonResult
    fixes: tuple[FixOutcome, ...]


class Mending:
    """The state of one lesson's rounds."""

    def __init__(self, first: LessonResult, *, unsafe: bool) -> None:
        self._now = first
        self._unsafe = unsafe
        self._fixes: list[FixOutcome] = []
        self._refused: set[tuple[object, ...]] = set()
        self._texts = {first.lesson.text}

    def trials(self) -> Trials:
        """Apply fixes, one round at a time, until there is nothing left to apply."""
        for _ in range(MOST_ROUNDS):
            wanted = self._wanted()
            if not wanted:
                break
            self._now = yield from self._round(wanted)
        for each in self._wanted():
            self._refuse(each, f"{MOST_ROUNDS} rounds of fixes did not come to an end")
        return Mended(self._now, tuple(self._fixes))

    def _wanted(self) -> list[Candidate]:
        found = candidates(self._now.findings, unsafe=self._unsafe)
        return together(each for each in found if each.key(self._now.lesson) not in self._refused)

    def _round(self, wanted: Sequence[Candidate]) -> Generator[str, LessonResult, LessonResult]:
        """Apply the largest set of these, found by halving, that leaves the lesson as good as it was."""
        before, best = self._now, self._now
        kept: list[Candidate] = []
        parts = [list(wanted)]
        while parts:
            part = parts.pop()
            tried = [*kept, *part]
            text = mended_text(before.lesson, tried)
            if text in self._texts:
                after, reason = before, "it would undo another fix"
            else:
                after = yield text
                reason = why_not(before, after, tried)
                if not reason and all(each.keeps_output for each in tried):
                    reason = yield from self._compare_output(before, after)
            if not reason:
                kept, best = tried, after
            elif len(part) == 1:
                self._refuse(part[0], reason)
            else:
                half = len(part) // 2
                parts += [part[half:], part[:half]]
        self._fixes += [FixOutcome(each.finding) for each in kept]
        self._texts.add(best.lesson.text)
        return best

    def _compare_output(self, before: LessonResult, after: LessonResult) -> Generator[str, LessonResult, str]:
        """Why the output forbids the fixes; blocks whose output differs from run to run do not count."""
        if not other_output(before, after, ()):
            return ""
        again = yield before.lesson.text
        return other_output(before, after, changing_outputs(before, again))

    def _refuse(self, candidate: Candidate, reason: str) -> None:
        self._refused.add(candidate.key(self._now.lesson))
        self._fixes.append(FixOutcome(candidate.finding, reason))


def mended_text(lesson: Lesson, chosen: Sequence[Candidate]) -> str:
    """The lesson's text with these fixes, in its own line endings."""
    edits = (edit for each in chosen for edit in each.fix.edits)
    return apply_edits(lesson.text, (_in_its_line_endings(lesson, edit) for edit in edits))


def _in_its_line_endings(lesson: Lesson, edit: Edit) -> Edit:
    starts = lesson.line_starts
    line = edit.span.line if edit.span.line < len(starts) else max(edit.span.line - 1, 1)
    if "\n" not in edit.text or len(starts) == 1:
        return edit
    end = lesson.text[: starts[line]]
    ending = "\r\n" if end.endswith("\r\n") else end[-1]
    return Edit(edit.span, edit.text.replace("\r\n", "\n").replace("\n", ending))


def refused(mended: Mended, before: LessonResult, reason: str) -> Mended:
    """The unchanged lesson, because its fixes could not be written."""
    fixes = (FixOutcome(each.finding, each.refused or reason) for each in mended.fixes)
    return Mended(before, tuple(fixes))


def has_fixes(findings: Sequence[Finding], *, unsafe: bool) -> bool:
    """Whether there is anything to try."""
    return any(candidates(findings, unsafe=unsafe))
