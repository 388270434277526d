import pytest

from checker.rules.registry import all_rules
from tests.cli.conftest import Command


@pytest.mark.parametrize("word", ["snippet-failed", "RUN101", "run101"])
def test_the_page_of_a_rule(word: str, command: Command) -> None:
    ended = command("explain", word)
    assert ended.status == 0
    assert ended.out.startswith("# RUN101 snippet-failed (error)\n\n")
    assert "\n## Bad\n\n```python\n" in ended.out


def test_the_page_is_drawn_where_there_are_colours(command: Command) -> None:
    shown = command("explain", "snippet-failed", "--color", "always").out
    assert "snippet-failed" in shown
    assert "## Bad" not in shown
    assert "\x1b[" in shown


def test_all_rules(command: Command) -> None:
    ended = command("explain")
    assert ended.status == 0
    severities = (" error ", " warning ", " info ")
    rows = [line for line in ended.out.splitlines() if any(each in line for each in severities)]
    for loaded, row in zip(all_rules(), rows, strict=True):
        assert row.split()[:3] == [loaded.rule.code, loaded.rule.name, loaded.rule.severity]
        assert row.endswith(loaded.summary)


@pytest.mark.parametrize("word", ["PAN", "pan"])
def test_the_rules_of_a_family(word: str, command: Command) -> None:
    ended = command("explain", word)
    assert ended.status == 0
    of_family = [each for each in all_rules() if each.rule.code.startswith("PAN")]
    rows = [line.split()[0] for line in ended.out.splitlines() if line.startswith(("PAN", "RUN"))]
    assert rows == [each.rule.code for each in of_family]


@pytest.mark.parametrize(
    ("word", "nearest"),
    [
        ("snippet-faild", "Did you mean snippet-failed? "),
        ("rum101", "Did you mean RUN101? "),
        ("nothing-like-it-at-all", ""),
        ("\x1b[31m", ""),
    ],
)
def test_an_unknown_rule(word: str, nearest: str, command: Command) -> None:
    ended = command("explain", word)
    first, second = ended.err.splitlines()
    assert (ended.status, ended.out) == (2, "")
    assert first.startswith("coursecheck: error: there is no rule '")
    assert "\x1b" not in ended.err
    assert second.startswith(f"  {nearest}")
    assert second.endswith("`coursecheck explain` lists all rules.")
