"""What a rule is.

A rule is one module with three things in it: a docstring, which is its public page; `RULE`, the record
below; and `check`, a pure function from what the rule looks at to reports. Copy one to write another.
"""

import inspect
from collections.abc import Callable, Iterable
from typing import Any, Literal

from msgspec import Struct

from checker.model import Fix, RunError, Severity, Span

# What `check` is called with: the analysis of a lesson, of one that has Python, or of one in which reading
# found a problem of the rule's name; the whole course; one syntax node and the types known there (the pandas
# walk); what happened to a block; the same with what its lesson promises of it; the first block that was run
# and the tier it ran in; an `ignore` directive once all else is known.
Subject = Literal[
    "lesson", "python", "problem", "course", "node", "outcome", "promise", "isolation", "ignore"
]


class Report(Struct, frozen=True):
    """What `check` yields: a finding that does not know its rule yet.

    `severity` overrides the rule's own, to be used when less is certain. `silent` says that running the code
    gives neither an error nor a warning, so that a block which runs through does not speak against it.
    `about` is the finding's; `error` is the exception that a rule about running reports.
    """

    message: str
    span: Span
    block: int | None = None
    severity: Severity | None = None
    intended: bool = False
    fix: Fix | None = None
    silent: bool = False
    about: tuple[str, ...] = ()
    error: RunError | None = None


class Rule(Struct, frozen=True):
    """The record of a rule; `code` and `name` are both accepted wherever a rule is named."""

    code: str
    name: str
    severity: Severity
    looks_at: Subject
    # Syntax node types that a "node" rule wants to see.
    nodes: tuple[type, ...] = ()
    # A rule for lessons is not even imported for those that have none of these texts anywhere.
    speaks_of: tuple[str, ...] = ()
    # Nor is a rule for courses whose configuration says nothing in this table.
    configured_in: str = ""


class LoadedRule(Struct, frozen=True):
    """A rule with its function and its page."""

    rule: Rule
    check: Callable[..., Iterable[Report]]
    docstring: str

    @classmethod
    def from_module(cls, module: Any) -> "LoadedRule":
        """Take the three parts from a rule's module."""
        return cls(rule=module.RULE, check=module.check, docstring=module.__doc__)

    @property
    def page(self) -> str:
        """The docstring as it is to be read."""
        return inspect.cleandoc(self.docstring)

    @property
    def summary(self) -> str:
        """The page's first line."""
        return self.page.partition("\n")[0]
