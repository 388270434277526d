"""Every rule there is, found by walking the package: a module below `checker.rules` that has a `RULE`."""

import importlib
import pkgutil
from collections.abc import Iterable, Iterator
from functools import cache

import checker.rules
from checker.model import Finding
from checker.rules.rule import LoadedRule, Report


@cache
def all_rules() -> tuple[LoadedRule, ...]:
    """All rules, in the order of their codes."""
    rules = [LoadedRule.from_module(module) for module in _modules() if hasattr(module, "RULE")]
    return tuple(sorted(rules, key=lambda each: each.rule.code))


def _modules() -> Iterator[object]:
    for entry in pkgutil.walk_packages(checker.rules.__path__, "checker.rules."):
        yield importlib.import_module(entry.name)


def find_rule(word: str) -> LoadedRule | None:
    """The rule with this code or name, in any case."""
    wanted = word.casefold()
    for each in all_rules():
        if wanted in (each.rule.code.casefold(), each.rule.name):
            return each
    return None


def matches(selector: str, code: str, name: str) -> bool:
    """Whether `selector`, a name, a code or the beginning of codes (`PAN`), means this rule."""
    return selector == name or code.startswith(selector.upper()) or selector.upper() == "ALL"


def known_selector(selector: str) -> bool:
    """Whether a selector means at least one rule there is."""
    return any(matches(selector, each.rule.code, each.rule.name) for each in all_rules())


def to_finding(loaded: LoadedRule, report: Report) -> Finding:
    """Give a report the name of its rule."""
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
    )


def to_findings(loaded: LoadedRule, reports: Iterable[Report]) -> Iterator[Finding]:
    """Give reports the name of their rule."""
    return (to_finding(loaded, report) for report in reports)
