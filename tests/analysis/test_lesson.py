"""Sessions, and what else is known of a lesson."""

import pytest

from tests.analysis.lessons import analysis, of_blocks


def sessions(text: str) -> list[tuple[str, list[int]]]:
    return [(each.name, [cell.block.index for cell in each.cells]) for each in analysis(text).sessions]


def test_a_lesson_is_one_session() -> None:
    assert sessions("```python\n1\n```\n\n```py\n2\n```\n") == [("lesson", [0, 1])]


def test_a_lesson_without_python_has_none() -> None:
    assert sessions("```bash\nls\n```\n") == []


def test_directives_name_sessions() -> None:
    text = (
        "```python\n1\n```\n\n```python check:session=a\n2\n```\n\n```python check:session=new\n3\n```\n\n"
        "```python check:session=new\n4\n```\n\n```python check:session=a\n5\n```\n\n```python\n6\n```\n"
    )
    assert [indices for _, indices in sessions(text)] == [[0, 5], [1, 4], [2], [3]]


def test_a_directive_on_the_lesson_holds_for_all_its_blocks() -> None:
    text = (
        "{/* check-lesson: session=new */}\n\n```python\n1\n```\n\n```python\n2\n```\n\n"
        "```python check:session=a\n3\n```\n"
    )
    assert [indices for _, indices in sessions(text)] == [[0], [1], [2]]


def test_only_broken_blocks_have_a_syntax_error() -> None:
    found = of_blocks("x = 1", "return x", "for x in y\n    x", "print(missing)")
    assert [found.syntax_error(index) is not None for index in range(5)] == [False, False, True, False, False]


def test_binders_are_the_earlier_blocks_of_the_session() -> None:
    text = (
        "```python\nx = 1\n```\n\n```python check:session=a\nx = 2\n```\n\n```python\nx = 3\n```\n\n"
        "```python\ny = x\n```\n\n```python\nx = 4\n```\n"
    )
    found = analysis(text)
    assert list(found.binders("x", before=3)) == [2, 0]
    assert list(found.binders("z", before=3)) == []


def test_session_names_are_those_of_all_its_blocks() -> None:
    found = of_blocks("x = 1", "y = x")
    assert found.session_names[0] == {"x", "y"}


@pytest.mark.parametrize(
    ("code", "wrong", "right"),
    [("x = 1", False, False), ("# ❌ WRONG\nx = 1", True, False), ("# ✅ RIGHT\nx = 1", False, True)],
)
def test_marked_lines(code: str, wrong: bool, right: bool) -> None:
    found = of_blocks(code)
    block = found.lesson.blocks[0]
    assert (bool(found.wrong_lines(block)), bool(found.right_lines(block))) == (wrong, right)


def test_blocks_in_other_languages_are_shown_wrong_too_but_only_python_is_held_against_being_right() -> None:
    found = analysis("```bash\n# ❌ WRONG\nls\n```\n\n```bash\n# ✅ RIGHT\nls\n```\n")
    assert found.wrong_lines(found.lesson.blocks[0]) == {2: "❌ WRONG"}
    assert found.right_lines(found.lesson.blocks[1]) == {}
