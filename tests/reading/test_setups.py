"""Setups from the configuration, silent cases first."""

import pytest

from checker.analysis.lesson import analyze
from checker.reading.lesson import parse_lesson
from checker.reading.setups import Setup, give, giving

TEXT = "# A\n\n```python\nprint(df)\n```\n\n```sql\nSELECT 1\n```\n\n```python\nprint(df) # again\n```\n"
FRAME = Setup("lessons/*.mdx", "print(df)", "df = 1", "run.setups[0].before")


def setups(text: str, *given: Setup) -> list[str | None]:
    lesson = give(parse_lesson("a.mdx", text), given)
    found = [block.directive("setup") for block in lesson.blocks]
    return [each.value if each else None for each in found]


def test_without_setups_a_lesson_is_what_it_was() -> None:
    lesson = parse_lesson("a.mdx", TEXT)
    assert give(lesson, ()) is lesson
    assert giving(parse_lesson, (), str) is parse_lesson


def test_a_lesson_that_cannot_be_read_is_left_alone() -> None:
    lesson = parse_lesson("a.mdx", "")
    assert give(lesson, [FRAME]) is lesson


def test_other_blocks_have_none() -> None:
    assert setups(TEXT.replace("print", "show"), FRAME) == [None, None, None]
    assert setups(TEXT.replace("print", " print"), FRAME) == [None, None, None]


def test_the_author_s_own_setup_stays() -> None:
    own = "{/* check: setup\ndf = 2\n*/}\n\n" + TEXT[5:]
    assert setups(own, FRAME) == ["df = 2", None, "df = 1"]


def test_every_block_that_begins_so_has_it_and_the_first_that_fits_counts() -> None:
    other = Setup("**", "print(df) # again", "df = 3", "run.setups[1].before")
    assert setups(TEXT, FRAME, other) == ["df = 1", None, "df = 1"]
    assert setups(TEXT, other, FRAME) == ["df = 1", None, "df = 3"]


def test_it_stands_nowhere_in_the_lesson() -> None:
    block = give(parse_lesson("a.mdx", TEXT), [FRAME]).blocks[0]
    (setup,) = block.directives
    assert (setup.span.start, setup.span.end) == (block.span.start, block.span.start)


def test_a_setup_without_a_block_is_the_lesson_s_problem() -> None:
    lesson = give(parse_lesson("a.mdx", TEXT), [Setup("**", "nowhere", "", "run.setups[4].before")])
    (problem,) = lesson.problems
    assert (problem.rule, problem.span.line, problem.span.column) == ("unknown-directive", 1, 1)
    assert problem.message == "run.setups[4].before: no block of this lesson begins with it"


@pytest.mark.parametrize(("path", "value"), [("x/lessons/a.mdx", "df = 1"), ("x/other/a.mdx", None)])
def test_lessons_are_found_by_their_glob(path: str, value: str | None) -> None:
    parse = giving(parse_lesson, [FRAME], lambda path: path.removeprefix("x/"))
    setup = parse(path, TEXT, ()).blocks[0].directive("setup")
    assert (setup.value if setup else None) == value


def test_nobody_is_sent_to_a_file_of_the_configuration() -> None:
    text = "```python\nprint(json.dumps(1))\n```\n\n" + TEXT
    setup = Setup("**", "print(df)", "import json\ndf = 1", "run.setups[0].before")
    found = analyze(give(parse_lesson("a.mdx", text), [setup]))
    (missing,) = found.verdicts[0].missing
    assert (missing.name, missing.cause) == ("json", "nowhere")
    assert not found.verdicts[1].missing
