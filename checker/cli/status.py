"""The exit status.

0: nothing to report. 1: there is an error that is not shown wrong on purpose; warnings and info are reported,
and fail nothing. 2: the checker could not do its job, or there was nothing to check. 130: interrupted.
"""

from collections.abc import Sequence

from checker.cli.notes import say
from checker.model import CourseResult
from checker.pipeline.asking import has_lessons, has_readmes
from checker.reporting.document import Summary
from checker.reporting.words import counted

NOTHING_TO_REPORT = 0
FINDINGS = 1
NOT_DONE = 2
INTERRUPTED = 130  # as a shell reports SIGINT


def exit_status(summary: Summary, *, exit_zero: bool, allow_empty: bool) -> int:
    """The status of a finished check; `exit_zero` turns 1, and nothing else, into 0."""
    if summary.findings.error:
        return NOTHING_TO_REPORT if exit_zero else FINDINGS
    # A gate must not pass because somebody moved the lessons away.
    if is_empty(summary) and not allow_empty:
        return NOT_DONE
    return NOTHING_TO_REPORT


def is_empty(summary: Summary) -> bool:
    """Whether there was nothing to check."""
    return not summary.lessons or not summary.blocks


def left_something(result: CourseResult) -> bool:
    """Whether there was something to check but for what has changed, which may well hold no code."""
    return (
        result.unchanged is not None and not result.all_because and bool(result.unchanged or result.lessons)
    )


def say_since(revision: str, result: CourseResult) -> None:
    """Report what was left out because it has not changed."""
    if result.all_because:
        say(f"all lessons are checked: {result.all_because} since {revision}")
    else:
        left = counted(result.unchanged or 0, "lesson")
        say(f"not checked: {left} unaffected by changes since {revision}")


def say_empty(lessons: int, paths: Sequence[str]) -> None:
    """Report that no blocks were found in this many lessons."""
    if lessons:
        say(f"no code was checked: 0 blocks in {counted(lessons, 'lesson')}")
    else:
        say(f"nothing was checked: 0 lessons (.mdx or .md) in {', '.join(paths)}{_left_out(paths)}")


def _left_out(paths: Sequence[str]) -> str:
    """The end of that message where there are files that may be what was meant."""
    if has_lessons(paths):
        return "; the files that are there match no pattern of `[course] lessons`"
    if has_readmes(paths):
        return "; a README is no lesson unless a pattern of `[course] lessons` ends in its name"
    return ""
