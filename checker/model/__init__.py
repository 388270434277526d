"""The domain model: frozen data that nothing here reads, judges, runs or prints.

Positions follow one convention everywhere. Lines and columns count from 1, columns in Unicode code points
(not bytes, not UTF-16 units). Offsets count code points of `Lesson.text` from 0. Ends are exclusive, so an
empty span has `start == end`. Inside a block's code, lines count from 1 and columns from 0, as in `ast`, but
in code points.
"""

from checker.model.findings import Applicability, Edit, Finding, Fix, Severity, Span
from checker.model.lessons import (
    Block,
    CodeLine,
    Directive,
    Extension,
    Frontmatter,
    KeySpans,
    Lesson,
    Markup,
    Problem,
    Prose,
)
from checker.model.outcomes import (
    BlockPlan,
    Class,
    Frame,
    Later,
    Need,
    Outcome,
    OutcomeKind,
    RunError,
    RunWarning,
    Swallowed,
)
from checker.model.results import NO_TIER, TIERS, CourseResult, Environment, FixOutcome, LessonResult, Share

__all__ = [
    "NO_TIER",
    "TIERS",
    "Applicability",
    "Block",
    "BlockPlan",
    "Class",
    "CodeLine",
    "CourseResult",
    "Directive",
    "Edit",
    "Environment",
    "Extension",
    "Finding",
    "Fix",
    "FixOutcome",
    "Frame",
    "Frontmatter",
    "KeySpans",
    "Later",
    "Lesson",
    "LessonResult",
    "Markup",
    "Need",
    "Outcome",
    "OutcomeKind",
    "Problem",
    "Prose",
    "RunError",
    "RunWarning",
    "Severity",
    "Share",
    "Span",
    "Swallowed",
]
