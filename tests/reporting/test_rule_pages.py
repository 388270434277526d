"""docs/rules/ is what the rules say of themselves today."""

import re
from pathlib import Path

from checker.reporting.rule_pages import INDEX, rule_pages
from checker.rules.evidence import SHOWS
from checker.rules.registry import all_rules

FOLDER = Path(__file__).parents[2] / "docs" / "rules"


def test_no_page_is_stale() -> None:
    written = {each.name: each.read_text(encoding="utf-8") for each in FOLDER.iterdir()}
    wanted = rule_pages()

    stale = sorted(name for name in {*written, *wanted} if written.get(name) != wanted.get(name))
    assert stale == [], "`make docs` writes them anew"


def test_every_rule_has_a_page_and_a_row() -> None:
    pages = rule_pages()

    for each in all_rules():
        rule = each.rule
        assert each.page.partition("## Since")[0] in pages[f"{rule.name}.md"]
        assert (
            f"| {rule.code} | [`{rule.name}`]({rule.name}.md) | {rule.severity} | {each.summary} |\n"
            in (pages[INDEX])
        )
    assert len(pages) == len(all_rules()) + 1


def test_the_families_of_the_index_have_words() -> None:
    for words, code in re.findall(r"^## (.+) \((\w+)\)$", rule_pages()[INDEX], re.MULTILINE):
        assert words != code


def test_what_running_shows_stands_on_the_pages_of_the_pandas_rules() -> None:
    pages = rule_pages()

    assert set(SHOWS) == {each.rule.name for each in all_rules() if each.rule.code.startswith("PAN")}
    for each in all_rules():
        assert ("\n## Evidence\n" in pages[f"{each.rule.name}.md"]) == (each.rule.name in SHOWS)
    assert "only info" in pages["removed-api.md"].replace("\n", " ")
    assert "only info" not in pages["chained-assignment.md"]
