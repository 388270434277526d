"""The results of running blocks on request, kept while the author edits the lesson."""

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from checker.model import Block, Directive, Edit, Finding, Fix, Lesson, LessonResult, Outcome, Span


class LastRun(Struct, frozen=True):
    """A run of a lesson up to the block `until`, and the findings that only running showed."""

    lesson: Lesson
    until: int
    outcomes: tuple[Outcome, ...]
    findings: tuple[Finding, ...]


class Shown(Struct, frozen=True):
    """What a block did; `is_old` when it, or a block before it, has changed since."""

    outcome: Outcome
    is_old: bool


def last_run(ran: LessonResult, until: int, read: Sequence[Finding]) -> LastRun:
    """What to keep of a run up to the block `until`; `read` are the findings of reading the same text."""
    known = {(each.code, each.span) for each in read}
    new = tuple(each for each in ran.findings if (each.code, each.span) not in known)
    return LastRun(ran.lesson, until, tuple(each for each in ran.outcomes if each.block <= until), new)


def outcomes(last: LastRun, lesson: Lesson) -> dict[int, Shown]:
    """What the blocks of the current lesson did in the last run, by index."""
    same = _same(last.lesson, lesson)
    known = {each.block: each for each in last.outcomes}
    by_code = {last.lesson.blocks[index].code: each for index, each in known.items()}
    found = {}
    for block in lesson.blocks:
        if block.index >= same and block.code in by_code:
            found[block.index] = Shown(by_code[block.code], is_old=True)
        elif block.index < same and block.index in known:
            found[block.index] = Shown(known[block.index], is_old=False)
    return found


def findings(last: LastRun, lesson: Lesson) -> Iterator[Finding]:
    """The findings of the last run at their current positions, without those for changed blocks."""
    same = _same(last.lesson, lesson)
    for each in last.findings:
        span = _moved(each.span, last.lesson, lesson, same)
        if span is not None and (each.block is None or each.block < same):
            yield replace(each, span=span, fix=each.fix and _moved_fix(each.fix, last.lesson, lesson, same))


def _moved_fix(fix: Fix, before: Lesson, now: Lesson, same: int) -> Fix | None:
    edits = []
    for each in fix.edits:
        span = _moved(each.span, before, now, same)
        if span is None:
            return None
        edits.append(Edit(span, each.text))
    return replace(fix, edits=tuple(edits))


def _moved(span: Span, before: Lesson, now: Lesson, same: int) -> Span | None:
    """The new position of a span in one of the first `same` blocks."""
    for old, new in zip(before.blocks[:same], now.blocks, strict=False):
        if old.span.start <= span.start and span.end <= old.span.end:
            by = new.span.start - old.span.start
            return now.span(span.start + by, span.end + by)
    return None


def _same(before: Lesson, now: Lesson) -> int:
    """The number of unchanged blocks from the beginning: they would do the same again."""
    if _words(before.directives) != _words(now.directives):
        return 0
    count = 0
    for old, new in zip(before.blocks, now.blocks, strict=False):
        if _what(old, before) != _what(new, now):
            break
        count += 1
    return count


def _what(block: Block, lesson: Lesson) -> tuple[object, ...]:
    return lesson.text[block.span.start : block.span.end], block.code, _words(block.directives)


def _words(directives: Sequence[Directive]) -> list[tuple[str, str | None]]:
    return [(each.word, each.value) for each in directives]
