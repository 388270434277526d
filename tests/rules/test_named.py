import pytest

from checker.config import Config
from checker.config.keys import RulesKeys
from checker.errors import ConfigError
from checker.rules.named import refuse_unknown_rules

KNOWN = RulesKeys(
    select=("PAN", "undefined-name"),
    ignore=("RUN101",),
    severity={"MDX": "info"},
    per_lesson_ignore={"drafts/**": ("all",)},
)


def test_names_codes_and_families_are_known() -> None:
    refuse_unknown_rules(Config(rules=KNOWN))


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        (RulesKeys(select=("PAX",)), "rules.select: no rule is called 'PAX'"),
        (
            RulesKeys(ignore=("broken-prerequisit",)),
            "rules.ignore: no rule is called 'broken-prerequisit'; did you mean broken-prerequisite?",
        ),
        (RulesKeys(severity={"nothing": "error"}), "rules.severity: no rule is called 'nothing'"),
        (
            RulesKeys(per_lesson_ignore={"*.mdx": ("XYZ",)}),
            "rules.per-lesson-ignore.'*.mdx': no rule is called 'XYZ'",
        ),
    ],
)
def test_what_means_no_rule_is_refused_with_its_key(rules: RulesKeys, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        refuse_unknown_rules(Config(path="coursecheck.toml", rules=rules))
    assert str(caught.value) == f"coursecheck.toml: {message}"
    assert "explain" in caught.value.remedy
