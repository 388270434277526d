"""What is read of the rules without importing them is what they are."""

import importlib
import pkgutil

import checker.rules
from checker.rules.kafka.connectors import _WORDS
from checker.rules.registry import all_rules, find_rule, records, rules_concerning, rules_for
from checker.rules.rule import Rule


def test_every_module_with_a_rule_is_known() -> None:
    modules = [
        importlib.import_module(each.name)
        for each in pkgutil.walk_packages(checker.rules.__path__, "checker.rules.")
    ]
    wanted = {each.__name__: each.RULE for each in modules if isinstance(getattr(each, "RULE", None), Rule)}
    found = {
        each.module: (each.code, each.name, each.severity, each.looks_at, each.speaks_of)
        for each in records()
    }
    assert found == {
        name: (rule.code, rule.name, rule.severity, rule.looks_at, rule.speaks_of)
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
    always = [each.rule.name for each in rules_concerning("")]
    assert "file-too-large" in always
    assert "unknown-error-code" not in always
    assert [each.rule.name for each in rules_concerning("a KafkaError")] == sorted(
        [*always, "unknown-error-code"],
        key=lambda name: next(each.code for each in records() if each.name == name),
    )


def test_only_rules_about_a_lesson_say_what_they_speak_of() -> None:
    assert {each.looks_at for each in records() if each.speaks_of} == {"lesson"}


def test_a_connector_is_looked_for_by_the_same_words() -> None:
    assert find_rule("connector-property").rule.speaks_of == _WORDS  # type: ignore[union-attr]
