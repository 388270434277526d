"""Places, what is found at them, and what would mend it."""

from typing import Literal

from msgspec import Struct

Severity = Literal["error", "warning", "info"]
# How far a fix may be trusted: `safe` keeps what the code does for every reader, `unsafe` may change it,
# `suggestion` is shown and never applied.
Applicability = Literal["safe", "unsafe", "suggestion"]


class Span(Struct, frozen=True, array_like=True):
    """A stretch of one file."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    start: int
    end: int


class Edit(Struct, frozen=True):
    """Replace what stands at `span` by `text`."""

    span: Span
    text: str


class Fix(Struct, frozen=True):
    """A set of edits that mends a finding."""

    message: str
    applicability: Applicability
    edits: tuple[Edit, ...]


class Finding(Struct, frozen=True):
    """What a rule or a run has to say, at a span.

    `block` is the index of the block it is about, `intended` is true for what a lesson shows wrong on
    purpose, `confirmed` is true when running the block showed it, `silent` when running it cannot show it:
    there is neither an error nor a warning, only another result. `about` holds the names, properties or
    clauses that the finding is about, as code writes them: what a run says of the same is the same defect.
    """

    code: str
    name: str
    severity: Severity
    message: str
    span: Span
    block: int | None = None
    intended: bool = False
    confirmed: bool = False
    fix: Fix | None = None
    silent: bool = False
    about: tuple[str, ...] = ()
