"""The word that was meant: the nearest, and none when none is near."""

import subprocess
import sys
from difflib import get_close_matches

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.spelling import did_you_mean, nearest, nearest_in_any_case

WORDS = ("timeout", "session", "setup", "Setup time")


@pytest.mark.parametrize("word", ["", "x", "kitchen", "TIMEOUT"])
def test_what_is_like_nothing_is_near_nothing(word: str) -> None:
    assert nearest(word, WORDS) == ""


def test_nothing_is_near_where_nothing_is_known() -> None:
    assert nearest("timeout", ()) == nearest_in_any_case("timeout", ()) == ""


def test_the_nearest_of_several() -> None:
    assert nearest("sesion", WORDS) == "session"
    assert nearest("stup", ["step", "setup", "stub"]) == "setup"


def test_how_much_alike_they_have_to_be_is_asked_for() -> None:
    assert nearest("time", WORDS) == "timeout"
    assert nearest("time", WORDS, alike=0.8) == ""
    assert nearest("kitchen", ["oven"], alike=0.0) == "oven"


def test_capitals_can_be_passed_over_and_the_word_is_named_as_it_is_known() -> None:
    assert nearest_in_any_case("SETUP TIM", WORDS) == "Setup time"
    assert nearest_in_any_case("STRASSE", ["Straße"]) == "Straße"
    assert nearest_in_any_case("kitchen", WORDS) == ""


def test_a_question_only_about_what_is_near() -> None:
    assert did_you_mean("") == ""
    assert did_you_mean("setup") == "; did you mean setup?"


def test_only_a_mistake_pays_for_the_import() -> None:
    script = "import sys, checker.spelling; sys.exit('difflib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


LETTERS = st.text("abcd-/é", max_size=8)


@given(LETTERS, st.lists(LETTERS, max_size=6), st.sampled_from((0.0, 0.6, 0.85, 1.0)))
def test_the_nearest_is_what_difflib_says(word: str, known: list[str], alike: float) -> None:
    expected = get_close_matches(word, known, n=1, cutoff=alike)
    assert nearest(word, known, alike=alike) == (expected[0] if expected else "")
