"""Fixes a whole course: the rounds of all lessons are in step, so that each step runs them together."""

import time
from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from checker.fixing.mending import Mended, Mending, Trials, has_fixes, refused
from checker.fixing.writing import NotWrittenError, byte_order_mark, write_lesson
from checker.model import CourseResult, FixOutcome, LessonResult
from checker.pipeline import Options, Progress, check_once, check_texts

# The results of lessons with other texts, by path.
_Try = Callable[[Mapping[str, str]], Sequence[LessonResult]]


class Rewritten(Struct, frozen=True):
    """A lesson that fixes have changed; both texts include the file's byte order mark, if any."""

    path: str
    old: str
    new: str


class Fixed(Struct, frozen=True):
    """The course as it is on disk, what happened to each fix, and the lessons that the fixes change."""

    result: CourseResult
    fixes: tuple[FixOutcome, ...]
    rewritten: tuple[Rewritten, ...]


def fix(options: Options, progress: Progress, *, unsafe: bool, write: bool) -> Fixed:
    """Check a course, try its fixes, and write the changed lessons if `write` says so.

    The result contains what remains, as if the course had been checked afterwards. Only `safe` fixes are
    tried, unless `unsafe` ones are wanted too. A fix that would make its lesson worse is not applied; the
    reason is given.
    """
    began = time.monotonic()
    checked = check_once(options, progress)
    if checked.result.unchecked is not None:  # what was not checked cannot be fixed
        return Fixed(checked.result, (), ())
    before = {each.lesson.path: each for each in checked.result.lessons}
    mended = _mend_all(before, lambda texts: check_texts(checked, texts, progress), unsafe=unsafe)
    # Before anything is written.
    rewritten = _rewritten(before, mended)
    if write:
        mended = {path: _written(before[path], each) for path, each in mended.items()}
    fixes = tuple(fix for each in mended.values() for fix in each.fixes)
    result = replace(checked.result, seconds=time.monotonic() - began)
    if write:
        lessons = tuple(mended[path].result if path in mended else each for path, each in before.items())
        result = replace(result, lessons=lessons, fixes=fixes)
    return Fixed(result, fixes, rewritten)


def _mend_all(before: Mapping[str, LessonResult], attempt: _Try, *, unsafe: bool) -> dict[str, Mended]:
    rounds: dict[str, Trials] = {
        path: Mending(each, unsafe=unsafe).trials()
        for path, each in before.items()
        if has_fixes(each.findings, unsafe=unsafe)
    }
    mended: dict[str, Mended] = {}
    asked: dict[str, str] = {}
    answers: dict[str, LessonResult | None] = dict.fromkeys(rounds)
    while answers:
        asked = {}
        for path, answer in answers.items():
            try:
                asked[path] = next(rounds[path]) if answer is None else rounds[path].send(answer)
            except StopIteration as ended:
                mended[path] = ended.value
        answers = {each.lesson.path: each for each in attempt(asked)} if asked else {}
    return {path: mended[path] for path in rounds}


def _written(before: LessonResult, mended: Mended) -> Mended:
    old, new = before.lesson.text, mended.result.lesson.text
    if new == old:
        return mended
    try:
        write_lesson(before.lesson.path, old, new)
    except NotWrittenError as error:
        return refused(mended, before, str(error))
    return mended


def _rewritten(before: Mapping[str, LessonResult], mended: Mapping[str, Mended]) -> tuple[Rewritten, ...]:
    texts = ((path, before[path].lesson.text, each.result.lesson.text) for path, each in mended.items())
    return tuple(
        Rewritten(path, f"{mark}{old}", f"{mark}{new}")
        for path, old, new in texts
        if old != new
        for mark in [byte_order_mark(path)]
    )
