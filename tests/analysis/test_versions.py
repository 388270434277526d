"""For which versions of pandas a lesson makes its claims."""

import pytest

from checker.analysis.versions import is_claimed_for
from checker.reading.lesson import parse_lesson


def claimed(words: str, version: str | None, above: str = "") -> bool:
    lesson = parse_lesson("a.mdx", f"{above}\n\n{{/* check: {words} */}}\n```python\n1\n```\n")
    assert lesson.problems == ()
    return is_claimed_for(lesson, lesson.blocks[0], version)


@pytest.mark.parametrize(
    ("words", "version", "holds"),
    [
        ("run", "2.3.3", True),
        ("run", None, True),
        ('pandas=">=3.1"', "3.1.0", True),
        ('pandas=">=3.1"', "3.0.9", False),
        ('pandas=">=3.1"', "3.10.0rc1", True),
        ('pandas=">=3.1"', None, False),
        ('pandas=">3.0"', "3.0.1", False),
        ('pandas=">3.0"', "3.1", True),
        ('pandas="<3"', "2.3.3", True),
        ('pandas="<3"', "3.0.0", False),
        ('pandas="<=2.3"', "2.3.3", True),
        ('pandas="<=2.3"', "3.0", False),
        ('pandas="==3.1.*"', "3.1.2", True),
        ("pandas=3", "3.1.2", True),
        ("pandas=3", "30.1", False),
        ('pandas="!=3.0"', "3.0.1", False),
        ('pandas="!=3.0"', "3.1", True),
        ('pandas="~=3.1"', "3.4", True),
        ('pandas="~=3.1"', "4.0", False),
        ('pandas=">=2.2, <3"', "2.3.3", True),
        ('pandas=">=2.2,<3"', "3.1", False),
        ('pandas=">=3"', "unknown", False),
    ],
)
def test_a_block(words: str, version: str | None, holds: bool) -> None:
    assert claimed(words, version) is holds


def test_the_lesson_speaks_for_its_blocks_and_a_block_for_itself() -> None:
    above = '{/* check-lesson: pandas=">=3" */}'
    assert not claimed("run", "2.3", above)
    assert claimed('pandas="<3"', "2.3", above)
