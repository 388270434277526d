"""What every rule says of its own Bad example, in Russian."""

import re
from pathlib import Path

import pytest

from checker.model import Finding
from checker.pipeline import Options, check
from checker.reporting.translation.translator import translator
from checker.rules.registry import all_rules
from checker.rules.rule import LoadedRule
from tests.quiet import QUIET
from tests.rules.pages import files, unmarked
from tests.rules.test_pages import BY_CHANCE, READ, RUN
from tests.sandboxes import needs_sandbox

# All that they say is Python's own: the exception.
ONLY_PYTHON = {"snippet-failed"}
# Code, what is quoted, and what another program said: in brackets, or behind an exception's name.
_THEIRS = re.compile(
    r"``.+?``|`[^`]*`|'[^']*'|\"[^\"]*\"|\([^()]*\)|\b\w+Error: [^;]*|PostgreSQL это не примет: .*"
)
_ENGLISH = re.compile(r"\b(?:[a-z]+ ){2}[a-z]+\b")


def found(rule: LoadedRule, folder: Path, *, run: bool) -> list[Finding]:
    for path, text in files(rule, "Bad").items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(unmarked(text), encoding="utf-8", newline="")
    results = check(Options(paths=(str(folder),), run=run), QUIET)
    return [each for lesson in results.lessons for each in lesson.findings if each.name == rule.rule.name]


def assert_russian(findings: list[Finding]) -> None:
    for finding in findings:
        for message in (finding.message, *((finding.fix.message,) if finding.fix else ())):
            said = translator("ru").translation(message)
            assert said is not None, message
            assert not _ENGLISH.search(_THEIRS.sub("", said)), said


@pytest.mark.parametrize("rule", READ, ids=lambda each: each.rule.name)
def test_what_is_read(rule: LoadedRule, tmp_path: Path) -> None:
    assert_russian(found(rule, tmp_path, run=False))


@needs_sandbox
@pytest.mark.parametrize("rule", RUN, ids=lambda each: each.rule.name)
def test_what_is_run(rule: LoadedRule, tmp_path: Path) -> None:
    if rule.rule.name in ONLY_PYTHON:
        assert all(
            translator("ru").translation(each.message) is None for each in found(rule, tmp_path, run=True)
        )
    else:
        assert_russian(found(rule, tmp_path, run=True))


def test_chance_is_in_russian() -> None:
    assert BY_CHANCE in {each.rule.name for each in all_rules()}
    said = translator("ru").say(
        "the block failed (ValueError: 1), but timed out (it was still running after 5 s)"
        " when it was run again"
    )
    assert said == (
        "блок упал (ValueError: 1), а при повторном запуске не уложился во время (через 5 с ещё выполнялся)"
    )
