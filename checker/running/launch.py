"""Starts a zygote: as a plain process, or inside the sandbox that its tier begins with."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from checker.errors import SandboxError
from checker.running.job import Limits
from checker.running.sandbox import bubblewrap
from checker.running.sandbox.remedies import RefusedError, refusal
from checker.running.sandbox.root import DEVICES, SHM, TMP, etc
from checker.running.sandbox.tier import NOTHING, Layout
from checker.running.sandbox.view import View, interpreter_view, steps

ROOT = str(Path(__file__).parents[2])
# The parts of this package that a zygote imports.
_WORKER = ("__init__.py", "running/__init__.py", "running/worker", "running/sandbox")
_BOOT = (
    "import sys; sys.path.insert(0, sys.argv.pop(1)); from checker.running.worker.zygote import main; main()"
)
_SHOW_VIEW = (
    "import json, sys; sys.path.insert(0, sys.argv[1]);"
    " from checker.running.sandbox.view import interpreter_view;"
    " print(json.dumps(interpreter_view(sys.argv[2:])))"
)
_VIEW_SECONDS = 60.0
# As root, a zygote gives each lesson its own user, and removes that user's files.
_OF_ROOT = (
    "CAP_CHOWN",
    "CAP_DAC_OVERRIDE",
    "CAP_DAC_READ_SEARCH",
    "CAP_FOWNER",
    "CAP_SETGID",
    "CAP_SETPCAP",
    "CAP_SETUID",
)
_READER = "1000"


class Sandboxing(NamedTuple):
    """How snippets are isolated: the tier, and what it has to know before it can start a zygote."""

    tier: str = "namespaces"
    disk: int = Limits().disk
    fixtures: str | None = None
    layout: Layout = NOTHING


ORDINARY = Sandboxing()


class Python(NamedTuple):
    """The interpreter that snippets run in, its environment, and its package folders."""

    executable: str
    environment: Mapping[str, str]
    site: Sequence[str]


def start_zygote(python: Python, sandboxing: Sandboxing, channel: int) -> subprocess.Popen[bytes]:
    """Start a zygote that talks on this descriptor and writes failures to its standard error.

    Raises SandboxError when something that the tier needs is not installed.
    """
    # No user site and no current folder in the path; the package folders are sent later.
    command = [python.executable, "-s", "-P", "-c", _BOOT, ROOT, str(channel)]
    with ExitStack() as opened:
        handed_on = [channel]
        if sandboxing.tier == bubblewrap.TIER.name:
            given = _Given(opened)
            command = [_bubblewrap(), "--args", given.bytes(_arguments(python, sandboxing, given)), *command]
            handed_on += given.descriptors
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=dict(python.environment),
            cwd="/",
            pass_fds=handed_on,
            # Ctrl-C on the terminal is for the checker only, and no terminal reaches a lesson.
            start_new_session=True,
        )


class _Given:
    """Passes texts to bubblewrap as open files, so that the process list does not show them."""

    def __init__(self, opened: ExitStack) -> None:
        self._opened = opened
        self.descriptors: list[int] = []

    def bytes(self, content: Sequence[str]) -> str:
        """A descriptor with these strings, each followed by a NUL."""
        return self._file("".join(f"{each}\0" for each in content))

    def text(self, content: str) -> str:
        """A descriptor with this text."""
        return self._file(content)

    def _file(self, content: str) -> str:
        descriptor = os.memfd_create("coursecheck")
        self._opened.callback(os.close, descriptor)
        os.write(descriptor, os.fsencode(content))
        os.lseek(descriptor, 0, os.SEEK_SET)
        self.descriptors.append(descriptor)
        return str(descriptor)


def _bubblewrap() -> str:
    # Never from the current folder, which may be a stranger's course.
    path = [each for each in os.environ.get("PATH", os.defpath).split(os.pathsep) if os.path.isabs(each)]
    found = shutil.which("bwrap", path=os.pathsep.join(path))
    if found is None:
        raise refusal(bubblewrap.TIER.name, "find bubblewrap", 0, "bwrap is not installed")
    return found


def _arguments(python: Python, sandboxing: Sandboxing, given: _Given) -> list[str]:
    """The file tree of `root.build_root`, as options of bubblewrap."""
    return [each for argument in _options(python, sandboxing, given) for each in argument]


def _options(python: Python, sandboxing: Sandboxing, given: _Given) -> Iterator[Sequence[str]]:
    yield from (["--unshare-ipc"], ["--unshare-pid"], ["--unshare-net"], ["--unshare-uts"])
    yield from (["--unshare-cgroup-try"], ["--die-with-parent"], ["--new-session"], ["--hostname", "lesson"])
    if os.geteuid() == 0:
        yield "--cap-drop", "ALL"
        yield from (("--cap-add", each) for each in _OF_ROOT)
    else:
        yield from (["--unshare-user"], ["--uid", _READER], ["--gid", _READER])
    view = _view(python)
    bound = (*view.paths, *(f"{ROOT}/checker/{part}" for part in _WORKER))
    if any(path.startswith(f"{TMP}/") for path in bound):
        # A lesson owns all of /tmp; unlike the `namespaces` tier, this one cannot mount the interpreter into
        # it.
        reason = f"the interpreter lies below {TMP}, which is the lesson's own there"
        raise RefusedError(reason, "install coursecheck and what lessons import in another folder")
    # The lesson's disk comes first, because an interpreter in a home folder is bound into it.
    yield "--size", str(sandboxing.disk), "--tmpfs", bubblewrap.DISK
    # By default, bubblewrap creates parent folders that only its own user may enter.
    layout = sandboxing.layout
    inside = (*bound, *(target for _, target in layout.shown), *layout.folders)
    folders = {"/dev", "/etc", *(folder for path in inside for folder in steps(os.path.dirname(path)))}
    yield from (("--perms", "0755", "--dir", folder) for folder in sorted(folders))
    yield from (("--ro-bind", path, path) for path in bound)
    yield from (("--ro-bind", real, path) for real, path in layout.shown)
    yield from (("--symlink", bubblewrap.own_folder(path), path) for path in layout.folders)
    for link, target in view.links:
        yield "--symlink", target, link
    for name in DEVICES:
        yield "--dev-bind", f"/dev/{name}", f"/dev/{name}"
    for name, text in etc(sandboxing.layout.hosts).items():
        yield "--perms", "0644", "--ro-bind-data", given.text(text), f"/etc/{name}"
    if sandboxing.fixtures is not None:
        yield "--ro-bind", sandboxing.fixtures, bubblewrap.FIXTURES
    yield "--symlink", bubblewrap.TMP, TMP
    yield "--symlink", bubblewrap.SHM, SHM
    yield "--symlink", "/proc/self/fd", "/dev/fd"
    yield "--proc", "/proc"
    yield "--remount-ro", "/"


def _view(python: Python) -> View:
    if python.executable == sys.executable:
        return interpreter_view(python.site)
    asked = subprocess.run(
        [python.executable, "-s", "-P", "-c", _SHOW_VIEW, ROOT, *python.site],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env=dict(python.environment),
        cwd="/",
        timeout=_VIEW_SECONDS,
        check=False,
    )
    if asked.returncode != 0:
        last = asked.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise SandboxError(f"the interpreter for snippets, {python.executable}, does not start: {last}")
    paths, links = json.loads(asked.stdout)
    return View(tuple(paths), tuple((link, target) for link, target in links))
