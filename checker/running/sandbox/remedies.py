"""Why isolation was refused, and the command that would allow it on this machine."""

import errno
import os
import sys
from pathlib import Path

from checker.errors import SandboxError

_WITHOUT_RUNNING = "or look without running anything: --no-run"

# A kernel setting, the value with which it refuses ordinary users, and the value that allows them.
_SETTINGS = (
    ("kernel/apparmor_restrict_unprivileged_userns", "1", "0"),  # Ubuntu since 24.04
    ("kernel/unprivileged_userns_clone", "0", "1"),  # older Debian and Arch
    ("user/max_user_namespaces", "0", "15000"),  # RHEL's hardening guides
)
_CONTAINER_MARKS = (".dockerenv", "run/.containerenv")
_INSTALLERS = (
    ("usr/bin/apt-get", "sudo apt-get install bubblewrap"),
    ("usr/bin/dnf", "sudo dnf install bubblewrap"),
    ("usr/bin/pacman", "sudo pacman -S bubblewrap"),
    ("sbin/apk", "sudo apk add bubblewrap"),
)
_MACHINE = Path("/")


class RefusedError(SandboxError):
    """This machine does not allow a tier; `reason` says which step failed and why."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(
            f"no sandbox on this machine, so nothing was run: {reason}", f"{remedy}, {_WITHOUT_RUNNING}"
        )
        self.reason = reason
        self.way = remedy


def require_linux() -> None:
    """Raise SandboxError on systems without namespaces."""
    if sys.platform != "linux":
        raise SandboxError(
            f"no sandbox on {sys.platform}, so nothing was run: it takes Linux",
            f"run the checker in a Linux virtual machine or container, {_WITHOUT_RUNNING}",
        )


def refusal(tier: str, step: str, number: int, reason: str, machine: Path = _MACHINE) -> SandboxError:
    """The error for a refused step of a tier.

    `number` is the errno, or 0; `machine` is the root folder of the machine's files.
    """
    if step == "copy the fixtures":
        return SandboxError(
            f"the fixtures cannot be copied into a lesson's working folder: {reason}",
            "make them readable, and smaller than the limits on disk and files",
        )
    return RefusedError(f"could not {step or 'start one'}: {reason}", remedy(tier, number, machine))


def remedy(tier: str, number: int, machine: Path = _MACHINE) -> str:
    """What would make this tier available, when it was refused with this errno."""
    match tier:
        case "landlock":
            return _for_landlock(number, machine)
        case "bubblewrap" if number == 0 and not _in_container(machine):
            return _install(machine)
        case _:
            return _for_namespaces(number, machine)


def _in_container(machine: Path) -> bool:
    """Whether we run in a container, as far as known marks tell."""
    return any((machine / mark).exists() for mark in _CONTAINER_MARKS)


def _for_namespaces(number: int, machine: Path) -> str:
    if number == errno.ENOSYS:
        return "use Linux 5.12 or newer"
    for name, refuses, allows in _SETTINGS:
        if _setting(machine, name) == refuses and (os.geteuid() != 0 or name.startswith("user/")):
            return f"allow it: sudo sysctl -w {name.replace('/', '.')}={allows}"
    if _in_container(machine):
        return (
            "start the container so that it may make namespaces: docker run --security-opt seccomp=unconfined"
            " --security-opt apparmor=unconfined --security-opt systempaths=unconfined …"
        )
    return (
        "run the checker where an ordinary user may make user namespaces (unshare --user --pid --mount true)"
    )


def _for_landlock(number: int, machine: Path) -> str:
    if number == errno.EOPNOTSUPP:
        return "start Linux with Landlock: add landlock to the kernel's parameter lsm="
    if _in_container(machine):
        return "use Linux 5.13 or newer, and a container whose filter lets Landlock be used: a newer Docker"
    return "use Linux 5.13 or newer, with Landlock"


def _install(machine: Path) -> str:
    for program, command in _INSTALLERS:
        if (machine / program).exists():
            return f"install it: {command}"
    return "install bubblewrap"


def _setting(machine: Path, name: str) -> str:
    try:
        return (machine / "proc/sys" / name).read_text(encoding="ascii").strip()
    except OSError:
        return ""
