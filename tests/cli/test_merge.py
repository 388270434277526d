"""`check --shard` and `merge`: what is refused comes first."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Command
from tests.sandboxes import needs_sandbox

LESSON = """---
title: Cups
order: 1
prerequisites: [nowhere/at-all]
---
# Cups

```python
print("{name}")
```

```sql
SELEC 1;
```
"""


@pytest.fixture(autouse=True)
def _course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("lessons").mkdir()
    for name in "abcde":
        Path(f"lessons/{name}.mdx").write_text(LESSON.replace("{name}", name))


@pytest.mark.parametrize(
    "options",
    [
        ["--shard", "3/2"], ["--shard", "x"], ["--durations", "one.json"], ["--shard", "1/2", "--watch"],
        ["--shard", "1/2", "--ratchet"], ["--shard", "1/2", "--write-baseline", "b.json"],
        ["--shard", "1/2", "--stdin-filename", "a.mdx"], ["--shard", "1/2", "--durations", "none.json"],
    ],
)  # fmt: skip
def test_what_makes_no_sense_with_a_shard_is_refused(command: Command, options: list[str]) -> None:
    assert command("check", "--no-run", *options).status == 2


def test_what_is_no_results_document_cannot_be_merged(command: Command) -> None:
    Path("no.json").write_text("{}")
    assert command("merge").status == 2
    assert command("merge", "no.json").status == 2
    assert command("merge", "none.json").status == 2


def test_an_empty_shard_is_none_of_an_empty_course(command: Command) -> None:
    shard = command("check", "--no-run", "--no-cache", "--shard", "6/6", "--output-format", "concise")
    assert (shard.status, "5 lessons left to the other shards" in shard.err) == (0, True)
    for path in Path("lessons").iterdir():
        path.unlink()
    assert command("check", "--no-run", "--no-cache", "--shard", "1/2").status == 2


def document(command: Command, name: str, *options: str) -> Any:
    command("check", "--no-cache", "--output", f"json={name}", "--output-format", "concise", *options)
    return without_times(json.loads(Path(name).read_text()))


def without_times(results: Any) -> Any:
    results["run"] = results["summary"]["seconds"] = None
    return {**results, "blocks": [{**each, "seconds": None} for each in results["blocks"]]}


@needs_sandbox
@pytest.mark.parametrize("options", [["--no-run"], []], ids=["read", "run"])
def test_shards_made_whole_are_one_run(command: Command, options: list[str]) -> None:
    one = document(command, "one.json", *options)
    for number in (1, 2, 3):
        part = document(
            command, f"{number}.json", "--shard", f"{number}/3", "--durations", "one.json", *options
        )
        assert 0 < len(part["lessons"]) < 5
    merged = command("merge", "2.json", "3.json", "1.json", "--output-file", "whole.json")
    assert merged.status == 1
    assert without_times(json.loads(Path("whole.json").read_text())) == one
    assert "error" in merged.err


def test_the_whole_is_held_against_the_baseline(command: Command) -> None:
    for number in (1, 2):
        document(command, f"{number}.json", "--shard", f"{number}/2", "--no-run")
    kept = command(
        "merge", "1.json", "2.json", "--write-baseline", "known.json", "--output-format", "concise"
    )
    assert kept.status == 0
    held = command("merge", "1.json", "2.json", "--baseline", "known.json", "--output-format", "concise")
    assert held.status == 0
