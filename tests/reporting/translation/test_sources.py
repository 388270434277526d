"""Every text that the source can say has a translation; what has none is listed."""

import json
from pathlib import Path

import pytest

from checker.reporting.translation import translator as home
from checker.reporting.translation.translator import entries, translator
from checker.rules.pandas.telling import remedy
from tests.reporting.translation.sources import PACKAGE, clauses, texts

RUSSIAN = Path(home.__file__).parent / "ru"
# Texts without a translation: words of other programs that we look for, lists of names, `explain`.
ENGLISH = Path(__file__).parent / "english.txt"
# Of the frequencies there are only the aliases.
TABLES = sorted(set((PACKAGE / "rules/pandas/changes").glob("[!f]*.jsonl")))


def test_what_can_be_said_is_translated() -> None:
    known = "\n".join(clause for text in entries(RUSSIAN) for clause in clauses(text))
    found = {f"{module}: {clause}" for module, clause in texts() if clause not in known}
    assert sorted(found) == ENGLISH.read_text(encoding="utf-8").splitlines()


def test_the_list_of_sources_is_not_empty() -> None:
    assert len(set(texts())) > 1_000


@pytest.mark.parametrize("table", TABLES, ids=lambda path: path.stem)
def test_what_stands_in_the_tables_of_pandas_is_translated(table: Path) -> None:
    rows = [json.loads(line) for line in table.read_text(encoding="utf-8").splitlines() if line[:1] == "{"]
    said = {remedy(row["instead"]) for row in rows if "instead" in row}
    said |= {f"{row['what']} was removed in pandas 2.0." for row in rows if "what" in row}
    assert not [text for text in said if translator("ru").translation(text) is None]


@pytest.mark.parametrize("name", ["java", "debezium_changes"])
def test_what_stands_in_the_tables_of_kafka_is_translated(name: str) -> None:
    text = (PACKAGE / f"rules/kafka/tables/{name}.jsonl").read_text(encoding="utf-8")
    rows = [json.loads(line) for line in text.splitlines() if line[:1] == "{"]
    said = {row.get("words") or row.get("instead") for row in rows} - {None, ""}
    assert not [each for each in said if translator("ru").translation(each) is None]


def test_no_translation_is_left_in_english() -> None:
    """But for what is a name, and stands for itself."""
    same = {english for english, said in entries(RUSSIAN).items() if english == said}
    assert same == {"Google Cloud", "true", "false"}
