"""Isolation is tried for real, the strongest first, and where it is refused nothing runs."""

import os
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from checker.errors import SandboxError
from checker.model import TIERS
from checker.running import launch
from checker.running.engine import Engine
from checker.running.job import Limits
from checker.running.probing import probe
from checker.running.sandbox import libc
from checker.running.sandbox.tiers import ISOLATIONS
from checker.running.sandbox.view import View
from tests.running.cells import lesson, outcomes
from tests.sandboxes import in_every_tier, needs_sandbox, needs_tier, why_not

ROOT = Path(__file__).parents[2]
IN_DOCKER = [sys.executable, "-m", "tests.as_in_docker"]
TRY = """
import os, sys
from checker.errors import SandboxError
from checker.running.engine import Engine
from checker.running.probing import probe
from tests.running.cells import lesson
from checker.running.job import Limits
def run():
    tier = probe(*(each or None for each in sys.argv[1:]))
    with Engine(Limits(), tier=tier) as engine:
        [(_, [outcome])] = engine.run([lesson("open('ran', 'w'); print('done')")])
    return tier, outcome.kind, outcome.stdout
for attempt in (lambda: probe(*(each or None for each in sys.argv[1:])), run):
    try:
        print("ran", attempt())
    except SandboxError as error:
        print(error, "|", error.remedy)
"""


def tried(prefix: Sequence[str], *arguments: str) -> list[str]:
    """What probing and running print, below a command that takes something away."""
    ran = subprocess.run(
        [*prefix, sys.executable, "-c", TRY, *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.splitlines()


def test_a_tier_or_the_refusal() -> None:
    """Wherever the tests run, one of the two is asserted: there is no third way."""
    reason = why_not()
    if not reason:
        assert probe() in TIERS
        return
    with pytest.raises(SandboxError) as refused:
        probe()
    assert refused.value.remedy
    for tier in TIERS:
        with Engine(Limits(), tier=tier) as engine, pytest.raises(SandboxError):
            list(engine.run([lesson("1")]))


@pytest.mark.parametrize("tier", in_every_tier)
def test_a_tier_can_be_asked_for(tier: str) -> None:
    assert probe(tier) == tier
    with Engine(Limits(), tier=tier) as engine:
        [outcome] = outcomes(engine, lesson("print('here')"))
    assert (outcome.kind, outcome.stdout) == ("passed", "here\n")


@needs_sandbox
def test_the_strongest_is_chosen() -> None:
    assert probe() == next(tier for tier in TIERS if not why_not(tier))


@needs_tier("namespaces")
def test_a_stronger_tier_will_do_where_a_weaker_one_is_required() -> None:
    assert [probe(None, tier) for tier in TIERS] == ["namespaces"] * 3
    assert probe(None, "landlock", None, "bubblewrap") == "namespaces"


@needs_tier("landlock")
def test_where_docker_s_filter_is_in_force_the_lesson_runs_without_namespaces() -> None:
    assert tried(IN_DOCKER) == ["ran landlock", "ran ('landlock', 'passed', 'done\\n')"]


@pytest.mark.parametrize("required", ["namespaces", "bubblewrap"])
def test_there_nothing_runs_when_more_is_required(required: str) -> None:
    for line in tried(IN_DOCKER, "", required):
        assert line.startswith("no sandbox on this machine, so nothing was run: namespaces: could not create")
        assert ("bubblewrap:" in line) == (required == "bubblewrap")


def test_where_everything_is_refused_nothing_runs() -> None:
    lines = tried([*IN_DOCKER, "--without-landlock"])
    assert len(lines) == 2
    for line in lines:
        assert line.startswith("no sandbox on this machine, so nothing was run: namespaces: could not create")
        assert "landlock: could not ask for Landlock: Function not implemented" in line
        assert "see `coursecheck doctor`" in line


def test_where_no_user_may_make_namespaces_the_setting_is_named() -> None:
    limited = 'echo 0 > /proc/sys/user/max_user_namespaces && exec "$0" "$@"'
    unshared = ["unshare", "--user", "--map-root-user", "sh", "-c", limited]
    if subprocess.run([*unshared, "true"], check=False, capture_output=True).returncode != 0:
        reason = "this user may not make namespaces at all"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    for line in tried(unshared, "namespaces"):
        assert line.startswith("no sandbox on this machine, so nothing was run: namespaces: could not create")
        assert "sudo sysctl -w user.max_user_namespaces=15000" in line


@pytest.mark.parametrize("required", TIERS)
def test_no_tier_is_weaker_than_any_that_is_required(required: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(SandboxError, match=f"the sandbox tier {required} is required and none is weaker"):
        probe("none", required)


def test_a_weaker_tier_than_the_required_one_is_not_even_tried() -> None:
    with pytest.raises(SandboxError, match="the sandbox tier namespaces is required and landlock is weaker"):
        probe("landlock", "bubblewrap", "namespaces")


def test_without_a_sandbox_only_who_asks_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    assert probe("none") == "none"
    with Engine(Limits(), tier="none") as engine:
        [outcome] = outcomes(engine, lesson("print('trusted')"))
    assert (outcome.kind, outcome.stdout) == ("passed", "trusted\n")


def test_and_never_where_strangers_write_the_lessons(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(SandboxError, match="--sandbox none is refused where CI is set, so nothing was run"):
        probe("none")


def test_where_there_is_no_linux_nothing_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    for attempt in (probe, lambda: Engine(Limits())):
        with pytest.raises(SandboxError, match="no sandbox on darwin"):
            attempt()


def test_a_trial_that_is_ended_from_outside_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launch, "_BOOT", "import os; os.kill(os.getpid(), 9)")
    with pytest.raises(SandboxError, match="ended from outside"):
        probe()


def test_bubblewrap_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "relative:/nowhere")
    with pytest.raises(SandboxError, match="bubblewrap: could not find bubblewrap: bwrap is not installed"):
        probe("bubblewrap")


def test_an_interpreter_in_a_home_is_bound_into_the_lesson_s_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where people keep their environments: a disk that came later would hide it."""
    program = "#!/bin/sh\nprintf '%s\\0' \"$@\" > /dev/null; exec cat /dev/fd/$2 >&2\n"
    (tmp_path / "bwrap").write_text(program)
    (tmp_path / "bwrap").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(launch, "_view", lambda _: View(("/home/ada/venv/lib", "/usr"), ()))
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with ours, theirs:
        python = launch.Python("/home/ada/venv/bin/python", {"PATH": "/usr/bin:/bin"}, ())
        _, said = launch.start_zygote(python, launch.Sandboxing("bubblewrap"), theirs.fileno()).communicate()
    arguments = said.decode().split("\0")
    assert arguments.index("--tmpfs") < arguments.index("/home/ada/venv/lib")


def test_bubblewrap_refuses_an_interpreter_in_what_is_the_lesson_s(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bwrap").write_text("#!/bin/sh\n")
    (tmp_path / "bwrap").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(launch, "_view", lambda _: View(("/tmp/venv/lib",), ()))
    with pytest.raises(SandboxError, match="bubblewrap: the interpreter lies below /tmp") as refused:
        probe("bubblewrap")
    assert "in another folder" in str(refused.value.remedy)


def test_a_step_that_is_refused_is_named() -> None:
    with pytest.raises(OSError, match="mount /nowhere") as refused:
        libc.mount("none", "/nowhere", "", libc.MS_BIND)
    assert refused.value.filename == "mount /nowhere"


@pytest.mark.parametrize("tier", [*TIERS, "none"])
def test_what_a_tier_promises_and_cannot_is_in_the_documentation(tier: str) -> None:
    page = " ".join((ROOT / "docs" / "security.md").read_text(encoding="utf-8").split())
    described = ISOLATIONS[tier].TIER
    assert [each for each in (*described.guarantees, *described.cannot) if each not in page] == []
