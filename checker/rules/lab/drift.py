"""One disagreement between a lesson and the lab."""

from msgspec import Struct

from checker.model import Severity, Span


class Drift(Struct, frozen=True):
    """The disagreement, its position, and its block, if any."""

    message: str
    span: Span
    block: int | None = None
    severity: Severity | None = None
