from checker.lazy import LazySequence


def test_a_made_sequence_is_like_the_sequence_of_what_is_made() -> None:
    made = LazySequence([1, 2, 3], str)
    assert (len(made), made[0], made[-1], list(made)) == (3, "1", "3", ["1", "2", "3"])
    assert made == ("1", "2", "3")
    assert made[1:] == ["2", "3"]
    assert made != ["1", "2"]
    assert made != ["1", "2", "4"]
    assert made != 3


def test_nothing_is_made_before_it_is_asked_for() -> None:
    asked: list[int] = []
    made = LazySequence([1, 2, 3], asked.append)
    assert asked == []
    assert made[1] is None
    assert asked == [2]
