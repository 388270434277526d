"""Finds the rules: every module below `checker.rules` that has a `RULE`.

The records are read from the text of the modules, and a module is imported only when its rule is needed:
importing all of them takes longer than checking a lesson.
"""

import importlib
import os
import re
from collections.abc import Container, Iterable, Iterator
from functools import cache

from msgspec import Struct, convert

import checker.rules
from checker.config import Config
from checker.model import Finding, Severity
from checker.patterns import regex
from checker.rules.rule import LoadedRule, Report, Subject

# The beginning of `RULE` in every rule's module, however its lines are broken.
_BEGINNING = b"\nRULE = Rule("
# More bytes than any module here has.
_LONGEST = 1 << 16
_RECORD = regex(
    r'\s*"(?P<code>\w+)",\s*"(?P<name>[\w-]+)",\s*"(?P<severity>\w+)",\s*'
    r'looks_at="(?P<looks_at>\w+)"(?:,\s*needs_text=\((?P<needs_text>[^)]*)\))?'
    r'(?:,\s*configured_in="(?P<configured_in>\w+)")?'
)
_UNCONFIGURED = Config()
_QUOTED = regex(r'"([^"]+)"')


class Record(Struct, frozen=True):
    """What is known about a rule without importing it."""

    code: str
    name: str
    severity: Severity
    looks_at: Subject
    module: str
    needs_text: tuple[str, ...] = ()
    configured_in: str = ""

    def concerns(self, text: str) -> bool:
        """Whether the rule may report something in a lesson with this text."""
        return not self.needs_text or any(each in text for each in self.needs_text)

    def is_wanted(self, config: Config) -> bool:
        """Whether the rule may report something in a course with this configuration."""
        table = self.configured_in
        return not table or getattr(config, table) != getattr(_UNCONFIGURED, table)


@cache
def records() -> tuple[Record, ...]:
    """All rules, in the order of their codes."""
    found = [each for folder in checker.rules.__path__ for each in _records_below(folder)]
    return tuple(sorted(found, key=lambda each: each.code))


def _records_below(top: str) -> Iterator[Record]:
    for folder, _, names in os.walk(top):
        package = os.path.relpath(folder, top).replace(os.sep, ".").strip(".")
        for name in names:
            if name.endswith(".py") and (found := _record_in(os.path.join(folder, name))):
                module = ".".join(filter(None, ("checker.rules", package, name.removesuffix(".py"))))
                words = _QUOTED.findall(found["needs_text"] or "")
                told = {key: text for key, text in found.groupdict().items() if text is not None}
                yield convert({**told, "module": module, "needs_text": words}, Record)


def _record_in(path: str) -> re.Match[str] | None:
    # Every run reads all of them: `open` would take twice as long, and text mode six times.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        text = os.read(descriptor, _LONGEST)
    finally:
        os.close(descriptor)
    begins = text.find(_BEGINNING)
    return _RECORD.match(text[begins + len(_BEGINNING) :].decode()) if begins >= 0 else None


@cache
def load(record: Record) -> LoadedRule:
    """Import a rule."""
    return LoadedRule.from_module(importlib.import_module(record.module))


def all_rules() -> tuple[LoadedRule, ...]:
    """All rules, imported, in the order of their codes."""
    return tuple(map(load, records()))


@cache
def rules_for(subject: Subject) -> tuple[LoadedRule, ...]:
    """The rules that look at this subject."""
    return tuple(load(each) for each in records() if each.looks_at == subject)


def rules_concerning(
    text: str, config: Config, *, has_python: bool = True, problems: Container[str] = ()
) -> Iterator[LoadedRule]:
    """The lesson rules that may report something in a lesson with this text.

    `problems` are the names of the rules for which reading found problems.
    """
    for each in records():
        asked = {"lesson": True, "python": has_python, "problem": each.name in problems}
        if asked.get(each.looks_at, False) and each.concerns(text) and each.is_wanted(config):
            yield load(each)


def rules_of_course(config: Config) -> Iterator[LoadedRule]:
    """The course rules that may report something in a course with this configuration."""
    return (load(each) for each in records() if each.looks_at == "course" and each.is_wanted(config))


def find_rule(word: str) -> LoadedRule | None:
    """The rule with this code or name, in any case."""
    wanted = word.casefold()
    for each in records():
        if wanted in (each.code.casefold(), each.name):
            return load(each)
    return None


def matches(selector: str, code: str, name: str) -> bool:
    """Whether `selector`, a name, a code or a prefix of codes (`PAN`), selects this rule."""
    return selector == name or code.startswith(selector.upper()) or selector.upper() == "ALL"


def known_selector(selector: str) -> bool:
    """Whether a selector selects at least one existing rule."""
    return any(matches(selector, each.code, each.name) for each in records())


def to_finding(loaded: LoadedRule, report: Report) -> Finding:
    """Turn a report into a finding of its rule."""
    rule = loaded.rule
    return Finding(
        code=rule.code,
        name=rule.name,
        severity=report.severity or rule.severity,
        message=report.message,
        span=report.span,
        block=report.block,
        intended=report.intended,
        fix=report.fix,
        silent=report.silent,
        about=report.about,
    )


def to_findings(loaded: LoadedRule, reports: Iterable[Report]) -> Iterator[Finding]:
    """Turn reports into findings of their rule."""
    return (to_finding(loaded, report) for report in reports)
