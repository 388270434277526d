"""Help for a rule, including rules of ruff and of other versions."""

import re

from msgspec import Struct

from checker.model import Severity
from checker.patterns import regex
from checker.rules.registry import find_rule

_WHAT = regex(r"^## What\n+(.*?)(?:\n\n|\Z)", re.MULTILINE | re.DOTALL)


class RuleHelp(Struct, frozen=True):
    """A rule in words; `page` is Markdown, `summary` its first line, `what` its first paragraph."""

    code: str
    name: str
    severity: Severity
    summary: str
    what: str
    page: str

    @property
    def family(self) -> str:
        """The letters that the rule's code begins with."""
        return re.split(r"[\d:]", self.code, maxsplit=1)[0].lower()


def rule_help(code: str, name: str, severity: Severity) -> RuleHelp:
    """The help for the rule with this code; `severity` is used when the rule is not known here."""
    loaded = find_rule(code)
    if loaded is None:
        words = name.replace("-", " ")
        source = f"ruff's rule {code.partition(':')[2]}" if code.startswith("RUFF:") else f"the rule {code}"
        summary = f"{words} ({source})"
        return RuleHelp(code, name, severity, summary, summary, f"{summary}\n")
    what = _WHAT.search(loaded.page)
    paragraph = " ".join(what[1].split()) if what else loaded.summary
    return RuleHelp(code, name, loaded.rule.severity, loaded.summary, paragraph, loaded.page)
