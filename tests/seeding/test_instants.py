"""Moments as milliseconds."""

import pytest

from checker.seeding.instants import milliseconds


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0, 0),
        ("1970-01-01", 0),
        ("2025-01-06T09:00:00.5Z", 1736154000500),
        ("2025-01-06T09:00:00-05:00", 1736172000000),
        (253_402_300_799_999, 253_402_300_799_999),
    ],
)
def test_moments(value: object, expected: int) -> None:
    assert milliseconds(value) == expected


@pytest.mark.parametrize(
    "value", [None, 1.5, True, "soon", "1969-12-31", -1, 10**15, "0001-01-01T00:00:00+14:00"]
)
def test_what_is_none(value: object) -> None:
    with pytest.raises(ValueError, match=r"no moment|not between"):
        milliseconds(value)
