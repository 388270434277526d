from msgspec.structs import replace

from checker.editor.hovers import hover_text
from checker.editor.runs import Shown
from checker.model import Finding
from tests.builders import error, outcome, plan, span


def test_nothing_is_said_of_a_block_that_nobody_ran() -> None:
    assert hover_text([], plan(), None) == ""
    assert hover_text([], None, None) == ""


def test_what_it_printed_cannot_end_its_fence() -> None:
    printed = replace(outcome(), stdout="````\n<img src=x>\n\x1b[31m\n", stderr="oh\n")
    text = hover_text([], plan(), Shown(printed, is_old=False))
    assert "`````text\n````\n<img src=x>\n\\x1b[31m\n`````" in text
    assert "standard error:" in text


def test_long_output_is_cut() -> None:
    printed = replace(outcome(), stdout="a" * 10_000)
    assert len(hover_text([], plan(), Shown(printed, is_old=False))) < 3_000


def test_how_it_ended_is_said_with_the_reason_or_the_error() -> None:
    skipped = hover_text([], plan(), Shown(outcome("skipped", reason="needs `x`"), is_old=True))
    assert "**skipped** before the last change" in skipped
    assert "needs &#96;x&#96;" in skipped
    failed = hover_text([], plan(), Shown(outcome("failed", raised=error("KeyError", "<b>")), is_old=False))
    assert "<code>KeyError</code> at line 11: &#60;b&#62;" in failed
    nowhere = hover_text([], plan(), Shown(outcome("failed", raised=error("KeyError", line=0)), is_old=False))
    assert "at line" not in nowhere


def test_a_rule_is_explained_once_and_what_is_not_ours_by_the_editor_alone() -> None:
    ours = Finding("PAN301", "chained-assignment", "error", "Look [here](x).", span(1))
    ruffs = Finding("RUFF:F401", "unused-import", "warning", "Unused.", span(1))
    text = hover_text([ours, ours, ruffs], None, None)
    assert text.count("## Why") == 1
    assert "Look" not in text
    assert hover_text([ruffs], None, None) == ""
