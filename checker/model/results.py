"""What a run comes to: lessons with all that was found and run."""

from collections.abc import Sequence

from msgspec import Struct

from checker.model.findings import Finding
from checker.model.lessons import Lesson
from checker.model.outcomes import BlockPlan, Outcome

# Which isolation there is, the strongest first; and what stands in the results where it was refused in words.
TIERS = ("namespaces", "bubblewrap", "landlock")
NO_TIER = "none"


class Environment(Struct, frozen=True):
    """Where snippets ran: the interpreter, the versions of the packages that lessons use, and the tier.

    `tier` is None when nothing was asked to run, `broker` is the address outside the sandbox that lessons may
    reach, if there is one. A package that is not installed is not in `packages`.
    """

    python: str
    platform: str
    packages: dict[str, str]
    tier: str | None
    broker: str | None = None


class LessonResult(Struct, frozen=True):
    """All that was found and run for one lesson; `outcomes` has one entry a block when something was run."""

    lesson: Lesson
    plans: tuple[BlockPlan, ...]
    outcomes: tuple[Outcome, ...]
    findings: tuple[Finding, ...]


class FixOutcome(Struct, frozen=True):
    """What became of a fix: `refused` says in words why it was not applied, and is empty when it was.

    The finding stands where it was found: in the text before the fixes.
    """

    finding: Finding
    refused: str = ""


class Share(Struct, frozen=True):
    """What a run of one shard knows of the others: the division's digest, and how many lessons they have."""

    division: str
    others: int


class CourseResult(Struct, frozen=True):
    """Everything one run of the checker found and ran, lessons in the order of their paths.

    With `fixes`, the lessons are those that the fixes left behind. `unchanged` counts lessons that were left
    out because nothing that concerns them has changed, None when that was not asked; `all_because` is what
    has changed when it concerns all of them. `share` is None unless the run was one of several shards.
    `unchecked` lessons did not come to their end because somebody interrupted the run, None when nobody did.
    """

    lessons: Sequence[LessonResult]
    environment: Environment
    seconds: float
    fixes: tuple[FixOutcome, ...] = ()
    unchanged: int | None = None
    all_because: str = ""
    share: Share | None = None
    unchecked: int | None = None
