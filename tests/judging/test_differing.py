"""Where two versions part: at the first statement, and not at those that only go on from there."""

from msgspec.structs import replace

from checker.analysis.lesson import analyze
from checker.judging.differing import differences
from checker.judging.judge import judge
from checker.model import Finding, Outcome, OutcomeKind
from checker.model.traces import Shown, Step
from checker.reading.lesson import parse_lesson
from tests.builders import finding, plan

# The code begins at line 4.
CODE = "a = 1\nb = a\nprint(b)\nc = 3  # ❌"
LESSON = parse_lesson("lesson.mdx", f"# Tea\n\n```python\n{CODE}\n```\n")


def outcome(*steps: tuple[int, dict[str, str]], kind: OutcomeKind = "passed") -> Outcome:
    trace = (
        Step(line, {name: Shown(value, value) for name, value in values.items()}) for line, values in steps
    )
    return Outcome(0, kind, trace=tuple(trace))


def parted(old: Outcome, new: Outcome) -> list[tuple[int, str, bool]]:
    found = differences(analyze(LESSON), {"2.3": [old], "3.1": [new]})
    return [(each.report.span.line, each.report.message, each.only_confirms) for each in found]


def test_the_same_is_nothing() -> None:
    same = outcome((4, {"a": "1"}), (5, {"a": "1", "b": "1"}), (6, {"b": "1", "": "1", "*": "1"}))
    assert parted(same, same) == []
    assert list(differences(analyze(LESSON), {})) == []
    assert list(differences(analyze(LESSON), {"2.3": [same], "3.1": []})) == []


def test_what_only_one_version_can_tell_is_nothing() -> None:
    assert parted(outcome((4, {"a": "1"})), outcome((4, {"b": "1"}))) == []


def test_the_first_statement_is_told_and_what_follows_only_confirms() -> None:
    old = outcome((4, {"a": "1"}), (5, {"a": "1", "b": "1"}), (6, {"b": "1", "": "1"}), (7, {"c": "3"}))
    new = outcome((4, {"a": "2"}), (5, {"a": "2", "b": "2"}), (6, {"b": "2", "": "2"}), (7, {"c": "4"}))
    assert parted(old, new) == [
        (
            4,
            "The same code gives another result: `a` is `1` under pandas 2.3 but `2` under pandas 3.1",
            False,
        ),
        (5, "The same code gives another result: `b` is `1` under pandas 2.3 but `2` under pandas 3.1", True),
        (
            6,
            "The same code gives another result: this prints `1` under pandas 2.3 but `2` under pandas 3.1",
            True,
        ),
        (
            7,
            "The same code gives another result: `c` is `3` under pandas 2.3 but `4` under pandas 3.1",
            False,
        ),
    ]


def test_a_name_that_is_the_same_again_counts_anew() -> None:
    old = outcome((4, {"a": "1"}), (5, {"a": "5"}), (6, {"a": "6"}))
    new = outcome((4, {"a": "2"}), (5, {"a": "5"}), (6, {"a": "7"}))
    assert [(line, confirms) for line, _, confirms in parted(old, new)] == [(4, False), (6, False)]


def test_another_dtype_is_for_information() -> None:
    (found,) = differences(
        analyze(LESSON),
        {"2.3": [outcome((6, {"": "x", "*": "object"}))], "3.1": [outcome((6, {"": "x", "*": "str"}))]},
    )
    assert found.report.severity == "info"


def test_where_long_values_differ_is_shown() -> None:
    old, new = "x" * 50 + "1" + "y" * 60, "x" * 50 + "2" + "y" * 60
    ((_, message, _),) = parted(outcome((4, {"a": old})), outcome((4, {"a": new})))
    assert "`…" + "x" * 20 + "1" in message
    assert "y…`" in message


def test_a_block_that_ended_otherwise_ends_the_comparison() -> None:
    old = outcome((4, {"a": "1"}))
    assert parted(old, outcome((4, {"a": "1"}), kind="failed")) == []
    assert parted(old, outcome((5, {"a": "2"}))) == []
    assert parted(outcome((90, {"a": "1"})), outcome((90, {"a": "2"}))) == []


def judged(line: int, *read: Finding) -> list[tuple[str, int, bool, bool]]:
    old, new = outcome((line, {"a": "1"})), outcome((line, {"a": "2"}))
    _, findings = judge(
        analyze(LESSON), [plan()], [replace(new, trace=())], read, versions={"2": [old], "3": [new]}
    )
    return [(each.name, each.span.line, each.confirmed, each.intended) for each in findings]


def test_what_was_read_there_is_confirmed() -> None:
    assert judged(5, finding("datetime-unit", line=5)) == [("datetime-unit", 5, True, False)]


def test_what_nobody_read_is_a_changed_result() -> None:
    assert judged(5) == [("changed-result", 5, True, False)]
    assert judged(7)[0] == ("changed-result", 7, True, True)


def test_a_write_under_another_name_is_told_where_it_is_made() -> None:
    old = outcome((4, {"a": "1"}), (5, {"b": "9", "@a": "9"}), (6, {"a": "9"}), (7, {"c": "1", "@a": "9"}))
    new = outcome((4, {"a": "1"}), (5, {"b": "9", "@a": "1"}), (6, {"a": "1"}), (7, {"c": "2", "@a": "1"}))
    ((line, message, confirms), after) = parted(old, new)
    assert (line, confirms) == (5, False)
    assert "`a` is `9` under pandas 2.3 but `1`" in message
    assert (after[0], after[2]) == (7, False)
