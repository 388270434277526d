"""Lessons in which every line to be reported says so: `# error: [name]`, `# warning: …`, `# info: …`."""

import re
from types import ModuleType

from checker.config import Config
from checker.model import Finding
from checker.rules.registry import to_findings
from checker.rules.rule import LoadedRule
from tests.analysis.lessons import analysis

_MARK = re.compile(r"# (error|warning|info): \[([\w-]+)\]")


def marks(text: str) -> list[tuple[int, str, str]]:
    """Line, severity and rule of every mark."""
    return [
        (number, match[1], match[2])
        for number, line in enumerate(text.split("\n"), 1)
        for match in _MARK.finditer(line)
    ]


def findings(rule: ModuleType, text: str) -> list[Finding]:
    """What one rule reports in a lesson."""
    loaded = LoadedRule.from_module(rule)
    return list(to_findings(loaded, loaded.check(analysis(text), Config())))


def found(rule: ModuleType, text: str) -> list[tuple[int, str, str]]:
    """Line, severity and rule of every report."""
    return [(each.span.line, each.severity, each.name) for each in findings(rule, text)]
