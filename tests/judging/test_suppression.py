import pytest

from checker.config import Config
from checker.config.keys import RulesKeys
from checker.judging.suppression import Selection
from checker.model import Finding
from checker.reading.lesson import parse_lesson
from tests.builders import finding, span

CHAINED = finding("chained-assignment", code="PAN301", index=0)
FAILED = finding("snippet-failed", code="RUN101", index=0)
PLAIN = parse_lesson("lesson.mdx", "# Tea\n\n```python\npass\n```\n")


def ignoring(rule: str, *, lesson: bool = False) -> str:
    word = "check-lesson" if lesson else "check"
    return f'# Tea\n\n{{/* {word}: ignore={rule} because="why" */}}\n\n```python\npass\n```\n'


def shown(
    text: str,
    *findings: Finding,
    config: Config | None = None,
    ran: bool = True,
    select: tuple[str, ...] = (),
) -> list[str]:
    lesson = parse_lesson("lesson.mdx", text)
    return [each.name for each in Selection(config or Config(), select).apply(lesson, findings, ran=ran)]


def test_everything_is_shown_unless_said_otherwise() -> None:
    assert shown(PLAIN.text, CHAINED, FAILED) == ["chained-assignment", "snippet-failed"]


@pytest.mark.parametrize("word", ["PAN", "PAN301", "chained-assignment", "pan3"])
def test_select_takes_names_codes_and_families(word: str) -> None:
    assert shown(PLAIN.text, CHAINED, FAILED, select=(word,)) == ["chained-assignment"]


def test_the_config_ignores() -> None:
    config = Config(rules=RulesKeys(ignore=("RUN",)))
    assert shown(PLAIN.text, CHAINED, FAILED, config=config) == ["chained-assignment"]


@pytest.mark.parametrize(("glob", "left"), [("*.mdx", []), ("**/*.md", ["chained-assignment"])])
def test_the_config_ignores_a_rule_in_some_lessons(glob: str, left: list[str]) -> None:
    config = Config(rules=RulesKeys(per_lesson_ignore={glob: ("PAN",)}))
    assert shown(PLAIN.text, CHAINED, config=config) == left


def test_the_config_sets_severities() -> None:
    config = Config(rules=RulesKeys(severity={"PAN": "info"}))
    kept = Selection(config).apply(PLAIN, [CHAINED, FAILED], ran=True)
    assert [each.severity for each in kept] == ["info", "error"]


@pytest.mark.parametrize("rule", ["chained-assignment", "PAN301", "PAN"])
@pytest.mark.parametrize("lesson", [False, True])
def test_a_directive_ignores(rule: str, lesson: bool) -> None:
    assert shown(ignoring(rule, lesson=lesson), CHAINED, FAILED) == ["snippet-failed"]


def test_a_directive_above_a_block_ignores_in_that_block_only() -> None:
    elsewhere = finding("chained-assignment", code="PAN301", index=1)
    assert shown(ignoring("PAN301"), CHAINED, elsewhere) == ["chained-assignment"]


def test_an_ignore_that_silences_nothing_is_a_finding_at_its_word() -> None:
    lesson = parse_lesson("lesson.mdx", ignoring("object-dtype"))
    (found,) = Selection(Config()).apply(lesson, [], ran=True)
    assert found.name == "unused-ignore"
    assert lesson.text[found.span.start : found.span.end] == "ignore=object-dtype"


def test_without_running_an_ignore_of_a_rule_about_running_is_not_unused() -> None:
    assert shown(ignoring("snippet-failed"), ran=False) == []
    assert shown(ignoring("snippet-failed"), ran=True) == ["unused-ignore"]
    assert shown(ignoring("RUN"), ran=False) == []


def test_an_ignore_of_no_rule_is_a_finding_whatever_was_run() -> None:
    assert shown(ignoring("chained-assignmant"), ran=False) == ["unknown-directive"]
    assert shown(ignoring("PAN301,nothing"), CHAINED) == ["unknown-directive"]


def test_the_nearest_rule_is_named() -> None:
    lesson = parse_lesson("lesson.mdx", "{/* check: wrong=PAN301,json-sintax */}\n```python\n```\n")
    (found,) = Selection(Config()).apply(lesson, [], ran=True)
    assert found.message == "`wrong=json-sintax` names no rule; did you mean json-syntax?"
    assert found.block == 0
    assert lesson.text[found.span.start : found.span.end] == "wrong=PAN301,json-sintax"


def test_a_counterexample_names_rules_or_none() -> None:
    assert shown("{/* check: wrong */}\n```python\n```\n") == []
    assert shown("{/* check: wrong=PAN,object-dtype */}\n```python\n```\n") == []


def test_of_several_rules_each_has_to_silence_something() -> None:
    assert shown(ignoring("PAN301,chained-assignment"), CHAINED) == []
    lesson = parse_lesson("lesson.mdx", ignoring("PAN301,object-dtype"))
    (found,) = Selection(Config()).apply(lesson, [CHAINED], ran=True)
    assert found.message == "`ignore=object-dtype` silences nothing here: delete it"
    assert found.fix is None


def test_what_is_unused_can_be_ignored_by_selection() -> None:
    assert shown(ignoring("object-dtype"), select=("PAN",)) == []


def test_findings_come_in_the_order_of_the_file() -> None:
    first = Finding("PAN301", "chained-assignment", "error", "m", span(2))
    second = Finding("MDX101", "mdx-syntax", "error", "m", span(9))
    kept = Selection(Config()).apply(PLAIN, [second, first], ran=True)
    assert kept == (first, second)
