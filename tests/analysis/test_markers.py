"""What is shown wrong on purpose: which lines a marker covers, and where it ends."""

import pytest

from checker.analysis.marker_words import OwnWords
from checker.analysis.markers import marked_lines
from checker.reading.lesson import parse_lesson


def marked(text: str) -> list[list[str]]:
    """The lines shown wrong, for each block."""
    lesson = parse_lesson("lesson.mdx", text)
    return [
        [block.code.split("\n")[line - 1].strip() for line in marked_lines(lesson, block).wrong]
        for block in lesson.blocks
    ]


def in_code(code: str) -> list[str]:
    return marked(f"Text.\n\n```python\n{code}\n```\n")[0]


SILENT_CODE = {
    "no marker": "a = 1\nb = 2",
    "data talk": "# drop bad rows\na = 1\n# wrong values become NaN\nb = 2",
    "in a string": 'print("❌ WRONG")\na = 1\ntext = """\n# wrong\n"""\nb = 2',
    "a right way": "# ✅ right\na = 1\n\n# do\nb = 2",
    "prints before and after": "# before\nprint(a)\na = 1\n# after\nprint(a)",
    "an echo before and after": "# Before:\ndf\n# After:\ndf.head()",
    "only comments": "# ❌ WRONG\n# a = 1",
    "nothing": "",
}


@pytest.mark.parametrize("code", SILENT_CODE.values(), ids=SILENT_CODE.keys())
def test_marks_nothing(code: str) -> None:
    assert in_code(code) == []


# Each line that is shown wrong begins with `w`, every other with `r`.
SCOPES = {
    "until the right way": "# ❌ WRONG\nw1\n# ✅ RIGHT\nr1",
    "until the paragraph ends": "# ❌ WRONG\nw1\nw2\n\nr1",
    "a blank line below the marker": "# WRONG\n\nw1\n\nr1",
    "after the paragraph, the right way": "r0\n\n# Incorrect in pandas 3\nw1\n\n# Correct\nr1\n\nr2",
    "a function, to its end": "# Плохо\ndef w1():\n    w2\n\n    w3\n\nr1",
    "inside a function": "def r0():\n    # don't\n    w1\n    w2\n    # do\n    r1\nr2",
    "dedented": "if r0:\n    # wrong\n    w1\nr1",
    "a call over several lines": "# bad:\nw1(\n    w2,\n\n    w3,\n)\n\nr1".replace("\n)", "\n)  # w"),
    "at the end of a line": "w1  # ❌ chained\nr1\nw2  # raises TypeError\nr2",
    "the right way inside the wrong": "# НЕПРАВИЛЬНО\nw1\nr1  # ✅\nw2",
    "two markers": "# 👎\nw1\n# 🚫\nw2\n# 👍\nr1",
    "a banner, to the next": "# ---- WRONG ----\nw1\n\nw2\n\n# ---- RIGHT ----\nr1",
    "a rule below": "# === Wrong ===\nw1\n\nw2\n# ======\nr1",
    "an explanation below the marker": "# ❌ WRONG\n# the copy is changed, use .loc instead of this here\nw1",
    "the old way commented out": "# Раньше:\n# x = 1\n# Теперь:\nr1",
    "before and after": "# Before\nw1 = 1\n\n# After\nr1 = 1",
    "an error that Python shows": "w1\n# KeyError: 'age'\nr1",
    "an error of a line that is wrong anyway": "w1  # WRONG\n# KeyError: 'age'\nr1",
    "an error that is announced": "# KeyError: no such column\nw1",
    "a console": ">>> # wrong\n>>> w1\n>>> # right\n>>> r1",
    "a string that is not closed": "r0 = '\n# wrong\nw1",
}


@pytest.mark.parametrize("code", SCOPES.values(), ids=SCOPES.keys())
def test_a_comment_marks(code: str) -> None:
    expected = [
        line.strip()
        for line in code.split("\n")
        if line.lstrip("> ").removeprefix("def ").startswith("w") or line.endswith("# w")
    ]
    assert in_code(code) == expected


BLOCKS = {
    "the sentence above": ("So we never write this. Don't do this:", [["a"], []]),
    "the sentence above, in Russian": ("Типичная ошибка — так делать нельзя:", [["a"], []]),
    "a version": ("**Раньше (pandas < 3.0):**", [["a"], []]),
    "a sign": ("❌ **Wrong**", [["a"], []]),
    "a label and its explanation": ("**Wrong:**\n\nIt changes a copy.", [["a"], []]),
    "a comment between": ("Wrong:\n\n{/* a note */}", [["a"], []]),
    "a list item": ("- ❌ Wrong:", [["a"], []]),
    "a heading": ("### ❌ Anti-pattern", [["a"], ["b"]]),
    "a heading, with text below": ("### Wrong way\n\nHere it is.", [["a"], ["b"]]),
    "a heading without a marker": ("### Common mistakes", [[], []]),
    "a heading about trouble": ("### Error: port in use", [[], []]),
    "data talk": ("We drop the bad rows:", [[], []]),
    "a question": ("Проверим, правильно ли посчитано:", [[], []]),
    "before, and the data": ("Before we start:", [[], []]),
    "a sentence earlier": ("This is the wrong way.\n\nNow something else.", [[], []]),
    "the right way": ("Wrong is easy. The right way:", [[], []]),
    "nothing above": ("", [[], []]),
}


@pytest.mark.parametrize(("above", "expected"), BLOCKS.values(), ids=BLOCKS.keys())
def test_prose_marks(above: str, expected: list[list[str]]) -> None:
    text = f"{above}\n\n```python\na\n```\n\nMore of it.\n\n```python\nb\n```\n"
    assert marked(text) == expected


def test_the_next_heading_ends_a_heading() -> None:
    assert marked("## Bad\n\n```python\na\n```\n\n## Next\n\n```python\nb\n```\n") == [["a"], []]


@pytest.mark.parametrize("advice", ["**Правильно:**", "Use `.loc`:", "Используйте `.loc`.", "Better:"])
def test_the_right_way_ends_a_heading(advice: str) -> None:
    text = f"## Bad\n\n```python\na\n```\n\n{advice}\n\n```python\nb\n```\n\nMore.\n\n```python\nc\n```\n"
    assert marked(text) == [["a"], [], []]


def test_a_heading_far_above_is_forgotten() -> None:
    text = "## Bad\n\n" + "One more paragraph.\n\n" * 30 + "```python\na\n```\n"
    assert marked(text) == [[]]


def test_a_comment_ends_what_the_prose_says() -> None:
    assert marked("Wrong:\n\n```python\na\n# right\nb\n\nc\n```\n") == [["a"]]


def test_a_paragraph_ends_and_the_prose_still_holds() -> None:
    assert marked("Wrong:\n\n```python\na\n# wrong\nb\n\nc\n```\n") == [["a", "b", "c"]]


def test_prose_about_the_data_before_marks_nothing() -> None:
    assert marked("Before:\n\n```python\nprint(a)\nb = 1\n```\n") == [[]]


@pytest.mark.parametrize(
    ("meta", "expected"),
    [('title="wrong.py"', []), ('title="Wrong"', ["a"]), ("Incorrect", ["a"]), ("Correct", []), ("{1}", [])],
)
def test_a_title_marks(meta: str, expected: list[str]) -> None:
    assert marked(f"Text.\n\n```python {meta}\na\n```\n") == [expected]


def test_a_directive_marks_all() -> None:
    text = "{/* check: wrong */}\n\n```python\n# fine\na\n\n# right\nb\n```\n"
    lesson = parse_lesson("lesson.mdx", text)
    assert marked_lines(lesson, lesson.blocks[0]).wrong == {
        2: "the `wrong` directive",
        5: "the `wrong` directive",
    }


def test_the_words_are_told() -> None:
    lesson = parse_lesson("lesson.mdx", "Text.\n\n```python\n# ❌ **Wrong**\na\n# ✅ Right:\nb\n```\n")
    assert dict(marked_lines(lesson, lesson.blocks[0]).wrong) == {2: "❌ Wrong"}
    assert dict(marked_lines(lesson, lesson.blocks[0]).right) == {4: "✅ Right:"}


@pytest.mark.parametrize(
    "text",
    [
        "# Tea\n\n```python\n# КАК У ДЕДА: до миграции\nbrew()\n```\n",
        "# Tea\n\nЧай, как у деда:\n\n```python\nbrew()\n```\n",
        "# Tea, как у деда\n\n```python\nbrew()\n```\n",
    ],
)
def test_a_course_has_words_of_its_own(text: str) -> None:
    lesson = parse_lesson("lesson.mdx", text)
    own = OwnWords(wrong=("как у деда",), right=("новый рецепт",))
    block = lesson.blocks[0]
    assert list(marked_lines(lesson, block, own).wrong) == [block.code.split("\n").index("brew()") + 1]
    assert marked_lines(lesson, lesson.blocks[0], own).right == {}


def test_words_of_its_own_for_the_right_way() -> None:
    lesson = parse_lesson("lesson.mdx", "# Tea\n\n```python\n# новый рецепт\nbrew()\n```\n")
    assert list(marked_lines(lesson, lesson.blocks[0], OwnWords(right=("Новый рецепт",))).right) == [2]
    assert marked_lines(lesson, lesson.blocks[0], OwnWords(right=("новый рец",))).right == {}
