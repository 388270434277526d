"""Code replaced in its lesson: the block holds what was asked for, and nothing else in the file changes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.fixing.edits import apply_edits
from checker.model import Block, Lesson
from checker.reading.code_edits import CodeEditError, edit_code, replace_code
from checker.reading.lesson import parse_lesson

CODE = "a = 1\n\nif a:\n    b = 2\n"
# Each holds CODE once, in its own surroundings.
PLACES = {
    "alone": "```py\n{}```\n",
    "in a list": "- x\n\n  ```py\n{:  }  ```\n",
    "beside a marker": "1. ```py\n{:   }   ```\n",
    "in a quote": "> ```py\n{:> }> ```\n",
    "in a quote in a list": "* > ```py\n{:  > }  > ```\n",
    "beside the marker of an item in a quote": ">- ```py\n{:>   }>   ```\n",
    "in a footnote": "[^a]: x\n\n    ```py\n{:    }    ```\n",
    "beside a footnote's label": "[^a]: ```py\n{:    }    ```\n",
    "indented in a tag": "<A>\n    ```py\n{:    }    ```\n</A>\n",
    "indented by tabs": "<A>\n\t```py\n{:\t}\t```\n</A>\n",
    "with tildes, at the end": "~~~py\n{}~~~",
}


def fill(place: str) -> str:
    """The place with CODE in it; its braces say what each line of code begins with."""
    before, _, rest = place.partition("{")
    prefix, _, after = rest.partition("}")
    prefix = prefix.removeprefix(":")
    lines = [prefix + line if line else prefix.rstrip(" \t") for line in CODE.split("\n")[:-1]]
    return "".join((before, *(f"{line}\n" for line in lines), after))


def parse(text: str) -> tuple[Lesson, Block]:
    lesson = parse_lesson("a.mdx", text)
    (block,) = lesson.blocks
    return lesson, block


def code_after(text: str, code: str) -> str:
    lesson, block = parse(text)
    return parse(apply_edits(text, [replace_code(lesson, block, code)]))[1].code


TEXTS = [pytest.param(fill(place), id=name) for name, place in PLACES.items()]
ALL_TEXTS = [fill(place) for place in PLACES.values()]
NEW_CODE = st.lists(
    st.sampled_from(["", "a = 1", "    b = 2", "if a:", "\tc", "> d", "- e", "# ж", "``", "x\u2028y"]),
    min_size=1,
    max_size=6,
).map("\n".join)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_the_same_code_changes_no_byte(text: str, ending: str) -> None:
    text = text.replace("\n", ending)
    lesson, block = parse(text)
    assert block.code == CODE.rstrip("\n")
    edit = replace_code(lesson, block, block.code)
    assert (edit.text, edit.span.start) == ("", edit.span.end)
    assert apply_edits(text, [edit]) == text
    # Each line's code stands where the map says.
    for number, line in enumerate(block.code.split("\n"), start=1):
        span = lesson.code_span(block, number, 0, number, len(line))
        assert text[span.start : span.end] == line


@settings(deadline=None, max_examples=200)
@given(st.sampled_from(ALL_TEXTS), st.sampled_from(["\n", "\r\n"]), NEW_CODE)
def test_other_code_is_what_the_block_then_holds(text: str, ending: str, code: str) -> None:
    text = text.replace("\n", ending)
    lesson, block = parse(text)
    edit = replace_code(lesson, block, code)
    after, changed = parse(apply_edits(text, [edit]))
    assert changed.code == code
    assert changed.closed
    assert changed.parents == block.parents
    # What is not code stays: all before the first line of it, and the closing fence with what follows.
    assert after.text.startswith(text[: block.span.start])
    assert after.text.endswith(text[block.lines[-1].offset + len("    b = 2") :])


def test_part_of_a_line_is_edited_at_its_column() -> None:
    lesson, block = parse(fill(PLACES["in a quote in a list"]))
    edit = edit_code(lesson, block, (4, 8), (4, 9), "3")
    assert lesson.text[edit.span.start : edit.span.end] == "2"
    assert (edit.text, edit.span.line, edit.span.column) == ("3", 5, 13)


def test_last_lines_go_with_the_line_ending_before_them() -> None:
    lesson, block = parse(fill(PLACES["in a list"]))
    edit = edit_code(lesson, block, (3, 0), (5, 0), "")
    assert apply_edits(lesson.text, [edit]) == "- x\n\n  ```py\n  a = 1\n\n  ```\n"


def test_all_lines_may_go() -> None:
    lesson, block = parse("```py\na\n```\n")
    assert apply_edits(lesson.text, [edit_code(lesson, block, (1, 0), (2, 0), "")]) == "```py\n\n```\n"


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("```py\n```\n", "```py\nx\n\ny\n```\n"),
        ("- ```py\r\n  ```\r\n", "- ```py\r\n  x\r\n\r\n  y\r\n  ```\r\n"),
        ("> ```py\r> ```\r", "> ```py\r> x\r>\r> y\r> ```\r"),
        ("```py", "```py\nx\n\ny"),
    ],
)
def test_a_block_without_lines_gets_its_first(text: str, filled: str) -> None:
    lesson, block = parse(text)
    assert apply_edits(text, [replace_code(lesson, block, "x\n\ny")]) == filled
    assert apply_edits(text, [replace_code(lesson, block, "")]) == text


def test_half_a_tab_stays_the_items() -> None:
    # The tab's first two columns are the item's indent, the others are code.
    text = "- x\n\n  ```py\n\ta\n\tb\n  ```\n"
    lesson, block = parse(text)
    assert block.code == "  a\n  b"
    changed = apply_edits(text, [replace_code(lesson, block, "a\n  b")])
    assert changed == "- x\n\n  ```py\n  a\n\tb\n  ```\n"
    assert code_after(text, " a\n b") == " a\n b"
    assert code_after(text, "  a\nb") == "  a\nb"


@pytest.mark.parametrize("code", ["```", "a\n  `````  ", "a\r\nb", "\0"])
def test_what_would_not_stay_code_is_refused(code: str) -> None:
    lesson, block = parse("```py\nx\n```\n")
    with pytest.raises(CodeEditError):
        replace_code(lesson, block, code)
