"""Isolation is tried for real, and where it is refused nothing runs."""

import subprocess
import sys
from pathlib import Path

import pytest

from checker.errors import SandboxError
from checker.running import zygotes
from checker.running.engine import Engine
from checker.running.job import Limits
from checker.running.sandbox import libc, namespaces, probe
from tests.running.cells import lesson
from tests.sandboxes import needs_sandbox, why_not

ROOT = Path(__file__).parents[3]
# A user namespace that may hold no other, so that the first step of every sandbox is refused.
WITHOUT_NAMESPACES = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from checker.errors import SandboxError
from checker.running.engine import Engine
from checker.running.sandbox import probe
from tests.running.cells import lesson
from checker.running.job import Limits
for attempt in (probe, lambda: list(Engine(Limits()).run([lesson("open('ran', 'w')")]))):
    try:
        print("ran", attempt())
    except SandboxError as error:
        print(error, "|", error.remedy)
"""


def test_the_tier_or_the_refusal() -> None:
    """Wherever the tests run, one of the two is asserted: there is no third way."""
    reason = why_not()
    if not reason:
        assert probe() == namespaces.TIER.name == "namespaces"
        return
    with pytest.raises(SandboxError) as refused:
        probe()
    assert refused.value.remedy
    with Engine(Limits()) as engine, pytest.raises(SandboxError):
        list(engine.run([lesson("1")]))


@needs_sandbox
def test_where_namespaces_are_refused_nothing_runs(tmp_path: Path) -> None:
    limited = 'echo 0 > /proc/sys/user/max_user_namespaces && exec "$0" -c "$1"'
    ran = subprocess.run(
        ["unshare", "--user", "--map-root-user", "sh", "-c", limited, sys.executable, WITHOUT_NAMESPACES],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    lines = ran.stdout.splitlines()
    assert len(lines) == 2, ran.stderr
    for line in lines:
        assert line.startswith("no sandbox on this machine, so nothing was run: could not create namespaces")
        assert "sudo sysctl -w user.max_user_namespaces=15000" in line
    assert list(tmp_path.iterdir()) == []


def test_a_tier_that_there_is_not_cannot_be_required() -> None:
    with pytest.raises(SandboxError, match="the sandbox tier landlock is required"):
        probe("landlock")


def test_where_there_is_no_linux_nothing_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    for attempt in (probe, lambda: Engine(Limits())):
        with pytest.raises(SandboxError, match="no sandbox on darwin"):
            attempt()


@needs_sandbox
def test_the_tier_that_there_is_can_be_required() -> None:
    assert probe("namespaces") == "namespaces"


def test_a_trial_that_is_ended_from_outside_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zygotes, "_BOOT", "import os; os.kill(os.getpid(), 9)")
    with pytest.raises(SandboxError, match="ended from outside"):
        probe()


def test_a_step_that_is_refused_is_named() -> None:
    with pytest.raises(OSError, match="mount /nowhere") as refused:
        libc.mount("none", "/nowhere", "", libc.MS_BIND)
    assert refused.value.filename == "mount /nowhere"


def test_each_guarantee_is_in_the_documentation() -> None:
    page = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    assert [each for each in namespaces.TIER.guarantees if each not in page] == []
