from checker.editor.runs import LastRun, findings, last_run, outcomes
from checker.model import Edit, Finding, Fix, Lesson, LessonResult
from checker.reading.lesson import parse_lesson
from tests.builders import outcome

CODE = "```python\nx = 1\n```\n\n```python\nprint(x)\n```\n\n```text\n2\n```\n"


def lesson(text: str = CODE) -> Lesson:
    return parse_lesson("a.mdx", text)


def finding(text: str, where: str, *, block: int | None = None, fix: Fix | None = None) -> Finding:
    start = text.index(where)
    span = lesson(text).span(start, start + len(where))
    return Finding("OUT001", "output-mismatch", "warning", "Look.", span, block, fix=fix)


def ran(*found: Finding, text: str = CODE, until: int = 1) -> LastRun:
    kinds = (outcome(), outcome("failed", index=1), outcome("skipped", index=2))
    return last_run(LessonResult(lesson(text), (), kinds, found), until, ())


def places(last: LastRun, text: str) -> list[str]:
    return [text[each.span.start : each.span.end] for each in findings(last, lesson(text))]


def test_what_reading_found_is_not_kept_twice() -> None:
    known = finding(CODE, "print(x)")
    result = LessonResult(lesson(), (), (outcome(),), (known, finding(CODE, "2")))
    assert [each.span.line for each in last_run(result, 0, [known]).findings] == [10]


def test_words_between_the_blocks_move_what_was_found() -> None:
    last = ran(finding(CODE, "print(x)", block=1), finding(CODE, "2", block=1))
    moved = CODE.replace("```text", "Words.\n\n```text").join(["# Sums\n\n", ""])
    assert places(last, moved) == ["print(x)", "2"]
    assert {index: each.is_old for index, each in outcomes(last, lesson(moved)).items()} == {
        0: False,
        1: False,
    }


def test_other_code_before_it_may_do_something_else() -> None:
    last = ran(finding(CODE, "print(x)", block=1))
    changed = CODE.replace("x = 1", "x = 2")
    assert places(last, changed) == []
    assert {index: each.is_old for index, each in outcomes(last, lesson(changed)).items()} == {1: True}


def test_a_directive_changes_what_a_run_means() -> None:
    last = ran(finding(CODE, "print(x)", block=1))
    for words in ("raises=NameError", "session=new"):
        assert places(last, f"{{/* check: {words} */}}\n{CODE}") == []
    assert places(last, f"{{/* check-lesson: session=lab */}}\n\n{CODE}") == []


def test_another_output_is_another_claim() -> None:
    assert places(ran(finding(CODE, "2", block=1)), CODE.replace("\n2\n", "\n3\n")) == []


def test_what_is_about_no_block_is_not_kept() -> None:
    text = "# Sums\n\n" + CODE
    assert places(ran(finding(text, "Sums"), text=text), text) == []


def test_a_fix_moves_along_or_goes() -> None:
    text = "# Tea\n\n" + CODE
    inside, outside = finding(text, "2").span, finding(text, "Tea").span
    last = ran(
        finding(text, "2", block=1, fix=Fix("Write 1.", "safe", (Edit(inside, "1"),))),
        finding(text, "2", block=1, fix=Fix("Write 3.", "safe", (Edit(outside, "3"),))),
        text=text,
    )
    moved = "# Tea\n\n" + text
    first, second = (each.fix for each in findings(last, lesson(moved)))
    assert first is not None
    assert [moved[each.span.start : each.span.end] for each in first.edits] == ["2"]
    assert second is None
