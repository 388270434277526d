"""What the README says is held against what is there."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from msgspec import to_builtins

from checker.config.keys import (
    ConfigKeys,
)
from checker.config.services_keys import (
    DebeziumKeys,
    FaultKeys,
    KafkaServiceKeys,
    MixKeys,
    PostgresqlServiceKeys,
    SchemaRegistryServiceKeys,
    ServicesKeys,
    SparkServiceKeys,
    TopicKeys,
    UnwrapKeys,
)
from checker.config.table import to_keys
from checker.model import BlockPlan
from checker.reading.directive_words import BLOCK_WORDS, LESSON_WORDS
from checker.rules.registry import all_rules
from tests.sandboxes import needs_sandbox

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
LINKED_FROM = (
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "docs/lab.md",
    "examples/README.md",
    "examples/lab/README.md",
)


def fence(language: str) -> str:
    """The code of the README's first block in this language."""
    found = re.search(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    assert found
    return found[1]


def table_after(heading: str) -> list[list[str]]:
    """The cells of the first table below a heading, without its head."""
    below = README.partition(f"## {heading}\n")[2]
    table = re.search(r"(?:^\|.+\n)+", below, re.MULTILINE)
    assert table
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in table[0].splitlines()[2:]]


def test_the_families_are_those_of_the_registry() -> None:
    named = [row[0].strip("`") for row in table_after("Rules")]

    assert sorted(named) == sorted({each.rule.code[:3] for each in all_rules()})


def test_the_configuration_has_only_keys_that_there_are() -> None:
    to_keys(tomllib.loads(fence("toml")), ConfigKeys, "README.md")


def test_the_page_about_labs_has_every_key_of_services() -> None:
    page = (ROOT / "docs" / "lab.md").read_text(encoding="utf-8")
    words = set(re.findall(r"[\w-]+", " ".join(re.findall(r"`([^`\n]+)`", page))))
    tables = re.findall(r"^```toml\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    shown = {key.rpartition(".")[2] for each in tables for key in keys_of(tomllib.loads(each))}
    wanted = {key.rpartition(".")[2] for key in keys_of(_whole_lab())}
    assert wanted <= words | shown


def _whole_lab() -> object:
    made = DebeziumKeys("", mix=MixKeys(), unwrap=UnwrapKeys())
    kafka = KafkaServiceKeys(topics=(TopicKeys("", debezium=made),), faults=(FaultKeys(),))
    others = (PostgresqlServiceKeys(), SchemaRegistryServiceKeys(), SparkServiceKeys())
    return {"services": to_builtins(ServicesKeys(kafka, *others))}


def keys_of(table: object, above: str = "") -> list[str]:
    """The paths of all keys, but for free names such as those below `severity` and `env`."""
    if isinstance(table, list | tuple):
        return [key for each in table if isinstance(each, dict) for key in keys_of(each, above)]
    if not isinstance(table, dict) or above.endswith(("severity.", "env.", "pandas.", "per-lesson-ignore.")):
        return []
    return [path for key, below in table.items() for path in (above + key, *keys_of(below, f"{above}{key}."))]


def test_the_directives_are_those_that_are_read() -> None:
    first_cells = " ".join(row[0] for row in table_after("Directives"))

    assert set(re.findall(r"`([a-z]+)", first_cells)) == BLOCK_WORDS


def test_the_words_for_a_whole_lesson_are_those_that_are_read() -> None:
    sentence = re.search(r"`check-lesson:`.+?\.\n", README, re.DOTALL)
    assert sentence

    named = set(re.findall(r"`([a-z]+)`", sentence[0]))
    assert named == LESSON_WORDS - {"because"}  # which stands beside an `ignore`


def test_every_class_is_explained() -> None:
    first_cells = " ".join(row[0] for row in table_after("How a lesson is run"))

    assert sorted(re.findall(r"`([a-z-]+)`", first_cells)) == sorted(
        BlockPlan.__annotations__["kind"].__args__
    )


@pytest.mark.parametrize("name", LINKED_FROM)
def test_every_link_leads_to_a_file(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]

    assert [link for link in links if not ((ROOT / name).parent / link).exists()] == []


def test_every_option_of_the_readme_is_there() -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "checker", "check", "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", README))

    assert named
    assert named <= set(re.findall(r"--[a-z][a-z-]+", shown))


@needs_sandbox
def test_the_excerpt_is_what_a_run_shows() -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "checker", "check", "examples/course"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    excerpt = [line for line in fence("text").splitlines() if line.strip() not in ("", "…")]

    assert without_seconds(excerpt)
    assert [
        line for line in without_seconds(excerpt) if line not in without_seconds(shown.splitlines())
    ] == []


def without_seconds(lines: list[str]) -> list[str]:
    return [re.sub(r"\d+\.\d s$", "s", line) for line in lines]
