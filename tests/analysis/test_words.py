import pytest

from checker.analysis.words import listed, quoted


@pytest.mark.parametrize(
    ("items", "text"),
    [
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "a"], "a and b"),
        (["a", "b", "c"], "a, b and c"),
        (list("abcde"), "a, b, c, d and e"),
        (list("abcdefg"), "a, b, c, d, e and 2 more"),
    ],
)
def test_listed(items: list[str], text: str) -> None:
    assert listed(items) == text


def test_quoted() -> None:
    assert quoted(["x", "y"]) == "`x` and `y`"
