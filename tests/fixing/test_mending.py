"""The rounds of one lesson: what stays as it is comes first."""

import pytest

from checker.fixing.choosing import Candidate
from checker.fixing.mending import MOST_ROUNDS, mended_text
from checker.model import Edit, Finding, Fix, Outcome
from checker.reading.lesson import parse_lesson
from tests.fixing.world import Defect, World, applied, fails, passes, reasons, text_of

OLD = Defect("old()", "new()")


def test_a_lesson_without_fixes_is_not_run_again() -> None:
    world = World(OLD)
    mended = world.mend(text_of("x = 1"))
    assert (mended.fixes, world.tried) == ((), [text_of("x = 1")])


@pytest.mark.parametrize(
    "defect",
    [
        Defect("old()", "new()", applicability="suggestion"),
        Defect("old()", "new()", applicability="unsafe"),
        Defect("old()", "new()", intended=True),
    ],
)
def test_what_was_not_asked_for_is_not_applied(defect: Defect) -> None:
    text = text_of("old()")
    mended = World(defect).mend(text)
    assert (mended.result.lesson.text, mended.fixes) == (text, ())


def test_suggestions_are_never_applied() -> None:
    text = text_of("old()")
    defect = Defect("old()", "new()", applicability="suggestion")
    assert World(defect).mend(text, unsafe=True).result.lesson.text == text


def test_a_safe_fix_is_applied() -> None:
    mended = World(OLD).mend(text_of("a = old()", "b = old()"))
    assert mended.result.lesson.text == text_of("a = new()", "b = new()")
    assert applied(mended) == ["some-rule", "some-rule"]


def test_an_unsafe_fix_is_applied_when_it_is_asked_for() -> None:
    mended = World(Defect("old()", "new()", applicability="unsafe")).mend(text_of("old()"), unsafe=True)
    assert mended.result.lesson.text == text_of("new()")


def test_all_else_stays_as_it_is_to_the_byte() -> None:
    text = "# Tea \t\r\n\r\n>  ```python\r\n>  a  =  old( ) ; old()   # old\r\n>  ```\r\n\r\n\u00a0end"
    mended = World(OLD).mend(text)
    assert mended.result.lesson.text == text.replace("old()", "new()")


def test_lines_that_a_fix_adds_end_as_the_lesson_does() -> None:
    world = World(Defect("old()", "new()\nmore()"))
    assert world.mend(text_of("old()").replace("\n", "\r\n")).result.lesson.text == text_of(
        "new()\nmore()"
    ).replace("\n", "\r\n")
    assert world.mend(text_of("old()")).result.lesson.text == text_of("new()\nmore()")


@pytest.mark.parametrize("above", ["Tea\r\n", "Tea\nand\r\n"])
def test_lines_that_a_fix_adds_to_the_last_line_end_as_the_line_above_it(above: str) -> None:
    lesson = parse_lesson("lesson.mdx", f"{above}last")
    span = lesson.span(len(above), len(lesson.text))
    fix = Fix("", "safe", (Edit(span, "first\nlast"),))
    candidate = Candidate(Finding("DOC101", "some-rule", "error", "", span, fix=fix), fix)
    assert mended_text(lesson, [candidate]) == f"{above}first\r\nlast"


def test_a_fix_that_reveals_another_takes_another_round() -> None:
    mended = World(OLD, Defect("new()", "newest()", rule="another")).mend(text_of("old()"))
    assert mended.result.lesson.text == text_of("newest()")
    assert applied(mended) == ["some-rule", "another"]


def test_of_two_fixes_of_one_place_the_second_waits_and_is_looked_at_again() -> None:
    world = World(OLD, Defect("x = old()", "x = other()", rule="another"))
    mended = world.mend(text_of("x = old()"))
    assert mended.result.lesson.text == text_of("x = new()")
    assert applied(mended) == ["some-rule"]


def test_a_second_run_changes_nothing() -> None:
    world = World(OLD, Defect("new()", "newest()", rule="another"))
    once = world.mend(text_of("old()", "new()")).result.lesson.text
    again = world.mend(once)
    assert (again.result.lesson.text, again.fixes) == (once, ())


def test_a_fix_that_does_not_mend_is_not_applied() -> None:
    text = text_of("old()")
    mended = World(Defect("old()", "old() # really")).mend(text)
    assert mended.result.lesson.text == text
    assert reasons(mended) == ["with it, some-rule would still be reported there"]


def test_fixes_that_undo_each_other_come_to_an_end() -> None:
    world = World(OLD, Defect("new()", "old()", rule="another"))
    mended = world.mend(text_of("old()"))
    assert mended.result.lesson.text == text_of("new()")
    assert reasons(mended) == ["it would undo another fix"]


def test_fixes_without_end_are_given_up() -> None:
    rules = [Defect(f"v{n}()", f"v{n + 1}()", rule=f"rule-{n}") for n in range(MOST_ROUNDS + 1)]
    mended = World(*rules).mend(text_of("v0()"))
    assert mended.result.lesson.text == text_of(f"v{MOST_ROUNDS}()")
    assert reasons(mended) == [f"{MOST_ROUNDS} rounds of fixes did not come to an end"]


def breaks(word: str) -> World:
    return World(
        Defect("old()", "new()"),
        Defect("bad", word, rule="breaking"),
        run=lambda code: fails(4) if word in code else passes(code),
    )


def test_a_fix_that_makes_a_block_fail_is_not_applied() -> None:
    mended = breaks("worse").mend(text_of("bad"))
    assert mended.result.lesson.text == text_of("bad")
    assert reasons(mended) == ["the block at line 3 passed, and with it failed with KeyError: no"]


def test_the_fixes_beside_it_are() -> None:
    code = ["old()", "old()", "bad", "old()", "bad", "old()"]
    mended = breaks("worse").mend(text_of(*code))
    assert mended.result.lesson.text == text_of("new()", "new()", "bad", "new()", "bad", "new()")
    assert (applied(mended), len(reasons(mended))) == (["some-rule"] * 4, 2)


def test_without_running_only_reading_judges() -> None:
    world = breaks("worse")
    world.run = None
    assert world.mend(text_of("bad")).result.lesson.text == text_of("worse")


def test_a_fix_that_breaks_the_page_is_not_applied() -> None:
    mended = World(Defect("old()", "x\n```\n\n<open>\n\n```python")).mend(text_of("old()"))
    assert reasons(mended)[0].startswith("the site would refuse the lesson: ")
    mended = World(Defect("old()", "```")).mend(text_of("old()"))
    assert reasons(mended) == ["it would change the lesson's blocks"]


@pytest.mark.parametrize("rule", ["deprecated-4", "copy-keyword", "cow-option"])
def test_what_works_today_must_print_the_same(rule: str) -> None:
    world = World(Defect("old()", "new()", rule=rule))
    mended = world.mend(text_of("old()"))
    assert mended.result.lesson.text == text_of("old()")
    assert reasons(mended) == ["the block at line 3 prints something else with it"]
    world.run = lambda _: Outcome(0, "passed", stdout="the same")
    assert world.mend(text_of("old()")).result.lesson.text == text_of("new()")


def test_a_block_that_prints_other_things_each_time_decides_nothing() -> None:
    world = World(Defect("old()", "new()", rule="deprecated-4"))
    world.run = lambda _: Outcome(0, "passed", stdout=str(len(world.tried)))
    assert world.mend(text_of("old()")).result.lesson.text == text_of("new()")


def test_what_works_today_is_mended_before_what_changes_the_result() -> None:
    world = World(OLD, Defect("bad", "good", rule="deprecated-4"), run=lambda _: Outcome(0, "passed"))
    assert applied(world.mend(text_of("old(); bad"))) == ["deprecated-4", "some-rule"]
