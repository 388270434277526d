"""Finds the author's directives in comments and metas, checks them, and assigns them to blocks."""

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from checker.model import Directive, Problem, Prose, Span
from checker.patterns import regex
from checker.reading.document import Comment, Document, Fence

if TYPE_CHECKING:
    from checker.reading.directive_judge import DirectiveJudge, Said

# `{/** … */}` begins with one more star.
_HEAD = regex(r"[ \t\r\n*]*(check|check-lesson):")
_LINE_END = regex(r"\r\n|\n|\r")
# The same two heads as they occur in any text.
_HEADS = ("check:", "check-lesson:")
_TICKS_OR_HEAD = regex(r"`++|(?:\{/\*|<!--)[ \t\r\n*]*(?:check|check-lesson):")


class Directives(Struct, frozen=True):
    """The directives of a lesson and, in the order of the fences, of its blocks; and their problems."""

    lesson: tuple[Directive, ...]
    blocks: tuple[tuple[Directive, ...], ...]
    problems: tuple[Problem, ...]


def find_directives(text: str, document: Document, span: Callable[[int, int], Span]) -> Directives:
    """All directives of a document; an invalid one has no effect except its problem."""
    if not _may_hold_any(text, document):
        return Directives((), tuple(() for _ in document.fences), ())
    # Imported here: many lessons have neither comments nor metas.
    from checker.reading.directive_judge import DirectiveJudge

    judge = DirectiveJudge(text, span)
    lesson: list[Directive] = []
    blocks: list[list[Directive]] = [[] for _ in document.fences]
    said_of_lesson: Said = set()
    said_of_blocks: list[Said] = [set() for _ in document.fences]
    targets = _targets(text, document.comments, document.fences)
    for comment, target in zip(document.comments, targets, strict=True):
        head = _HEAD.match(comment.text)
        if not head:
            judge.near_head(comment)
        elif head[1] == "check-lesson":
            lesson += _lesson_directives(judge, comment, head, document.fences, said_of_lesson)
        elif target is not None:
            blocks[target] += judge.comment(comment, head.end(), said_of_blocks[target])
        else:
            _report_homeless(judge, comment, head)
    for fence, own, said in zip(document.fences, blocks, said_of_blocks, strict=True):
        own.extend(_meta_directives(judge, text, fence, said))
    for passage in document.passages if _may_be_inline(text) else ():
        _report_inline(judge, text, passage)
    return Directives(tuple(lesson), tuple(map(tuple, blocks)), tuple(judge.problems))


def _may_hold_any(text: str, document: Document) -> bool:
    has_meta = any(fence.meta is not None for fence in document.fences)
    return bool(document.comments) or has_meta or _may_be_inline(text)


def _may_be_inline(text: str) -> bool:
    return any(head in text for head in _HEADS)


def _targets(text: str, comments: Sequence[Comment], fences: Sequence[Fence]) -> list[int | None]:
    """For each comment, the index of the fence right below it; several comments may precede one fence."""
    targets: list[int | None] = [None] * len(comments)
    fence = len(fences)
    for number in range(len(comments) - 1, -1, -1):
        end = comments[number].end
        while fence > 0 and fences[fence - 1].start >= end:
            fence -= 1
        below = fences[fence].start if fence < len(fences) else len(text) + 1
        next_comment = comments[number + 1].start if number + 1 < len(comments) else len(text) + 1
        if _is_right_above(text, end, min(below, next_comment)):
            targets[number] = fence if below < next_comment else targets[number + 1]
    return targets


def _is_right_above(text: str, end: int, start: int) -> bool:
    """Whether the text at `start` follows after at most one blank line, ignoring the `>` of blockquotes."""
    if start > len(text):
        return False
    first = _LINE_END.search(text, end, start)
    second = first and _LINE_END.search(text, first.end(), start)
    if not first or not second:
        return True
    between = text[first.end() : second.start()]
    return not between.strip(" \t>") and not _LINE_END.search(text, second.end(), start)


def _lesson_directives(
    judge: "DirectiveJudge",
    comment: Comment,
    head: re.Match[str],
    fences: Sequence[Fence],
    said: "Said",
) -> list[Directive]:
    if fences and fences[0].start < comment.start:
        message = "`check-lesson:` holds for the whole lesson: put it above the first code block"
        judge.report(message, comment.text_start + head.start(1), comment.text_start + head.end())
        return []
    return judge.lesson_comment(comment, head.end(), said)


def _report_homeless(judge: "DirectiveJudge", comment: Comment, head: re.Match[str]) -> None:
    message = (
        "no code block follows this directive: put it right above its block "
        "(one blank line between them is fine)"
    )
    judge.report(message, comment.text_start + head.start(1), comment.text_start + head.end())


def _meta_directives(judge: "DirectiveJudge", text: str, fence: Fence, said: "Said") -> list[Directive]:
    if fence.meta is None or fence.meta_start < 0:
        return []
    # The meta as written in the file: Markdown has removed backslashes from `fence.meta`, also those of
    # patterns.
    line_end = _LINE_END.search(text, fence.meta_start)
    return judge.meta(fence.meta_start, line_end.start() if line_end else len(text), said)


def _report_inline(judge: "DirectiveJudge", text: str, passage: Prose) -> None:
    """Report a directive inside a paragraph, where it has no effect; one in a code span is only quoted."""
    if not _may_be_inline(passage.text):
        return
    open_ticks = ""
    for found in _TICKS_OR_HEAD.finditer(text, passage.start, passage.end):
        if found[0].startswith("`"):
            open_ticks = "" if open_ticks == found[0] else open_ticks or found[0]
        elif not open_ticks:
            message = (
                "a directive inside a paragraph has no effect: "
                "give it a line of its own, with a blank line above it"
            )
            judge.report(message, found.start(), found.end())
