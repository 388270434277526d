"""Numbers are the same to the digits that are shown."""

import pytest

from checker.comparing.numbers import same_number

SAME = [
    ("3", "3"),
    ("3.14", "3.14159"),
    ("3.1416", "3.14159"),
    ("0.66", "0.6666"),
    ("0.67", "0.6666"),
    ("2.5", "2.50"),
    ("5", "5.0"),
    ("5.0", "5"),
    ("1,234", "1234"),
    ("1e3", "1000.0"),
    ("0.30000000000000004", "0.3"),
    ("0.333333", "0.33333333"),
    ("0.33333333", "0.333333"),
    ("12.5%", "12.49%"),
    ("1700000000", "1712345678"),
    ("\u22121.5", "-1.5"),
    ("9" * 500, "9" * 500),
]
OTHERS = [
    ("3", "4"),
    ("5", "5.25"),
    ("0.34", "0.3333"),
    ("0.75", "0.8"),
    ("12.5%", "12.5"),
    ("-1", "1"),
    ("1700000000", "1700000000000"),
    ("9" * 500, "9" * 499 + "8"),
    ("1e999999999999", "2e999999999999"),
    ("0.1", "1e999999"),
]


@pytest.mark.parametrize(("shown", "printed"), SAME)
def test_they_are_the_same(shown: str, printed: str) -> None:
    assert same_number(shown, printed)


@pytest.mark.parametrize(("shown", "printed"), OTHERS)
def test_they_are_not(shown: str, printed: str) -> None:
    assert not same_number(shown, printed)
