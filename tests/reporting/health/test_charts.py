import pytest

from checker.reporting.health.page.charts import HEIGHT, WIDTH, trend_line, widths


def test_a_line_goes_from_left_to_right_between_its_bounds() -> None:
    line = trend_line([0.0, 50.0, 100.0], 0.0, 100.0)
    assert line.points == "6.0,74.0 150.0,40.0 294.0,6.0"
    assert (line.last_x, line.last_y) == (294.0, 6.0)
    assert line.area.startswith("6.0,74 ")
    assert line.area.endswith(" 294.0,74")


@pytest.mark.parametrize("values", [[5.0], [5.0, 5.0], [0.0, 0.0, 0.0]])
def test_a_level_line_stays_in_its_box(values: list[float]) -> None:
    line = trend_line(values, min(values), max(values))
    assert 0 <= line.last_x <= WIDTH
    assert 0 <= line.last_y <= HEIGHT


@pytest.mark.parametrize(
    ("parts", "placed"),
    [
        ([], []),
        ([0, 0], [(0.0, 0.0), (0.0, 0.0)]),
        ([1, 1], [(0.0, 50.0), (50.0, 50.0)]),
        ([0, 3, 1], [(0.0, 0.0), (0.0, 75.0), (75.0, 25.0)]),
    ],
)
def test_the_parts_of_a_bar(parts: list[int], placed: list[tuple[float, float]]) -> None:
    assert widths(parts, 100) == placed


def test_what_is_little_is_seen_and_the_bar_is_no_longer_for_it() -> None:
    (_, first), (begin, last) = widths([10_000, 1], 100)
    assert last >= 1.9
    assert begin + last <= 100.1
    assert first < 100
