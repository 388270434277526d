"""Code for Python 2 is no broken Python where the lesson says what it is."""

import pytest

from tests.analysis.lessons import analysis

PRINT = 'print "a", b'


def kind(text: str) -> str:
    return analysis(text).verdicts[0].kind


@pytest.mark.parametrize(
    "code",
    [
        PRINT,
        "for a in b:\n    print a",
        'exec "a"',
        "try:\n    a()\nexcept (A, B), e:\n    pass",
        'raise A, "b"',
        "a <> b",
        "`a` + b",
        "a = 10L",
        "a = 0777",
        "a = ur'b'",
    ],
)
def test_it_is_written_so(code: str) -> None:
    found = analysis(f"## Python 2.7\n\n```python\n{code}\n```\n").verdicts[0]
    assert (found.kind, found.reason) == ("not-code", "code for Python 2")


@pytest.mark.parametrize(
    "above",
    [
        "In Python 2 it was so:",
        "# Python 2.x\n\n## Printing",
        "## Python 2 and 3\n\nFirst.\n\nSecond.",
        "В python2:",
    ],
)
def test_what_stands_above_says_it(above: str) -> None:
    assert kind(f"{above}\n\n```python\n{PRINT}\n```\n") == "not-code"


@pytest.mark.parametrize(
    "above",
    [
        "",
        "In Python 3:",
        "Python 2024",
        "Python 2.12",
        "# Python 2\n\n# Other",
        "Python 2\n\nText.",
        "## Python 2\n\n# A\n\n## B",
    ],
)
def test_nothing_above_says_it(above: str) -> None:
    assert kind(f"{above}\n\n```python\n{PRINT}\n```\n") == "broken"


@pytest.mark.parametrize("code", ["def f(:", "print('a'", "x = = 1"])
def test_it_is_wrong_in_both(code: str) -> None:
    assert kind(f"## Python 2\n\n```python\n{code}\n```\n") == "broken"
