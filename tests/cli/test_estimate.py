import pytest

from checker.cli.estimate import Estimate, in_words


def estimate(total: int, seconds: dict[str, float], done: str) -> Estimate:
    made = Estimate(total, seconds)
    for label in done:
        made.advance(label)
    return made


def test_nothing_is_said_as_long_as_nobody_can_tell() -> None:
    assert estimate(10, {}, "").left(60) is None
    assert estimate(10, {}, "ab").left(60) is None
    assert estimate(10, {}, "abc").left(1) is None


def test_without_knowledge_it_is_the_pace_so_far() -> None:
    made = estimate(10, {}, "abcde")
    assert made.share == pytest.approx(0.5)
    assert made.left(30) == pytest.approx(30)


def test_what_takes_long_counts_for_more() -> None:
    seconds = {"a": 0.05, "b": 0.05, "c": 0.05, "d": 9.65}
    made = estimate(4, seconds, "abc")
    assert made.share == pytest.approx(0.03)
    assert made.left(3) == pytest.approx(97)


def test_an_unknown_step_is_taken_to_be_like_the_known_ones() -> None:
    made = estimate(4, {"a": 1.95, "b": 3.95}, "abc")
    assert made.share == pytest.approx(9 / 12)


def test_a_stage_without_steps_is_done() -> None:
    assert Estimate(0, {}).share == 1.0


def test_more_steps_than_were_said_are_not_more_than_all() -> None:
    assert estimate(1, {}, "abc").share == 1.0


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (None, ""),
        (0, "some seconds left"),
        (9.9, "some seconds left"),
        (44, "about 40 s left"),
        (100, "about 2 min left"),
        (3000, "about 50 min left"),
        (9000, "about 2.5 h left"),
    ],
)
def test_it_is_said_as_exactly_as_it_is_known(left: float | None, words: str) -> None:
    assert in_words(left) == words
