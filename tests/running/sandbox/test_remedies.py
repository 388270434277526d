import errno
import os
import sys
from pathlib import Path

import pytest

from checker.errors import SandboxError
from checker.running.sandbox.remedies import refusal, require_linux


def machine(root: Path, **files: str) -> Path:
    for name, text in files.items():
        path = root / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text + "\n")
    return root


@pytest.fixture(autouse=True)
def ordinary_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)


def refused(root: Path, number: int = errno.EPERM) -> SandboxError:
    return refusal("namespaces", "create namespaces", number, "Operation not permitted", root)


def test_the_message_says_that_nothing_was_run_and_what_was_refused(tmp_path: Path) -> None:
    assert str(refused(tmp_path)) == (
        "no sandbox on this machine, so nothing was run: could not create namespaces: Operation not permitted"
    )


REMEDIES = [
    (
        {"proc__sys__kernel__apparmor_restrict_unprivileged_userns": "1"},
        "allow it: sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0",
    ),
    (
        {"proc__sys__kernel__unprivileged_userns_clone": "0"},
        "allow it: sudo sysctl -w kernel.unprivileged_userns_clone=1",
    ),
    (
        {"proc__sys__user__max_user_namespaces": "0", "proc__sys__kernel__unprivileged_userns_clone": "1"},
        "allow it: sudo sysctl -w user.max_user_namespaces=15000",
    ),
    ({".dockerenv": ""}, "start the container so that it may make namespaces: docker run --security-opt"),
    ({"run__.containerenv": ""}, "start the container so that it may make namespaces"),
    ({}, "run the checker where an ordinary user may make user namespaces"),
]


@pytest.mark.parametrize(("files", "remedy"), REMEDIES)
def test_the_remedy_is_for_what_stands_in_the_way(tmp_path: Path, files: dict[str, str], remedy: str) -> None:
    found = refused(machine(tmp_path, **files)).remedy
    assert found.startswith(remedy)
    assert found.endswith("or look without running anything: --no-run")


def test_what_holds_for_ordinary_users_only_is_not_told_to_root(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    root = machine(tmp_path, proc__sys__kernel__apparmor_restrict_unprivileged_userns="1")
    assert "apparmor" not in refused(root).remedy


def test_an_old_kernel_is_told_from_a_strict_one(tmp_path: Path) -> None:
    assert refused(tmp_path, errno.ENOSYS).remedy.startswith("use Linux 5.12 or newer")


def test_fixtures_that_cannot_be_copied_are_no_fault_of_the_machine(tmp_path: Path) -> None:
    error = refusal("namespaces", "copy the fixtures", errno.ENOSPC, "No space left on device", tmp_path)
    assert "fixtures" in str(error)
    assert "limits" in error.remedy


def test_linux_will_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    require_linux()


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_elsewhere_there_is_a_virtual_machine(monkeypatch: pytest.MonkeyPatch, platform: str) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    with pytest.raises(SandboxError, match=f"no sandbox on {platform}") as refused:
        require_linux()
    assert "virtual machine" in refused.value.remedy
