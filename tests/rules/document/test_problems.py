"""What reading finds wrong is reported once, by the rule that it belongs to."""

import pytest
from msgspec.structs import replace

from checker.analysis.lesson import analyze
from checker.config import Config
from checker.model import Lesson, Problem, Span
from checker.reading.lesson import parse_lesson
from checker.rules.document.problems import cut_blocks
from checker.rules.registry import find_rule
from checker.rules.rule import LoadedRule

NAMES = [
    "mdx-syntax",
    "unclosed-fence",
    "fence-closed-early",
    "unknown-directive",
    "not-text",
    "file-too-large",
    "unreadable-file",
    "frontmatter-syntax",
    "duplicate-key",
    "frontmatter-limits",
]
TEXT = "---\ntitle: Tables\n---\n\n```python\nx = 1\n```\n\n```sql\nselect 1\n```\n"


def rule(name: str) -> LoadedRule:
    found = find_rule(name)
    assert found is not None
    return found


def with_problem(name: str, start: int, end: int) -> Lesson:
    lesson = parse_lesson("01.mdx", TEXT)
    return replace(lesson, problems=(Problem(name, "look here", lesson.span(start, end)),))


@pytest.mark.parametrize("name", NAMES)
def test_a_healthy_lesson_has_no_report(name: str) -> None:
    assert list(rule(name).check(analyze(parse_lesson("01.mdx", TEXT)), Config())) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_problem_is_reported_by_its_own_rule_and_no_other(name: str) -> None:
    analysis = analyze(with_problem(name, 0, 3))
    reporting = {each: list(rule(each).check(analysis, Config())) for each in NAMES}
    assert {each for each, reports in reporting.items() if reports} == {name}
    (report,) = reporting[name]
    assert (report.message, report.span) == ("look here", Span("01.mdx", 1, 1, 1, 4, 0, 3))
    assert report.severity is None


@pytest.mark.parametrize(
    ("inside", "block"),
    [("title", None), ("```python", 0), ("x = 1", 0), ("```sql", 1), ("select 1", 1), ("\n\n```sql", None)],
)
def test_a_report_names_the_block_that_it_stands_in(inside: str, block: int | None) -> None:
    start = TEXT.index(inside)
    lesson = with_problem("mdx-syntax", start, start + 1)
    (report,) = rule("mdx-syntax").check(analyze(lesson), Config())
    assert report.block == block


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("```json\n{\n```\n", set()),
        ("````json\n{\n````\n\n> ```\n> a\n> ```\n", set()),
        ("```\na\n```\n\n```json\n{\n", {1}),
        ("- ```json\n  {\n\ntext\n", {0}),
        ("```md\n```python\nx\n```\n\n```\n", {0}),
    ],
)
def test_blocks_whose_fence_is_not_closed_in_time(text: str, cut: set[int]) -> None:
    assert cut_blocks(parse_lesson("01.mdx", text)) == cut


@pytest.mark.parametrize("language", ["python", "json", "bash", "yaml"])
def test_what_an_unclosed_fence_holds_is_not_judged(language: str) -> None:
    broken = f"```{language}\n{{ (\n"
    for name in ("python-syntax", "json-syntax", "bash-syntax", "yaml-syntax"):
        assert list(rule(name).check(analyze(parse_lesson("01.mdx", broken)), Config())) == []
    closed = analyze(parse_lesson("01.mdx", f"{broken}```\n"))
    assert list(rule(f"{language}-syntax").check(closed, Config()))
