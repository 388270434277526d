"""The result of a run: lessons with their findings and outcomes."""

from collections.abc import Sequence

from msgspec import Struct

from checker.model.findings import Finding
from checker.model.lessons import Lesson
from checker.model.outcomes import BlockPlan, Outcome

# All tiers, the strongest first; and the results' name for explicitly refused isolation.
TIERS = ("namespaces", "bubblewrap", "landlock")
NO_TIER = "none"


class Environment(Struct, frozen=True):
    """Where snippets ran: the interpreter, the versions of the packages that lessons use, and the tier.

    `tier` is None when nothing was asked to run. `broker` is the address outside the sandbox that lessons may
    reach, if there is one. Packages that are not installed are not in `packages`.
    """

    python: str
    platform: str
    packages: dict[str, str]
    tier: str | None
    broker: str | None = None


class LessonResult(Struct, frozen=True):
    """The findings and outcomes of one lesson; one outcome for each block when blocks were run."""

    lesson: Lesson
    plans: tuple[BlockPlan, ...]
    outcomes: tuple[Outcome, ...]
    findings: tuple[Finding, ...]


class FixOutcome(Struct, frozen=True):
    """What happened to a fix: `refused` says in words why it was not applied; empty when it was.

    The finding's position is in the text before the fixes.
    """

    finding: Finding
    refused: str = ""


class Share(Struct, frozen=True):
    """What a run of one shard knows about the others: the division's digest, and their number of lessons."""

    division: str
    others: int


class CourseResult(Struct, frozen=True):
    """The result of one run, with lessons in the order of their paths.

    With `fixes`, the lessons are those after the fixes. `unchanged` counts lessons that were left out because
    nothing that concerns them has changed, None when that was not asked for; `all_because` is the change that
    concerns all of them. `share` is None unless the run was one of several shards. `unchecked` counts lessons
    that were not finished because the run was interrupted, None when it was not.
    """

    lessons: Sequence[LessonResult]
    environment: Environment
    seconds: float
    fixes: tuple[FixOutcome, ...] = ()
    unchanged: int | None = None
    all_because: str = ""
    share: Share | None = None
    unchecked: int | None = None
