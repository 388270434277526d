"""What is read of the rules without importing them is what they are."""

import importlib
import pkgutil

import checker.rules
from checker.rules.registry import all_rules, find_rule, records, rules_for
from checker.rules.rule import Rule


def test_every_module_with_a_rule_is_known() -> None:
    modules = [
        importlib.import_module(each.name)
        for each in pkgutil.walk_packages(checker.rules.__path__, "checker.rules.")
    ]
    wanted = {each.__name__: each.RULE for each in modules if isinstance(getattr(each, "RULE", None), Rule)}
    found = {each.module: (each.code, each.name, each.severity, each.looks_at) for each in records()}
    assert found == {
        name: (rule.code, rule.name, rule.severity, rule.looks_at) for name, rule in wanted.items()
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
