import pytest

from checker.units import parse_duration, parse_size


@pytest.mark.parametrize("text", ["", "10", "s", "-1s", "0s", "1h", "1 000ms", "١s", "1e9s", "10s ", "1.s"])
def test_what_is_no_duration_says_what_is_wanted(text: str) -> None:
    with pytest.raises(ValueError, match="is not a duration such as 500ms, 10s or 2m"):
        parse_duration(text)


@pytest.mark.parametrize(("text", "seconds"), [("500ms", 0.5), ("10s", 10.0), ("2m", 120.0), ("1.5 s", 1.5)])
def test_durations(text: str, seconds: float) -> None:
    assert parse_duration(text) == seconds


@pytest.mark.parametrize("text", ["1", "1GB", "1gib", "0MiB", "-1MiB", "MiB"])
def test_what_is_no_size_says_what_is_wanted(text: str) -> None:
    with pytest.raises(ValueError, match="is not a size such as 512KiB, 256MiB or 1GiB"):
        parse_size(text)


@pytest.mark.parametrize(
    ("text", "size"), [("1B", 1), ("512KiB", 512 << 10), ("256MiB", 256 << 20), ("1.5GiB", 3 << 29)]
)
def test_sizes(text: str, size: int) -> None:
    assert parse_size(text) == size
