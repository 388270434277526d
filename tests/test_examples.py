"""What the checker says about the example course, line by line: no more and no less."""

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from checker.rules.registry import all_rules
from tests.sandboxes import needs_sandbox

ROOT = Path(__file__).parent.parent
COURSE = Path("examples/course")
DRAFTS = ("en/03-drafts", "en/04-unfinished", "ru/02-chernoviki")


class Expected(NamedTuple):
    """A finding; `shown` is its severity, or "intended" for what the lesson shows wrong on purpose."""

    lesson: str
    line: int
    rule: str
    shown: str


READ = [
    Expected("en/01-basics/02-changing-values.mdx", 40, "chained-assignment", "intended"),
    Expected("en/02-streams/02-following-a-topic.mdx", 75, "python-syntax", "info"),
    Expected("en/03-drafts/01-a-page-that-does-not-build.mdx", 13, "mdx-syntax", "error"),
    Expected("en/03-drafts/01-a-page-that-does-not-build.mdx", 16, "mdx-syntax", "error"),
    Expected("en/03-drafts/02-fences-in-fences.mdx", 22, "fence-closed-early", "warning"),
    Expected("en/03-drafts/02-fences-in-fences.mdx", 37, "obfuscated-email", "warning"),
    Expected("en/03-drafts/02-fences-in-fences.mdx", 44, "unclosed-fence", "error"),
    Expected("en/03-drafts/03-notes-to-the-checker.mdx", 20, "unused-ignore", "warning"),
    Expected("en/03-drafts/03-notes-to-the-checker.mdx", 27, "unknown-directive", "error"),
    Expected("en/03-drafts/04-python-that-is-not-there.mdx", 16, "undefined-name", "error"),
    Expected("en/03-drafts/04-python-that-is-not-there.mdx", 26, "mutable-argument-default", "warning"),
    Expected("en/03-drafts/04-python-that-is-not-there.mdx", 37, "python-syntax", "error"),
    Expected("en/03-drafts/05-habits-from-pandas-2.mdx", 30, "chained-assignment", "error"),
    Expected("en/03-drafts/05-habits-from-pandas-2.mdx", 36, "inplace-on-selection", "error"),
    Expected("en/03-drafts/05-habits-from-pandas-2.mdx", 42, "deprecated-4", "warning"),
    Expected("en/03-drafts/05-habits-from-pandas-2.mdx", 49, "object-dtype", "error"),
    Expected("en/04-unfinished/01-ways-that-lead-nowhere.mdx", 8, "prerequisite-later", "error"),
    Expected("en/04-unfinished/01-ways-that-lead-nowhere.mdx", 11, "broken-import", "error"),
    Expected("en/04-unfinished/01-ways-that-lead-nowhere.mdx", 16, "broken-link", "error"),
    Expected("en/04-unfinished/01-ways-that-lead-nowhere.mdx", 18, "link-misses-base", "error"),
    Expected("en/04-unfinished/01-ways-that-lead-nowhere.mdx", 19, "broken-anchor", "error"),
    Expected("en/04-unfinished/01-ways-that-lead-nowhere.mdx", 21, "broken-image", "error"),
    Expected("en/04-unfinished/02-the-last-lesson.mdx", 8, "prerequisite-cycle", "error"),
    Expected("en/04-unfinished/04-after-the-last.mdx", 1, "missing-section", "error"),
    Expected("en/04-unfinished/04-after-the-last.mdx", 1, "numbering-gap", "warning"),
    Expected("en/04-unfinished/04-after-the-last.mdx", 4, "duplicate-order", "error"),
    Expected("en/04-unfinished/04-after-the-last.mdx", 6, "odd-time", "warning"),
    Expected("en/04-unfinished/04-after-the-last.mdx", 15, "lab-without-solution", "error"),
    Expected("en/04-unfinished/04-after-the-last.mdx", 21, "prose-language", "warning"),
    Expected("en/03-drafts/13-a-script-from-2019.mdx", 20, "cow-option", "warning"),
    Expected("en/03-drafts/13-a-script-from-2019.mdx", 26, "removed-argument", "error"),
    Expected("en/03-drafts/13-a-script-from-2019.mdx", 27, "copy-keyword", "warning"),
    Expected("en/03-drafts/13-a-script-from-2019.mdx", 33, "freq-alias", "error"),
    Expected("en/03-drafts/13-a-script-from-2019.mdx", 35, "removed-api", "error"),
    Expected("en/03-drafts/21-the-rest-of-the-kitchen.mdx", 17, "json-syntax", "error"),
    Expected("en/03-drafts/21-the-rest-of-the-kitchen.mdx", 27, "yaml-syntax", "error"),
    Expected("en/03-drafts/21-the-rest-of-the-kitchen.mdx", 34, "toml-syntax", "error"),
    Expected("en/03-drafts/21-the-rest-of-the-kitchen.mdx", 41, "bash-syntax", "error"),
    Expected("en/03-drafts/21-the-rest-of-the-kitchen.mdx", 51, "sql-syntax", "error"),
    Expected("en/03-drafts/21-the-rest-of-the-kitchen.mdx", 58, "wrong-fence-language", "error"),
    Expected("en/03-drafts/21-the-rest-of-the-kitchen.mdx", 67, "dockerfile-syntax", "error"),
    Expected("en/03-drafts/21-the-rest-of-the-kitchen.mdx", 73, "properties-syntax", "error"),
    Expected("en/03-drafts/21-the-rest-of-the-kitchen.mdx", 79, "promql-syntax", "error"),
    Expected("en/03-drafts/21-the-rest-of-the-kitchen.mdx", 85, "mermaid-syntax", "error"),
    Expected("en/03-drafts/15-a-report-from-2022.mdx", 34, "string-missing", "error"),
    Expected("en/03-drafts/15-a-report-from-2022.mdx", 40, "datetime-unit", "error"),
    Expected("en/03-drafts/15-a-report-from-2022.mdx", 46, "positional-fallback", "error"),
    Expected("en/03-drafts/15-a-report-from-2022.mdx", 50, "changed-result", "error"),
    Expected("en/03-drafts/15-a-report-from-2022.mdx", 57, "readonly-values", "error"),
    Expected("en/03-drafts/16-last-years-lab.mdx", 15, "unset-variable", "error"),
    Expected("en/03-drafts/16-last-years-lab.mdx", 16, "unknown-service", "error"),
    Expected("en/03-drafts/16-last-years-lab.mdx", 19, "dependency-drift", "error"),
    Expected("en/03-drafts/26-settings-from-elsewhere.mdx", 23, "unknown-client-property", "error"),
    Expected("en/03-drafts/26-settings-from-elsewhere.mdx", 24, "ineffective-client-property", "error"),
    Expected("en/03-drafts/26-settings-from-elsewhere.mdx", 30, "unknown-error-code", "error"),
    Expected("en/03-drafts/26-settings-from-elsewhere.mdx", 40, "contradictory-client-config", "error"),
    Expected("en/03-drafts/26-settings-from-elsewhere.mdx", 56, "connector-property", "error"),
    Expected("en/03-drafts/26-settings-from-elsewhere.mdx", 64, "connect-request", "error"),
    Expected("en/03-drafts/26-settings-from-elsewhere.mdx", 70, "unknown-topic", "error"),
    Expected("en/03-drafts/26-settings-from-elsewhere.mdx", 81, "unhandled-tombstone", "warning"),
    Expected("en/03-drafts/26-settings-from-elsewhere.mdx", 89, "flink-kafka-table", "error"),
    Expected("ru/01-osnovy/01-pervaya-tablica.mdx", 44, "chained-assignment", "intended"),
    Expected("ru/01-osnovy/01-pervaya-tablica.mdx", 64, "chained-assignment", "intended"),
    Expected("ru/02-chernoviki/01-bez-shapki.mdx", 1, "frontmatter-missing", "error"),
    Expected("ru/02-chernoviki/02-dvoetochie.mdx", 2, "frontmatter-syntax", "error"),
    Expected("ru/02-chernoviki/03-dva-nazvaniya.mdx", 8, "duplicate-key", "error"),
    Expected("ru/02-chernoviki/04-polya.mdx", 1, "frontmatter-schema", "error"),
    Expected("ru/02-chernoviki/04-polya.mdx", 5, "frontmatter-schema", "error"),
    Expected("ru/02-chernoviki/04-polya.mdx", 6, "frontmatter-schema", "error"),
    Expected("ru/02-chernoviki/04-polya.mdx", 7, "frontmatter-schema", "error"),
    Expected("ru/02-chernoviki/04-polya.mdx", 8, "broken-prerequisite", "error"),
    Expected("ru/02-chernoviki/04-polya.mdx", 8, "broken-prerequisite", "error"),
    Expected("ru/02-chernoviki/05-yakor.mdx", 7, "frontmatter-limits", "error"),
    Expected("ru/02-chernoviki/06-kassa.mdx", 1, "not-text", "error"),
]

RAN = [
    Expected("en/03-drafts/06-a-snippet-that-does-not-come-back.mdx", 17, "snippet-timed-out", "error"),
    Expected("en/03-drafts/06-a-snippet-that-does-not-come-back.mdx", 38, "snippet-over-limit", "error"),
    Expected("en/03-drafts/06-a-snippet-that-does-not-come-back.mdx", 47, "snippet-crashed", "error"),
    Expected("en/03-drafts/07-promises.mdx", 23, "snippet-failed", "error"),
    Expected("en/03-drafts/07-promises.mdx", 32, "raises-mismatch", "error"),
    Expected("en/03-drafts/07-promises.mdx", 39, "stale-counterexample", "error"),
    Expected("en/03-drafts/07-promises.mdx", 51, "swallowed-error", "warning"),
    Expected("en/03-drafts/25-what-the-kettle-said.mdx", 27, "output-mismatch", "warning"),
    Expected("en/03-drafts/25-what-the-kettle-said.mdx", 44, "claim-mismatch", "warning"),
    Expected("en/03-drafts/25-what-the-kettle-said.mdx", 46, "claim-mismatch", "warning"),
    Expected("en/03-drafts/25-what-the-kettle-said.mdx", 56, "output-mismatch", "warning"),
]

# What no file in a repository can show well.
NOT_SHOWN = {
    "flaky-snippet": "it comes and goes",
    "no-sandbox": "it takes an option that no example asks for",
    "unchecked-language": "it takes a machine without the parsers",
    "file-too-large": "it begins at 4 MiB",
    "unreadable-file": "a broken link or a FIFO does not survive every checkout",
}


@cache
def results(*options: str) -> Any:
    """The results document of the example course."""
    command = [sys.executable, "-m", "checker", "check", str(COURSE), "--output-format", "json", *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    return json.loads(done.stdout)


def shown(document: Any) -> list[Expected]:
    return sorted(
        Expected(
            Path(each["path"]).relative_to(COURSE).as_posix(),
            each["line"],
            each["name"],
            "intended" if each["intended"] else each["severity"],
        )
        for each in document["findings"]
    )


def finished_blocks(document: Any) -> list[Any]:
    """The blocks of the lessons that are no drafts."""
    drafts = tuple(f"{COURSE.as_posix()}/{draft}/" for draft in DRAFTS)
    return [each for each in document["blocks"] if not each["path"].startswith(drafts)]


def test_reading_finds_these_and_nothing_else() -> None:
    assert shown(results("--no-run")) == sorted(READ)


@needs_sandbox
def test_running_adds_these_and_nothing_else() -> None:
    assert shown(results()) == sorted([*READ, *RAN])


def test_a_finished_lesson_has_no_finding_that_counts() -> None:
    counted = [each for each in (*READ, *RAN) if each.shown not in ("intended", "info")]

    assert all(each.lesson.startswith(DRAFTS) for each in counted)


def test_every_rule_is_shown_once_at_least() -> None:
    names = {each.rule.name for each in all_rules()}

    assert names - {each.rule for each in (*READ, *RAN)} == set(NOT_SHOWN)


@needs_sandbox
def test_what_runs_in_a_finished_lesson_ends_well() -> None:
    ran = [each for each in finished_blocks(results()) if each["outcome"] not in ("skipped", "not-run")]

    assert {each["outcome"] for each in ran} == {"passed", "expected-failure", "interrupted"}


@needs_sandbox
def test_the_classes_that_a_finished_lesson_can_have_are_there() -> None:
    classes = {each["class"] for each in finished_blocks(results())}

    wanted = {"runnable", "counterexample", "endless", "fragment", "needs-service", "skipped-by-author"}
    assert classes == {*wanted, "other-language"}


@needs_sandbox
def test_every_block_that_does_not_run_says_why() -> None:
    silent = [each for each in results()["blocks"] if each["outcome"] in ("skipped", "not-run")]

    assert silent
    assert all(each["reason"] for each in silent)
