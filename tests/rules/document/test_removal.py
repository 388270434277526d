"""Directives taken out of a lesson's text."""

import pytest

from checker.fixing.edits import apply_edits
from checker.reading.lesson import parse_lesson
from checker.rules.document.removal import removal

FENCE = "```python\nx = 1\n```\n"


def without(text: str, path: str = "lesson.mdx") -> str:
    lesson = parse_lesson(path, text)
    found = [*lesson.directives, *(each for block in lesson.blocks for each in block.directives)]
    words = [each for each in found if each.word in ("ignore", "because")]
    assert words
    return apply_edits(text, removal(lesson, words))


IGNORE = 'ignore=PAN because="old */ way"'


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"{{/* check: {IGNORE} */}}\n{FENCE}", FENCE),
        (f"Text\n\n  {{/* check: {IGNORE} */}}  \r\n\n{FENCE}", f"Text\n\n\n{FENCE}"),
        (f"{{/* check: {IGNORE} timeout=5s */}}\n{FENCE}", f"{{/* check: timeout=5s */}}\n{FENCE}"),
        (f"{{/* check: timeout=5s\n {IGNORE} */}}\n{FENCE}", f"{{/* check: timeout=5s\n */}}\n{FENCE}"),
        (f"{{/* check-lesson: {IGNORE} */}}\n\nText\n\n{FENCE}", f"\nText\n\n{FENCE}"),
        (
            f"> {{/* check: {IGNORE} */}}\n> ```python\n> x = 1\n> ```\n",
            "> \n> ```python\n> x = 1\n> ```\n",
        ),
        (
            '```python title="a b.py" check:ignore=PAN check:because="why" x\nx = 1\n```\n',
            '```python title="a b.py" x\nx = 1\n```\n',
        ),
        ('```python check:because="why" check:ignore=PAN\nx = 1\n```\n', "```python\nx = 1\n```\n"),
    ],
)
def test_the_words_go_and_the_rest_stays(text: str, left: str) -> None:
    assert without(text.replace("old */ way", "old way")) == left


def test_markdown_comments() -> None:
    assert without(f"<!-- check: {IGNORE.replace('*/ ', '')} -->\n{FENCE}", "lesson.md") == FENCE
