"""Builds the file tree of a lesson in its own mount namespace.

There are two in-memory file systems: a read-only skeleton with the view bound into it, and the lesson's disk.
Home, working folder, /tmp and /dev/shm are all on that disk, so that one limit holds for them together.
"""

import os
import re
from collections.abc import Iterable
from typing import NamedTuple

from checker.running.sandbox import libc
from checker.running.sandbox.fixtures import copy_fixtures
from checker.running.sandbox.tier import NOTHING, Layout
from checker.running.sandbox.view import View

HOME = "/home/reader"
WORK = HOME + "/lesson"

TMP, SHM = "/tmp", "/dev/shm"  # noqa: S108 the lesson's own, in a tree of its own
_OLD = "/.old"
_DISK = "/.disk"
DEVICES = ("null", "zero", "full", "random", "urandom")
_HOST = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,252})")
_ETC = {
    "passwd": "reader:x:1000:1000:reader:/home/reader:/bin/sh\n",
    "group": "reader:x:1000:\n",
    "hosts": "127.0.0.1 localhost lesson\n::1 localhost\n",
    "nsswitch.conf": "passwd: files\ngroup: files\nhosts: files\n",
}
_READ_ONLY = libc.ATTR_RDONLY | libc.ATTR_NOSUID | libc.ATTR_NODEV


class Disk(NamedTuple):
    """What a lesson may write: bytes, number of files, their owner, and the fixtures it starts with.

    `fixtures` is the real path of a folder, without symbolic links.
    """

    size: int
    files: int
    owner: int
    fixtures: str | None
    layout: Layout = NOTHING


def build_root(view: View, disk: Disk) -> None:
    """Replace everything in this mount namespace; requires all capabilities over it."""
    os.umask(0o022)
    _leave_old_root()
    _make_disk(disk)
    _show(view)
    for source, target in disk.layout.shown:
        _bind(target, _READ_ONLY, source)
    _make_devices()
    _make_etc(disk.layout.hosts)
    _mount_proc()
    if disk.fixtures is not None:
        copy_fixtures(_OLD + disk.fixtures, WORK, disk.owner)
    libc.detach(_OLD)
    os.rmdir(_OLD)
    libc.restrict("/", _READ_ONLY)
    os.chdir(WORK)


def _leave_old_root() -> None:
    libc.mount("none", "/", "", libc.MS_REC | libc.MS_PRIVATE)
    # The new root needs an existing folder to be mounted on for a moment, and every system has /tmp.
    libc.mount("tmpfs", TMP, "tmpfs", libc.MS_NOSUID | libc.MS_NODEV, "mode=755,size=1m,nr_inodes=4k")
    os.mkdir(TMP + _OLD)
    libc.pivot_root(TMP, TMP + _OLD)
    os.chdir("/")


def _make_disk(disk: Disk) -> None:
    os.mkdir(_DISK)
    own = {f"folder-{number}": path for number, path in enumerate(disk.layout.folders)}
    folders = {"home": HOME, "tmp": TMP, "shm": SHM, **own}
    options = f"mode=755,size={disk.size},nr_inodes={disk.files + len(folders) + 2}"
    libc.mount("tmpfs", _DISK, "tmpfs", libc.MS_NOSUID | libc.MS_NODEV, options)
    for name, target in folders.items():
        source = f"{_DISK}/{name}"
        os.mkdir(source)
        os.chmod(source, 0o1777 if target in (TMP, SHM) else 0o755)
        os.chown(source, disk.owner, disk.owner)
        os.makedirs(target)
        libc.mount(source, target, "", libc.MS_BIND)
    libc.detach(_DISK)
    os.rmdir(_DISK)
    os.mkdir(WORK)
    os.chown(WORK, disk.owner, disk.owner)


def _show(view: View) -> None:
    for path in view.paths:
        _bind(path, _READ_ONLY)
    for link, target in view.links:
        os.makedirs(os.path.dirname(link), exist_ok=True)
        os.symlink(target, link)


def _bind(path: str, attributes: int, real: str | None = None) -> None:
    """Show what the old root has at `real`, in the same place unless `path` is another."""
    source = _OLD + (real or path)
    if os.path.isdir(source):
        os.makedirs(path, exist_ok=True)
    else:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_CLOEXEC, 0o644))
    libc.mount(source, path, "", libc.MS_BIND | libc.MS_REC)
    libc.restrict(path, attributes, recursive=True)


def _make_devices() -> None:
    for name in DEVICES:
        _bind(f"/dev/{name}", libc.ATTR_RDONLY | libc.ATTR_NOSUID | libc.ATTR_NOEXEC)
    os.symlink("/proc/self/fd", "/dev/fd")
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        os.symlink(f"/proc/self/fd/{number}", f"/dev/{name}")


def etc(hosts: Iterable[str]) -> dict[str, str]:
    """The files of /etc, with these names of the loopback besides the usual ones."""
    named = "".join(f"127.0.0.1 {each}\n" for each in hosts if _HOST.fullmatch(each) and each != "localhost")
    return {**_ETC, "hosts": _ETC["hosts"] + named}


def _make_etc(hosts: Iterable[str]) -> None:
    os.makedirs("/etc", exist_ok=True)
    for name, text in etc(hosts).items():
        # A Python file object would cost more than the file.
        file = os.open(f"/etc/{name}", os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o644)
        os.write(file, text.encode())
        os.close(file)


def _mount_proc() -> None:
    os.mkdir("/proc")
    libc.mount("proc", "/proc", "proc", libc.MS_NOSUID | libc.MS_NODEV | libc.MS_NOEXEC)
    # When the machine runs out of memory, the kernel should end a lesson first.
    with open("/proc/self/oom_score_adj", "w") as file:
        file.write("1000")
    libc.restrict("/proc", libc.ATTR_RDONLY)
