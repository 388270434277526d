"""One disagreement between a lesson and the lab."""

from msgspec import Struct

from checker.model import Severity, Span


class Drift(Struct, frozen=True):
    """What disagrees, where, and in which block if in one."""

    message: str
    span: Span
    block: int | None = None
    severity: Severity | None = None
