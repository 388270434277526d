"""The pages of the rules as files in `docs/rules/`; the tests fail when they are outdated."""

from checker.reporting.pages import page_text
from checker.rules.registry import all_rules

INDEX = "README.md"
_REMARK = "<!-- Generated from the rules by `make docs`: change the rule's docstring, not this page. -->\n\n"
_HEAD = """# Rules

A rule is named by its name, its code, or with others by its family (`PAN`).
`coursecheck explain NAME` prints its page.
"""
_TABLE = "| code | name | severity | |\n| --- | --- | --- | --- |\n"
_FAMILIES = {
    "FMT": "Frontmatter",
    "KFK": "Kafka",
    "LAB": "The lab",
    "LNG": "Other languages",
    "MDX": "Documents",
    "OUT": "Output and claims",
    "PAN": "pandas 3",
    "PYT": "Python",
    "REF": "References between lessons",
    "RUN": "Running",
    "STR": "How lessons are built",
}


def rule_pages() -> dict[str, str]:
    """The text of every page by file name: one for each rule, and the index."""
    pages = {f"{each.rule.name}.md": _REMARK + page_text(each) for each in all_rules()}
    return {**pages, INDEX: _REMARK + _index()}


def _index() -> str:
    parts = [_HEAD]
    family = ""
    for each in all_rules():
        rule = each.rule
        if rule.code[:3] != family:
            family = rule.code[:3]
            parts.append(f"\n## {_FAMILIES.get(family, family)} ({family})\n\n{_TABLE}")
        link = f"[`{rule.name}`]({rule.name}.md)"
        parts.append(f"| {rule.code} | {link} | {rule.severity} | {each.summary} |\n")
    return "".join(parts)
