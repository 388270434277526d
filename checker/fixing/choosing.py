"""Which fixes are tried together: those that were asked for, that meet nowhere in the text."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from checker.fixing.edits import overlap
from checker.model import Edit, Finding, Fix, Lesson

# What these rules report works today and warns: their fixes must print what was printed before. The fixes of
# the others exist to give another result, because the one of today is not what the lesson promises.
_WORKS_TODAY = frozenset({"copy-keyword", "cow-option", "deprecated-4"})


class Candidate(Struct, frozen=True):
    """A finding whose fix may be applied to the lesson as it stands."""

    finding: Finding
    fix: Fix

    def key(self, lesson: Lesson) -> tuple[object, ...]:
        """What stays the same about it when other places of the lesson are mended."""
        block = self.finding.block
        above = 0 if block is None else lesson.blocks[block].span.line
        changes = tuple((lesson.text[each.span.start : each.span.end], each.text) for each in self.fix.edits)
        return self.finding.name, block, self.finding.span.line - above, changes

    @property
    def keeps_output(self) -> bool:
        """Whether the mended code must print what the old one printed."""
        return self.finding.name in _WORKS_TODAY


def candidates(findings: Iterable[Finding], *, unsafe: bool) -> Iterator[Candidate]:
    """The fixes that were asked for; what a lesson shows wrong on purpose is left as it is."""
    wanted = ("safe", "unsafe") if unsafe else ("safe",)
    for finding in findings:
        fix = finding.fix
        if fix is not None and fix.edits and fix.applicability in wanted and not finding.intended:
            yield Candidate(finding, fix)


def together(found: Iterable[Candidate]) -> list[Candidate]:
    """As many of the first ones as can be applied at once, of one kind: those that keep the output first."""
    waiting = list(found)
    careful = [each for each in waiting if each.keeps_output]
    chosen: list[Candidate] = []
    edits: list[Edit] = []
    for each in careful or waiting:
        if not any(overlap(one, other) for one in each.fix.edits for other in edits):
            chosen.append(each)
            edits += each.fix.edits
    return chosen
