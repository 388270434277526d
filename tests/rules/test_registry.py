"""What is read of the rules without importing them is what they are."""

import importlib
import pkgutil
from typing import Any

import pytest

import checker.rules
from checker.analysis.lesson import analyze
from checker.config import Config
from checker.config.keys import CourseKeys, LabKeys, StructureKeys
from checker.reading.lesson import parse_lesson
from checker.rules.kafka.connectors import _WORDS
from checker.rules.references.course import find_course
from checker.rules.registry import all_rules, find_rule, records, rules_concerning, rules_for, rules_of_course
from checker.rules.rule import Rule


def test_every_module_with_a_rule_is_known() -> None:
    modules = [
        importlib.import_module(each.name)
        for each in pkgutil.walk_packages(checker.rules.__path__, "checker.rules.")
    ]
    wanted = {each.__name__: each.RULE for each in modules if isinstance(getattr(each, "RULE", None), Rule)}
    found = {
        each.module: (each.code, each.name, each.severity, each.looks_at, each.needs_text, each.configured_in)
        for each in records()
    }
    assert found == {
        name: (rule.code, rule.name, rule.severity, rule.looks_at, rule.needs_text, rule.configured_in)
        for name, rule in wanted.items()
    }


def test_rules_come_in_the_order_of_their_codes() -> None:
    codes = [each.rule.code for each in all_rules()]
    assert codes == sorted(codes)
    assert {each.rule.looks_at for each in rules_for("course")} == {"course"}


def test_a_rule_is_found_by_its_name_and_code() -> None:
    for word in ("broken-link", "REF201", "ref201"):
        found = find_rule(word)
        assert found is not None
        assert found.rule.name == "broken-link"
        assert found.summary == found.page.partition("\n")[0]
    assert find_rule("none-such") is None


def test_rules_are_imported_for_lessons_that_speak_of_what_they_are_about() -> None:
    always = [each.rule.name for each in rules_concerning("", Config())]
    assert {"wrong-fence-language", "undefined-name"}.issubset(always)
    assert "unknown-error-code" not in always
    assert [each.rule.name for each in rules_concerning("a KafkaError", Config())] == sorted(
        [*always, "unknown-error-code"],
        key=lambda name: next(each.code for each in records() if each.name == name),
    )


def test_rules_about_python_and_problems_are_imported_for_lessons_that_have_them() -> None:
    def asked(**given: Any) -> set[str]:
        return {each.rule.name for each in rules_concerning("", Config(), **given)}

    assert asked() - asked(has_python=False) == {"python-syntax", "undefined-name"}
    assert asked(problems={"not-text", "none-such"}) - asked() == {"not-text"}


CONFIGURED = {
    "course": Config(course=CourseKeys(languages=("ru",))),
    "lab": Config(lab=LabKeys(env=".env")),
    "structure": Config(structure=StructureKeys(numbered=True)),
}
# What each of them would find, if it were looked for.
BAD = """# Lab

Вода

```bash
docker compose up
docker exec nowhere ls
```

```python
import nothing
```
"""


def test_rules_are_imported_for_courses_that_configure_what_they_are_about() -> None:
    rules = {each.name: each.configured_in for each in records() if each.configured_in}
    assert set(rules.values()) == set(CONFIGURED)

    def wanted(config: Config) -> set[str]:
        asked = [*rules_concerning("", config), *rules_of_course(config)]
        return {each.rule.name for each in asked}.intersection(rules)

    assert wanted(Config()) == set()
    for table, config in CONFIGURED.items():
        assert wanted(config) == {name for name, its in rules.items() if its == table}


@pytest.mark.parametrize("name", [each.name for each in records() if each.configured_in])
def test_what_is_configured_nowhere_is_found_nowhere(name: str) -> None:
    loaded = find_rule(name)
    assert loaded is not None
    lessons = tuple(parse_lesson(path, BAD) for path in ("01-a.mdx", "03-b.mdx", "03-c.mdx"))
    if loaded.rule.looks_at == "course":
        assert list(loaded.check(find_course(lessons, Config()), Config())) == []
    else:
        assert [list(loaded.check(analyze(each), Config())) for each in lessons] == [[], [], []]


def test_only_rules_about_a_lesson_need_a_text() -> None:
    assert {each.looks_at for each in records() if each.needs_text} == {"lesson", "python"}


def test_a_connector_is_looked_for_by_the_same_words() -> None:
    found = find_rule("connector-property")
    assert found is not None
    assert found.rule.needs_text == _WORDS
