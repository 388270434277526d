"""The numbers of the snippet-health report as frozen data; `coursecheck report --json` prints just this.

`schemas/health.schema.json` is generated from these structures.
"""

from typing import Final, Literal

from msgspec import Struct, field

from checker.model import Class, Severity
from checker.reporting.document import BlockRecord, EnvironmentRecord, RunRecord, Tool

SCHEMA: Final = 1

# What is known of a snippet: running it showed that it does what it should; it fails, or has an error;
# neither; or it never was to be run (wrong on purpose, no code).
State = Literal["verified", "broken", "unverified", "excused"]


class Tally(Struct, frozen=True):
    """What a lesson, a module or the course adds up to.

    `snippets` are the Python blocks; `excused` ones among them take no part in the score. `runnable` are
    those that the plan would run, `run` those that were. `errors` and `warnings` leave out what is wrong on
    purpose. `score` is from 0 to 100, null where there is no snippet to judge.
    """

    lessons: int
    blocks: int
    snippets: int
    runnable: int
    run: int
    verified: int
    unverified: int
    broken: int
    excused: int
    errors: int
    warnings: int
    score: float | None


class Place(Struct, frozen=True):
    """Somewhere in a lesson; `block` is null for what stands outside of all blocks."""

    path: str
    line: int
    block: int | None


def place_of(block: BlockRecord) -> Place:
    """Where a block begins."""
    return Place(block.path, block.start_line, block.index)


class FoundThere(Struct, frozen=True):
    """A finding as the report names it; `new` when the run before did not have it."""

    at: Place
    code: str
    name: str
    severity: Severity
    message: str
    new: bool


class ToMend(Struct, frozen=True):
    """A place that deserves work, the worst first; `held_up` counts the later snippets that wait for it."""

    at: Place
    name: str
    severity: Severity
    message: str
    new: bool
    held_up: int


class LessonHealth(Struct, frozen=True):
    """One lesson."""

    path: str
    title: str | None
    tally: Tally
    new_errors: int


class ModuleHealth(Struct, frozen=True):
    """One folder of lessons; `name` is its path without what all modules have in common."""

    path: str
    name: str
    tally: Tally
    new_errors: int
    lessons: tuple[LessonHealth, ...]


class Point(Struct, frozen=True):
    """One run on the trend lines."""

    run: RunRecord
    score: float | None
    snippets: int
    verified: int
    broken: int
    errors: int


class Changes(Struct, frozen=True):
    """What differs from the run before, which is `since`; without one all is null and empty.

    `new` and `fixed` are the findings that are not shown wrong on purpose; `known` counts those in both runs.
    """

    since: RunRecord | None
    new: tuple[FoundThere, ...] = ()
    known: int = 0
    fixed: tuple[FoundThere, ...] = ()


class Flaky(Struct, frozen=True):
    """A snippet that failed in some runs and not in others, though nothing that it depends on was changed."""

    at: Place
    runs: int
    failures: int


class Slow(Struct, frozen=True):
    """A snippet and the seconds it took."""

    at: Place
    seconds: float


class Stale(Struct, frozen=True):
    """A snippet that the newest run does not verify.

    `verified` is when a run last did, null if none ever did, `seen` when it was first seen.
    """

    at: Place
    verified: str | None
    seen: str
    reason: str


class RuleCount(Struct, frozen=True):
    """How often a rule reports, without what is wrong on purpose."""

    code: str
    name: str
    summary: str
    severity: Severity
    findings: int
    lessons: int
    new: int


class Missing(Struct, frozen=True):
    """Something to add, and how many snippets would run then; `name` is empty when it is not one thing."""

    kind: Class = field(name="class")
    name: str
    snippets: int
    lessons: int
    examples: tuple[Place, ...]


class Health(Struct, frozen=True):
    """All numbers of the report. `modules` and `mend` are in the order of need, `trend` in that of time."""

    schema: Literal[1]
    tool: Tool
    run: RunRecord | None
    environment: EnvironmentRecord
    formula: str
    total: Tally
    modules: tuple[ModuleHealth, ...]
    changes: Changes
    mend: tuple[ToMend, ...]
    trend: tuple[Point, ...]
    flaky: tuple[Flaky, ...]
    slowest: tuple[Slow, ...]
    stale: tuple[Stale, ...]
    rules: tuple[RuleCount, ...]
    missing: tuple[Missing, ...]
