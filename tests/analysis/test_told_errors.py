"""Words below a block, or right above it, that say what it raises."""

import pytest

from checker.analysis.told_errors import comments_error, tells_error
from checker.reading.lesson import parse_lesson

BLOCK = "```python\nbrew()\n```\n\n"


def told(below: str, raised: str = "TypeError") -> bool:
    lesson = parse_lesson("a.mdx", BLOCK + below)
    return tells_error(lesson, lesson.blocks[0], raised)


@pytest.mark.parametrize(
    "below",
    [
        "",
        "Tea.",
        "A `TypeError` is an exception.",
        "See `TypeError` in Python's manual.",
        "If this raises a TypeError, look again.",
        "When you see a `TypeError` here, there is no cup.",
        "This does not raise a TypeError.",
        "It doesn't raise a TypeError.",
        "In older versions this raised a TypeError.",
        "Это больше не вызывает TypeError.",
        "Если возникнет TypeError, посмотрите ещё раз.",
        "This raises a KeyError.",
        "This raises a MyTypeError.",
        "## This raises a TypeError",
        "```python\npour()\n```\n\nThis raises a TypeError.",
        "Tea.\n\nThis raises a TypeError.",
        "Tea " * 200 + "raises a TypeError.",
    ],
)
def test_these_do_not(below: str) -> None:
    assert not told(below)


@pytest.mark.parametrize(
    "below",
    [
        "This raises a `TypeError`.",
        "The call fails with a TypeError, because there is no cup.",
        "Tea. A cup that is not there gives a **TypeError**.",
        "We get `builtins.TypeError` here.",
        "You will see a `TypeError`.",
        "The result is a TypeError.",
        "Вызов упадёт с `TypeError`.",
        "Получаем TypeError, потому что чашки нет.",
        "This raises a TypeError:\n\n```python\npour()\n```",
    ],
)
def test_these_do(below: str) -> None:
    assert told(below)


def announced(above: str, raised: str = "TypeError") -> bool:
    lesson = parse_lesson("a.mdx", above + BLOCK)
    return tells_error(lesson, lesson.blocks[-1], raised)


@pytest.mark.parametrize(
    "above",
    [
        "Tea:\n\n",
        "To avoid a `TypeError`, ask for the cup first:\n\n",
        "Otherwise we get a `TypeError`:\n\n",
        "Чтобы не получить `TypeError`, сначала спросим:\n\n",
        "The call above raised a `TypeError`. Now with a cup:\n\n",
        "This does not raise a `TypeError`:\n\n",
        "The next call raises a `TypeError`.\n\n",
        "The next call raises a `KeyError`:\n\n",
        "This raises a `TypeError`:\n\nFirst:\n\n",
        "This raises a `TypeError`:\n\n```python\npour()\n```\n\n",
        "## This raises a TypeError:\n\n",
    ],
)
def test_these_lead_up_to_something_else(above: str) -> None:
    assert not announced(above)


@pytest.mark.parametrize(
    "above",
    [
        "The next call raises `TypeError`, because there is no cup:\n\n",
        "Tea is hot. If there is no cup, a `TypeError` is raised:\n\n",
        "Python raises a `TypeError` when a cup is missing:\n\n",
        "Следующий вызов упадёт с `TypeError`:\n\n",
        "Без чашки... Налить мимо — вызвать ошибку `TypeError`:\n\n",
    ],
)
def test_these_lead_up_to_it(above: str) -> None:
    assert announced(above)


def test_the_module_of_a_type_need_not_be_said() -> None:
    assert told("This raises a `CupError`.", "shop.CupError")
    assert told("This raises a `tea.CupError`.", "shop.CupError")


def commented(code: str, *lines: int, raised: str = "shop.CupError") -> bool:
    lesson = parse_lesson("a.mdx", f"```python\n{code}\n```\n")
    return comments_error(lesson.blocks[0], lines, raised)


@pytest.mark.parametrize(
    "code",
    [
        "brew()",
        "brew()\npour()  # CupError: no cup",
        "brew()\n# CupError would be better",
        "brew()\n# a CupError",
        "brew()  # a CupError\n",
        "brew('#CupError')",
        "brew()\n# TeaCupError: no cup",
        "brew()\n\n# CupError: no cup",
        "brew()\npour()\n# CupError: no cup",
    ],
)
def test_these_comments_do_not(code: str) -> None:
    assert not commented(code, 2, 0, 90)


@pytest.mark.parametrize(
    "code",
    [
        "brew()\n# CupError: no cup",
        "brew()  # raises CupError",
        "brew('#')  # CupError",
        "brew()\n# shop.CupError",
        "brew()\n  # -> raises CupError('no cup')",
        "brew()\n# one\n# CupError!",
        "def brew():\n    raise CupError\nbrew()\n# ❌ CupError",
    ],
)
def test_these_comments_do(code: str) -> None:
    assert commented(code, 2, 4)
