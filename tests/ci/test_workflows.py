"""The project's own workflows, and those that its documentation shows."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.ci.runner import ACTION, ROOT

_FENCES = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SHOWN = [
    (f"docs/ci.md {number}", text)
    for number, text in enumerate(_FENCES.findall((ROOT / "docs" / "ci.md").read_text(encoding="utf-8")))
    if "\njobs:" in text
]
OWN = [
    (path.name, path.read_text(encoding="utf-8")) for path in sorted((ROOT / ".github/workflows").iterdir())
]
EVERY = pytest.mark.parametrize(
    "text", [text for _, text in OWN + SHOWN], ids=[name for name, _ in OWN + SHOWN]
)


def steps(text: str) -> list[dict[str, Any]]:
    jobs = yaml.safe_load(text)["jobs"]
    return [step for job in jobs.values() for step in job["steps"]]


def test_there_are_some() -> None:
    assert len(SHOWN) >= 2
    assert {name for name, _ in OWN} == {"lessons.yml", "test.yml"}


@EVERY
def test_nothing_untrusted_reaches_a_script(text: str) -> None:
    for step in steps(text):
        assert "${{" not in step.get("run", "")


@EVERY
def test_strangers_code_never_meets_a_token_that_may_write(text: str) -> None:
    workflow = yaml.safe_load(text)
    triggers = workflow[True] if True in workflow else workflow["on"]
    assert "pull_request_target" not in triggers
    assert workflow["permissions"]["contents"] == "read"
    assert "secrets." not in text
    for step in steps(text):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


@EVERY
def test_actions_are_pinned(text: str) -> None:
    for each in re.findall(r"uses: (.+)", text):
        assert re.fullmatch(
            r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+|\./|OWNER/coursecheck@COMMIT # v\d+\.\d+\.\d+", each
        )


@EVERY
def test_the_action_is_given_what_it_takes(text: str) -> None:
    for step in steps(text):
        if step.get("uses", "").startswith(("./", "OWNER/coursecheck")):
            assert set(step.get("with", {})) <= set(ACTION["inputs"])


def test_pull_requests_are_judged_by_the_base() -> None:
    judged = [
        step
        for _, text in SHOWN
        if "pull_request" in text
        for step in steps(text)
        if step.get("uses", "").startswith("OWNER/coursecheck")
    ]
    assert judged
    for step in judged:
        assert step["with"]["config-from"] == "${{ github.event.pull_request.base.sha }}"
        assert step["with"]["require-tier"] == "namespaces"


@pytest.mark.parametrize("page", ["ci.md", "pre-commit.md", "editors.md"])
def test_links_between_the_pages_lead_somewhere(page: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    for link in re.findall(r"\]\((?!https?:)([^)#]+)", text):
        assert Path(ROOT / "docs" / link).exists(), link
