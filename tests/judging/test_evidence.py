import pytest
from msgspec import structs

from checker.analysis.ran import RanBlock
from checker.judging.evidence import evidence
from checker.model import RunWarning
from checker.reading.lesson import parse_lesson
from tests.builders import finding, outcome, plan, warning

CHAINED = "pandas.errors.ChainedAssignmentError"
INPLACE = "A value is being set on a copy through chained assignment using an inplace method.\nSuch …"
LESSON = parse_lesson("lesson.mdx", "# Tea\n\n```python\nfirst()\nsecond()\n```\n")


def ran(*warnings: RunWarning, wrong: tuple[int, ...] = ()) -> RanBlock:
    raw = outcome("passed", warned=warnings)
    marked = dict.fromkeys(wrong, "WRONG")
    return RanBlock(LESSON, LESSON.blocks[0], plan(), raw, raw, marked, frozenset())


@pytest.mark.parametrize(
    "type_name",
    ["UserWarning", "FutureWarning", "pandas.errors.PerformanceWarning", "mine.Pandas4Warning"],
)
def test_other_warnings_are_nobodys_business(type_name: str) -> None:
    assert list(evidence(ran(warning(type_name, line=4)), [])) == []


@pytest.mark.parametrize(
    ("message", "rule"),
    [("A value is being set on a copy.", "chained-assignment"), (INPLACE, "inplace-on-selection")],
)
def test_the_warning_is_a_finding_of_the_rule_that_reads_for_it(message: str, rule: str) -> None:
    ((name, report),) = evidence(ran(warning(CHAINED, message, line=5)), [])
    assert name == rule
    assert (report.span.line, report.span.column, report.span.end_column) == (5, 1, 9)
    assert "pandas warned when this ran" in report.message
    assert not report.intended


def test_reading_the_line_tells_which_of_two_rules_it_is() -> None:
    read = [finding("inplace-on-selection", line=4, end_line=5)]
    ((name, _),) = evidence(ran(warning(CHAINED, "A value.", line=5)), read)
    assert name == "inplace-on-selection"


def test_a_line_that_warns_in_a_loop_is_one_report() -> None:
    again = warning(CHAINED, line=4)
    assert len(list(evidence(ran(again, again, again), []))) == 1


def test_what_is_shown_wrong_on_purpose_is_intended() -> None:
    ((_, report),) = evidence(ran(warning(CHAINED, line=4), wrong=(1,)), [])
    assert report.intended


COMING = "pandas.errors.Pandas4Warning"


def test_what_will_go_is_a_finding_though_nobody_read_it() -> None:
    ((name, report),) = evidence(ran(warning(COMING, "It will go.", line=4)), [])
    assert name == "deprecated-4"
    assert "It will go." in report.message


def test_what_will_go_is_the_finding_that_was_read_on_its_line() -> None:
    read = [structs.replace(finding("freq-alias", line=4, end_line=4), code="PAN306")]
    ((name, _),) = evidence(ran(warning(COMING, line=4)), read)
    assert name == "freq-alias"


def test_what_other_rules_read_on_a_line_explains_no_warning_of_pandas() -> None:
    read = [structs.replace(finding("undefined-name", line=4, end_line=4), code="PYT902")]
    ((name, _),) = evidence(ran(warning(COMING, line=4)), read)
    assert name == "deprecated-4"
