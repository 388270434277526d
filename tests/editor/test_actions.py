import pytest

from checker.editor.actions import Target, actions, is_wanted
from checker.editor.positions import Positions
from checker.model import Applicability, Edit, Finding, Fix, Span
from checker.reading.lesson import parse_lesson

TEXT = "one two\nthree\n"
LESSON = parse_lesson("a.mdx", TEXT)
TARGET = Target("file:///a.mdx", 3, Positions(TEXT, "utf-16"))


def finding(
    span: Span, kind: Applicability = "safe", *, intended: bool = False, edit: Span | None = None
) -> Finding:
    fix = Fix("Write 2", kind, (Edit(edit or span, "2"),))
    return Finding("PAN301", "chained-assignment", "error", "Look.", span, intended=intended, fix=fix)


def test_what_is_elsewhere_or_meant_to_be_wrong_is_offered_no_fix() -> None:
    two = LESSON.span(4, 7)
    elsewhere = Span("b.mdx", 1, 1, 1, 2, 0, 1)
    unmended = Finding("PAN301", "chained-assignment", "error", "Look.", two)
    found = [finding(two, intended=True), finding(two, edit=elsewhere), unmended]
    assert list(actions(found, TARGET, 0, 14)) == []
    assert list(actions([finding(two)], TARGET, 8, 9)) == []


@pytest.mark.parametrize(
    ("kind", "preferred", "label"),
    [("safe", True, ""), ("unsafe", False, "unsafe"), ("suggestion", False, "suggest")],
)
def test_how_far_a_fix_may_be_trusted_is_said(kind: Applicability, label: str, *, preferred: bool) -> None:
    [action] = actions([finding(LESSON.span(4, 7), kind)], TARGET, 5, 5)
    assert action.is_preferred is preferred
    assert label in action.title


def test_an_editor_that_knows_no_versions_is_told_none() -> None:
    [action] = actions([finding(LESSON.span(4, 7))], TARGET._replace(versioned=False), 5, 5)
    assert action.edit
    assert action.edit.document_changes is None
    assert action.edit.changes
    assert [each.new_text for each in action.edit.changes["file:///a.mdx"]] == ["2"]


@pytest.mark.parametrize(
    ("only", "wanted"),
    [
        (None, True),
        ([], False),
        (["quickfix"], True),
        ([""], True),
        (["quickfix.x"], False),
        (["source"], False),
    ],
)
def test_the_kinds_that_are_asked_for(only: list[str] | None, *, wanted: bool) -> None:
    assert is_wanted(only) is wanted
