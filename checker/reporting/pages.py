"""The page of a rule, and the list of all rules."""

from textwrap import fill

from msgspec.structs import replace
from rich.markdown import Markdown
from rich.text import Text

from checker.reporting.look import Look
from checker.reporting.paragraphs import SEVERITY_STYLES
from checker.reporting.terminal import to_text
from checker.rules.evidence import evidence_of
from checker.rules.registry import all_rules, find_rule, matches
from checker.rules.rule import LoadedRule


def render_page(word: str, look: Look) -> str:
    """The page of the rule with this name or code: styled when there are colours, else as Markdown."""
    loaded = find_rule(word)
    assert loaded is not None, word
    page = page_text(loaded)
    if not look.color:
        return page
    return to_text([Markdown(page, code_theme="ansi_dark")], replace(look, wrap=True))


def page_text(loaded: LoadedRule) -> str:
    """The page of a rule as Markdown, with its code, name and severity."""
    rule = loaded.rule
    evidence = evidence_of(rule.name)
    page = loaded.page
    if evidence:
        page = page.replace("\n## Since\n", f"\n## Evidence\n\n{fill(evidence, 110)}\n\n## Since\n")
    return f"# {rule.code} {rule.name} ({rule.severity})\n\n{page}\n"


def render_index(look: Look, selector: str) -> str:
    """One line for each selected rule: its code, name, severity and the first line of its page."""
    rules = [
        (each.rule, each.summary) for each in all_rules() if matches(selector, each.rule.code, each.rule.name)
    ]
    widest = max(len(rule.name) for rule, _ in rules)
    lines = [
        Text.assemble(
            (f"{rule.code}  ", "dim"),
            (f"{rule.name:<{widest}}  ", "bold"),
            (f"{rule.severity:<9}", SEVERITY_STYLES[rule.severity]),
            summary,
        )
        for rule, summary in rules
    ]
    return to_text([*lines, Text(), Text("`coursecheck explain RULE` shows the page of a rule.")], look)
