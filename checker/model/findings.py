"""Positions, findings and fixes."""

from typing import Literal

from msgspec import Struct

Severity = Literal["error", "warning", "info"]
# `safe` fixes keep what the code does for every reader, `unsafe` ones may change it, a `suggestion` is shown
# and never applied.
Applicability = Literal["safe", "unsafe", "suggestion"]


class Span(Struct, frozen=True, array_like=True):
    """A range of one file."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    start: int
    end: int


class Edit(Struct, frozen=True):
    """Replaces the text at `span` by `text`."""

    span: Span
    text: str


class Fix(Struct, frozen=True):
    """A set of edits that resolves a finding."""

    message: str
    applicability: Applicability
    edits: tuple[Edit, ...]


class Finding(Struct, frozen=True):
    """A defect, or information, that a rule reports at a span.

    `block` is the index of the block it is about. `intended` is true for code that a lesson shows as wrong on
    purpose, `confirmed` when running the block showed the defect, `silent` when running cannot show it
    because only the result changes. `about` holds the names, properties or clauses that the finding is about,
    as code writes them: a run that reports the same shows the same defect.
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
