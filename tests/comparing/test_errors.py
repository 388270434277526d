"""Exceptions as lessons show them."""

import pytest

from checker.comparing.errors import ShownError, last_line, shown_error, shows_error

SHORT = "tea\nTraceback (most recent call last):\n  ...\nshop.errors.CupError: no cup\n"
NOTEBOOK = (
    "-----------------------------------\nKeyError      Traceback (most recent call last)\n\nKeyError: 'a'"
)


@pytest.mark.parametrize("text", ["", "tea", "An Error: not one", "KeyError: 'a'\ntea", "error"])
def test_no_exception(text: str) -> None:
    assert shown_error(text) is None


def test_a_traceback_and_a_line() -> None:
    assert shown_error(SHORT) == ShownError("tea\n", "CupError", "no cup", is_traceback=True)
    assert shown_error(NOTEBOOK) == ShownError("", "KeyError", "'a'", is_traceback=True)
    assert shown_error("tea\nValueError") == ShownError("tea", "ValueError", "", is_traceback=False)


def test_a_text_shows_what_raised() -> None:
    assert not shows_error("", "KeyError", "'a'")
    assert not shows_error(SHORT, "KeyError", "no cup")
    assert not shows_error("CupError: no tea", "CupError", "no cup")
    assert not shows_error("CupError: " + "a" * 200_000, "CupError", "no cup")
    assert shows_error(SHORT, "other.CupError", "of another kind")
    assert shows_error("tea\nCupError: no cup", "shop.CupError", "no cup\nat all")
    assert shows_error("CupError", "CupError", "no cup")
    assert shows_error("CupError: no ...", "CupError", "no cup")


def test_last_lines() -> None:
    shown = shown_error("KeyError: 'a'")
    bare = shown_error("KeyError")
    assert shown is not None
    assert bare is not None
    assert last_line("KeyError", "'b'\nmore", shown) == ("KeyError: 'a'", "KeyError: 'b'")
    assert last_line("shop.CupError", "", shown) == ("KeyError: 'a'", "CupError")
    assert last_line("KeyError", "'b'", bare) == ("KeyError", "KeyError")
