"""Every rule's page is true: its Bad fires where it is marked, its Good is silent."""

from pathlib import Path

import pytest

from checker.pipeline import Options, check
from checker.rules.registry import all_rules
from checker.rules.rule import LoadedRule
from tests.quiet import QUIET
from tests.rules.pages import SECTIONS, files, marked_lines, sections, unmarked
from tests.sandboxes import needs_sandbox

RUN_TO_KNOW = ("outcome", "promise", "ignore")
# Its Bad is a matter of chance.
BY_CHANCE = "flaky-snippet"
# Their Bad is not a text that a page could hold and mark; tests/rules/document/test_files.py has it, and
# tests/judging/test_isolation.py for how the checker was started.
WITHOUT_MARKS = {"fence-closed-early", "file-too-large", "no-sandbox", "not-text", "unreadable-file"}


def reported(rule: LoadedRule, section: str, folder: Path, *, run: bool) -> dict[str, list[int]]:
    """The lines that the rule reports in each file of a section, written below `folder`."""
    texts = files(rule, section)
    for path, text in texts.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(unmarked(text), encoding="utf-8", newline="")
    result = check(Options(paths=(str(folder),), run=run), QUIET)
    lines: dict[str, list[int]] = {path: [] for path in texts}
    for lesson in result.lessons:
        path = Path(lesson.lesson.path).resolve().relative_to(folder.resolve()).as_posix()
        lines[path] += [each.span.line for each in lesson.findings if each.name == rule.rule.name]
    return lines


def name(rule: LoadedRule) -> str:
    return rule.rule.name


@pytest.mark.parametrize("rule", all_rules(), ids=name)
def test_a_page_has_its_sections(rule: LoadedRule) -> None:
    assert tuple(sections(rule.page)) == SECTIONS
    assert rule.summary.endswith(".")
    assert len(rule.summary) <= 110


def test_codes_and_names_are_unique() -> None:
    rules = [each.rule for each in all_rules()]
    assert len({each.code for each in rules}) == len({each.name for each in rules}) == len(rules)


READ = [each for each in all_rules() if each.rule.looks_at not in RUN_TO_KNOW]
RUN = [each for each in all_rules() if each.rule.looks_at in RUN_TO_KNOW]


@pytest.mark.parametrize("rule", READ, ids=name)
def test_good_is_silent(rule: LoadedRule, tmp_path: Path) -> None:
    assert not any(reported(rule, "Good", tmp_path, run=False).values())


@pytest.mark.parametrize("rule", [each for each in READ if name(each) not in WITHOUT_MARKS], ids=name)
def test_bad_fires_where_it_is_marked(rule: LoadedRule, tmp_path: Path) -> None:
    expected = {path: marked_lines(text) for path, text in files(rule, "Bad").items()}
    assert any(expected.values())
    assert reported(rule, "Bad", tmp_path, run=False) == expected


@needs_sandbox
@pytest.mark.parametrize("rule", RUN, ids=name)
def test_good_is_silent_when_it_runs(rule: LoadedRule, tmp_path: Path) -> None:
    assert not any(reported(rule, "Good", tmp_path, run=True).values())


@needs_sandbox
@pytest.mark.parametrize("rule", [each for each in RUN if name(each) != BY_CHANCE], ids=name)
def test_bad_fires_where_it_is_marked_when_it_runs(rule: LoadedRule, tmp_path: Path) -> None:
    expected = {path: marked_lines(text) for path, text in files(rule, "Bad").items()}
    assert any(expected.values())
    assert reported(rule, "Bad", tmp_path, run=True) == expected


@needs_sandbox
def test_bad_fires_by_chance(tmp_path: Path) -> None:
    (rule,) = [each for each in RUN if name(each) == BY_CHANCE]
    expected = {path: marked_lines(text) for path, text in files(rule, "Bad").items()}
    assert any(expected.values())
    # Once in four times: it must fail first and pass then. That 100 runs miss it is out of the question.
    assert any(reported(rule, "Bad", tmp_path, run=True) == expected for _ in range(100))
