"""Checks that a fixed lesson is as good as before: still the same lesson, without new failures."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import zip_longest

from checker.fixing.choosing import Candidate
from checker.model import Block, LessonResult, Outcome

_GOOD = ("passed", "interrupted", "expected-failure")
# Defects that a fix itself may introduce.
_NEVER_NEW = frozenset(
    {"python-syntax", "undefined-name", "mdx-syntax", "unclosed-fence", "unknown-directive"}
)


def why_not(before: LessonResult, after: LessonResult, applied: Sequence[Candidate]) -> str:
    """Why these fixes must not stay, in words; empty when they may. Lines are those of the fixed lesson."""
    return (
        _another_lesson(before, after)
        or _new_defect(before, after)
        or _not_mended(before, after, applied)
        or _worse_outcome(before, after)
    )


def other_output(before: LessonResult, after: LessonResult, unstable: Collection[int]) -> str:
    """The block whose output has changed, in words; `unstable` blocks never print the same."""
    for old, new in zip(before.outcomes, after.outcomes, strict=True):
        if old.stdout != new.stdout and old.block not in unstable:
            return f"{_block(after, new)} prints something else with it"
    return ""


def changing_outputs(one: LessonResult, other: LessonResult) -> frozenset[int]:
    """The blocks whose output differs from run to run."""
    pairs = zip(one.outcomes, other.outcomes, strict=True)
    return frozenset(old.block for old, new in pairs if old.stdout != new.stdout)


def _another_lesson(before: LessonResult, after: LessonResult) -> str:
    if before.lesson.refusal is None and after.lesson.refusal is not None:
        return f"the site would refuse the lesson: {after.lesson.refusal.message}"
    shapes = zip_longest(map(_shape, before.lesson.blocks), map(_shape, after.lesson.blocks))
    return "it would change the lesson's blocks" if any(old != new for old, new in shapes) else ""


def _shape(block: Block) -> tuple[object, ...]:
    return block.lang, block.parents, block.closed


def _new_defect(before: LessonResult, after: LessonResult) -> str:
    old = _count(before)
    for finding in after.findings:
        key = (finding.name, finding.block)
        if finding.name in _NEVER_NEW and finding.severity == "error" and _count(after)[key] > old[key]:
            return f"it would cause {finding.name} at line {finding.span.line}: {finding.message}"
    return ""


def _not_mended(before: LessonResult, after: LessonResult, applied: Iterable[Candidate]) -> str:
    old, new = _count(before), _count(after)
    for each in applied:
        key = (each.finding.name, each.finding.block)
        if new[key] >= old[key]:
            return f"with it, {each.finding.name} would still be reported there"
    return ""


def _count(result: LessonResult) -> Counter[tuple[str, int | None]]:
    return Counter((each.name, each.block) for each in result.findings if not each.intended)


def _worse_outcome(before: LessonResult, after: LessonResult) -> str:
    for old, new in zip(before.outcomes, after.outcomes, strict=True):
        if _is_worse(old, new):
            return f"{_block(after, new)} {_ended(old)}, and with it {_ended(new)}"
    return ""


def _is_worse(old: Outcome, new: Outcome) -> bool:
    if old.kind == new.kind:
        # It still fails, differently and no further down: the fix itself fails.
        return new.error is not None and not _is_the_same_error(old, new) and not _is_further_down(old, new)
    if old.kind in _GOOD:
        return True
    # What did not run before may now run and fail for other reasons, and a failure may be fixed.
    return new.kind in ("timed-out", "limit", "crashed")


def _is_the_same_error(old: Outcome, new: Outcome) -> bool:
    assert new.error is not None
    return old.error is not None and (old.error.type, old.error.message) == (
        new.error.type,
        new.error.message,
    )


def _is_further_down(old: Outcome, new: Outcome) -> bool:
    assert new.error is not None
    return old.kind == "failed" and (old.error is None or new.error.line > old.error.line)


def _block(result: LessonResult, outcome: Outcome) -> str:
    return f"the block at line {result.lesson.blocks[outcome.block].span.line}"


def _ended(outcome: Outcome) -> str:
    words = outcome.kind.replace("-", " ")
    if outcome.error is None or outcome.kind != "failed":
        return words
    return f"failed with {outcome.error.type}: {outcome.error.message}".removesuffix(": ")
