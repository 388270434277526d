"""Chooses fixes to try together: those that were asked for and do not overlap."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from checker.fixing.edits import overlap
from checker.model import Edit, Finding, Fix, Lesson

# These rules report code that works today and warns: their fixes must not change the output. Fixes of other
# rules are meant to change the result, which is not what the lesson promises.
_WORKS_TODAY = frozenset({"copy-keyword", "cow-option", "deprecated-4"})


class Candidate(Struct, frozen=True):
    """A finding whose fix may be applied to the lesson in its current state."""

    finding: Finding
    fix: Fix

    def key(self, lesson: Lesson) -> tuple[object, ...]:
        """What stays the same about it when other parts of the lesson are fixed."""
        block = self.finding.block
        above = 0 if block is None else lesson.blocks[block].span.line
        changes = tuple((lesson.text[each.span.start : each.span.end], each.text) for each in self.fix.edits)
        return self.finding.name, block, self.finding.span.line - above, changes

    @property
    def keeps_output(self) -> bool:
        """Whether the fixed code must print the same as before."""
        return self.finding.name in _WORKS_TODAY


def candidates(findings: Iterable[Finding], *, unsafe: bool) -> Iterator[Candidate]:
    """The fixes that were asked for, without those for code shown as wrong on purpose."""
    wanted = ("safe", "unsafe") if unsafe else ("safe",)
    for finding in findings:
        fix = finding.fix
        if fix is not None and fix.edits and fix.applicability in wanted and not finding.intended:
            yield Candidate(finding, fix)


def together(found: Iterable[Candidate]) -> list[Candidate]:
    """The first fixes that can be applied at once and are of one kind: those that keep the output first."""
    waiting = list(found)
    careful = [each for each in waiting if each.keeps_output]
    chosen: list[Candidate] = []
    edits: list[Edit] = []
    for each in careful or waiting:
        if not any(overlap(one, other) for one in each.fix.edits for other in edits):
            chosen.append(each)
            edits += each.fix.edits
    return chosen
