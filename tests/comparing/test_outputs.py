"""Where an output block and what was printed part."""

import pytest

from checker.comparing.outputs import Difference, begins_alike, difference
from checker.comparing.texts import TooLongError


def found(shown: str, printed: str, errors: str = "") -> tuple[str, int, str, str] | None:
    parted = difference(shown, printed, errors)
    return None if parted is None else (parted.way, parted.line, parted.shown, parted.printed)


def test_no_difference() -> None:
    assert found("", "") is None
    assert found("a\nb", "a\nb\n") is None
    assert found("a\nlog 1", "a\n", "log 1\n") is None
    assert found("[2 rows x 12 columns]\na", "a") is None
    assert found("0 1 2 ... 9\na", "0 1 ... 8 9\na") is None
    assert found("TeaWarning: cold\na", "a\n", "/x/a.mdx:3: TeaWarning: cold\n  warn()\n") is None
    assert (
        found("/home/me/a.py:1: TeaWarning: cold\n  warn()\na", "a", "a.mdx:3: TeaWarning: cold\n  warn()")
        is None
    )


def test_the_first_line_that_differs() -> None:
    assert found("a\nb\nc", "a\nx\nc") == ("other", 1, "b", "x")
    assert found("a\n\nb", "a\nx") == ("other", 2, "b", "x")
    assert found("a\nb", "a") == ("other", 1, "b", "")
    assert found("a\n...\nb", "a\nx\ny") == ("other", 2, "b", "")
    assert found("a\n...\nb\nc", "a\nx\nb\nd") == ("other", 3, "c", "d")
    assert found("", "a") == ("other", 0, "", "a")
    assert found("a\n...\nb\n[4 rows]", "a\nb\nb\n[3 rows]") == ("other", 3, "[4 rows]", "[3 rows]")
    assert found("1 1\n.. ...\n9 9\n3 rows", "1 1\n2 2\n9 9\n4 rows") == ("other", 3, "3 rows", "4 rows")
    assert found("a\n...\nc\n...\nd", "a\nb\nc\ne") == ("other", 4, "d", "")
    assert found("a\n...\nx\ny\nd", "a\nd") == ("other", 2, "x", "")
    assert found("a\nx\n...\nd", "a\nb\nd") == ("other", 1, "x", "b")
    assert found("TeaWarning: hot\na", "a", "a.mdx:3: TeaWarning: cold\n") == (
        "other",
        0,
        "TeaWarning: hot",
        "a",
    )
    assert found("a b\n1 ... 2", "a b\n3 ... 4") == ("other", 1, "1 ... 2", "3 ... 4")


def test_lines_that_are_left_out() -> None:
    assert found("a\nc", "a\nb\nc") == ("partial", 1, "c", "b")
    assert found("a", "a\nb") == ("partial", 0, "a", "b")
    assert found("a\n...\nc", "a\nb\nc\nd") == ("partial", 2, "c", "d")


def test_another_order() -> None:
    assert found("a\nb", "b\na") == ("order", 0, "a", "b")
    assert found("a\nb\nb", "b\na\na") == ("other", 0, "a", "b")


def test_a_traceback_that_the_lesson_prints_is_compared_without_its_frames() -> None:
    shown = (
        'a\nTraceback (most recent call last):\n  File "x.py", line 3, in <module>\n    f()\nTeaError: cold'
    )
    printed = 'Traceback (most recent call last):\n  File "a.mdx", line 9, in <module>\n    g()\n'
    assert found(shown, "a", f"{printed}TeaError: cold\n") is None
    assert found(shown, "a", f"{printed}TeaError: hot\n") == ("other", 4, "TeaError: cold", "")
    assert found(shown, "a", "TeaError: cold\n") is not None


def test_what_was_logged_is_no_difference_and_what_was_not_is_one() -> None:
    assert found("log 1\nb", "a\n", "log 1\nlog 2\n") == ("other", 1, "b", "a")
    assert found("log 1", "a\n", "log 1\n") == ("other", 0, "", "a")


def test_how_much_of_it_was_printed() -> None:
    parted = difference("a\n{\nb\n}\nc\nd", "a\n{\nb\n}\nx\ny")
    assert isinstance(parted, Difference)
    assert parted.share == 0.5
    nothing = difference("{\n}", "x")
    assert nothing is not None
    assert nothing.share == 0.0


@pytest.mark.parametrize(
    ("shown", "printed", "alike"),
    [
        ("1\n2\n3", "1\n2", True),
        ("1\n2", "1\n2\n3", True),
        ("2", "1\n2\n3", True),
        ("tea\n1", "mate\n1", False),
    ],
)
def test_pieces_of_what_never_ends(shown: str, printed: str, alike: bool) -> None:
    assert begins_alike(shown, printed) is alike


def test_many_lines_take_no_longer_than_they_must() -> None:
    lines = "\n".join(f"line {i} of tea" for i in range(1_000))
    others = "\n".join(f"line {i} of tea" for i in range(10_000, 11_000))
    assert found(lines, others) == ("other", 0, "line 0 of tea", "line 10000 of tea")
    with pytest.raises(TooLongError):
        difference("x\n" * 60_000, "x\n")
