"""The content of lessons and their plans: the interface of `coursecheck blocks` for programs."""

from msgspec import Struct, field

from checker.model import Block, BlockPlan, Class, CourseResult, LessonResult
from checker.reporting.escape import well_formed

# What the site's own parser would refuse, or cannot parse because it is not text.
_REFUSED = ("mdx-syntax", "not-text", "file-too-large", "unreadable-file")


class ListedError(Struct, frozen=True):
    """The first thing that the official MDX parser would refuse."""

    line: int
    column: int
    message: str


class ListedFrontmatter(Struct, frozen=True):
    """The lines of the frontmatter's fences."""

    start_line: int
    end_line: int


class ListedBlock(Struct, frozen=True):
    """One block: fields up to `parents` are the official parser's, the others the checker's plan."""

    lang: str | None
    meta: str | None
    value: str
    start_line: int
    end_line: int
    parents: tuple[str, ...]
    kind: Class = field(name="class")
    runs: bool
    reason: str


class ListedLesson(Struct, frozen=True):
    """One file; `ok` is false when the official parser would refuse it; its blocks are still listed."""

    path: str
    ok: bool
    error: ListedError | None
    frontmatter: ListedFrontmatter | None
    blocks: tuple[ListedBlock, ...]


def list_lessons(result: CourseResult) -> list[ListedLesson]:
    """The files of a run with their blocks."""
    return [_lesson(each) for each in result.lessons]


def _lesson(result: LessonResult) -> ListedLesson:
    lesson = result.lesson
    plans = {plan.block: plan for plan in result.plans}
    error = _error(result)
    head = lesson.frontmatter
    return ListedLesson(
        path=well_formed(lesson.path),
        ok=error is None,
        error=error,
        frontmatter=ListedFrontmatter(head.span.line, head.span.end_line) if head else None,
        blocks=tuple(_block(block, plans[block.index]) for block in lesson.blocks),
    )


def _error(result: LessonResult) -> ListedError | None:
    refused = [each for each in result.lesson.problems if each.rule in _REFUSED]
    if not refused:
        return None
    first = result.lesson.refusal or min(refused, key=lambda each: each.span.start)
    return ListedError(first.span.line, first.span.column, well_formed(first.message))


def _block(block: Block, plan: BlockPlan) -> ListedBlock:
    return ListedBlock(
        lang=block.lang,
        meta=block.meta,
        value=block.code,
        start_line=block.span.line,
        end_line=block.span.end_line,
        parents=block.parents,
        kind=plan.kind,
        runs=plan.runs,
        reason=well_formed(plan.reason),
    )
