"""The example course with a lab: its lessons run as they are, and what they print is what they say."""

import json
import os
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

from tests.sandboxes import needs_sandbox, why_not

ROOT = Path(__file__).parent.parent
COURSE = Path("examples/lab")
# What a machine may not have: a database server, a client for it, the registry's packages.
MAY_LACK = ("03-beside/01-the-database", "03-beside/02-a-schema-for-messages")


@cache
def results() -> Any:
    command = [sys.executable, "-m", "checker", "check", str(COURSE), "--no-cache", "--output-format", "json"]
    environment = {name: value for name, value in os.environ.items() if name != "CI"}
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return json.loads(ran.stdout)


def lesson_of(block: Any) -> str:
    return str(Path(block["path"]).relative_to(COURSE / "lessons").with_suffix(""))


@needs_sandbox
def test_there_is_nothing_to_report() -> None:
    found = [each for each in results()["findings"] if not each["intended"]]
    assert [(each["path"], each["line"], each["message"]) for each in found] == []


@needs_sandbox
def test_every_block_that_talks_to_kafka_runs() -> None:
    python = [each for each in results()["blocks"] if each["lang"] == "python"]
    kafka = [each for each in python if lesson_of(each) not in MAY_LACK]
    outcomes = Counter(each["outcome"] for each in kafka)
    if why_not("namespaces") and why_not("bubblewrap"):
        assert set(outcomes) <= {"skipped", "passed"}  # without a network there is no Kafka
    else:
        assert outcomes == {"passed": 13, "expected-failure": 1, "interrupted": 2}


@needs_sandbox
def test_sql_blocks_run_where_there_is_a_database() -> None:
    (block,) = (each for each in results()["blocks"] if each["lang"] == "sql")
    assert block["outcome"] in {"passed", "skipped"}
    assert block["outcome"] == "passed" or "PostgreSQL" in block["reason"]


@needs_sandbox
def test_what_is_not_here_is_said() -> None:
    for each in results()["blocks"]:
        if each["outcome"] == "skipped":
            assert each["reason"]


@needs_sandbox
def test_the_broker_was_away() -> None:
    """The fault is noticed: otherwise the lesson would show nothing."""
    seen = [each["stdout"] for each in results()["blocks"] if each["stdout"].startswith("seen:")]
    assert why_not("namespaces") or "_TRANSPORT" in seen[0]
