"""The interface of a rule.

A rule is one module with three parts: a docstring, which is its public page; `RULE`, the record below; and
`check`, a pure function from what the rule looks at to reports. Copy one to write another.
"""

import inspect
from collections.abc import Callable, Iterable
from typing import Any, Literal

from msgspec import Struct

from checker.model import Fix, RunError, Severity, Span

# What `check` is called with: the analysis of a lesson, of one with Python, or of one in which reading found
# a problem of the rule's name; the whole course; one syntax node and the types known there; a block with its
# outcome; the same with what its lesson promises about it; the first block that was run and its tier; an
# `ignore` directive after all other rules.
Subject = Literal[
    "lesson", "python", "problem", "course", "node", "outcome", "promise", "isolation", "ignore"
]


class Report(Struct, frozen=True):
    """What `check` yields: a finding without its rule.

    `severity` overrides the rule's own when less is certain. `silent` says that running the code shows
    neither an error nor a warning, so that a block which runs through does not contradict the finding.
    `about` is the finding's. `error` is the exception that a rule about running reports.
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
    # The syntax node types that a "node" rule looks at.
    nodes: tuple[type, ...] = ()
    # A rule for lessons is not imported for lessons that contain none of these texts.
    needs_text: tuple[str, ...] = ()
    # A rule is not imported for courses whose configuration leaves this table empty.
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
        """The docstring without indentation."""
        return inspect.cleandoc(self.docstring)

    @property
    def summary(self) -> str:
        """The page's first line."""
        return self.page.partition("\n")[0]
