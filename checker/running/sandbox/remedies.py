"""Why isolation was refused, and the command that would allow it on this machine."""

import errno
import os
import sys
from pathlib import Path

from checker.errors import SandboxError

_WITHOUT_RUNNING = "or look without running anything: --no-run"

# A kernel setting, the value with which it refuses ordinary users, and what turns it.
_SETTINGS = (
    ("kernel/apparmor_restrict_unprivileged_userns", "1", "0"),  # Ubuntu since 24.04
    ("kernel/unprivileged_userns_clone", "0", "1"),  # older Debian and Arch
    ("user/max_user_namespaces", "0", "15000"),  # RHEL's hardening guides
)
_CONTAINER_MARKS = (".dockerenv", "run/.containerenv")


def require_linux() -> None:
    """Raise SandboxError where there are no namespaces at all."""
    if sys.platform != "linux":
        raise SandboxError(
            f"no sandbox on {sys.platform}, so nothing was run: it takes Linux",
            f"run the checker in a Linux virtual machine or container, {_WITHOUT_RUNNING}",
        )


def refusal(step: str, number: int, reason: str, root: Path = Path("/")) -> SandboxError:
    """The error for a step of the `namespaces` tier that was refused.

    `number` is the errno, or 0; `root` is where the machine's files are looked at.
    """
    if step == "copy the fixtures":
        return SandboxError(
            f"the fixtures cannot be copied into a lesson's working folder: {reason}",
            "make them readable, and smaller than the limits on disk and files",
        )
    return SandboxError(
        f"no sandbox on this machine, so nothing was run: could not {step or 'start one'}: {reason}",
        f"{_remedy(number, root)}, {_WITHOUT_RUNNING}",
    )


def _remedy(number: int, root: Path) -> str:
    if number == errno.ENOSYS:
        return "use Linux 5.12 or newer"
    for name, refuses, allows in _SETTINGS:
        if _setting(root, name) == refuses and (os.geteuid() != 0 or name.startswith("user/")):
            return f"allow it: sudo sysctl -w {name.replace('/', '.')}={allows}"
    if any((root / mark).exists() for mark in _CONTAINER_MARKS):
        return (
            "start the container so that it may make namespaces: docker run --security-opt seccomp=unconfined"
            " --security-opt apparmor=unconfined --security-opt systempaths=unconfined …"
        )
    return (
        "run the checker where an ordinary user may make user namespaces (unshare --user --pid --mount true)"
    )


def _setting(root: Path, name: str) -> str:
    try:
        return (root / "proc/sys" / name).read_text(encoding="ascii").strip()
    except OSError:
        return ""
