"""PostgreSQL on this machine: its binaries, and a new data folder.

Every lesson's server starts with a copy of that folder: making one takes a second, copying it 40 ms. It holds
nothing of any course.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

from checker.cache import default_folder, digest
from checker.errors import CheckerError
from checker.patterns import regex
from checker.running.made_once import make_once
from checker.running.worker.services.postgresql.preparing import TEMPLATE_USER

PROGRAMS = ("initdb", "postgres", "psql")
# Folders of Debian, and of PostgreSQL's own packages for Fedora and related systems.
_FOLDERS = ("/usr/lib/postgresql", "/usr")
_FOLDER = regex(r"/usr/lib/postgresql/\d+|/usr/pgsql-\d+")
_VERSION = regex(r"\(PostgreSQL\) (?P<version>(?P<major>\d+)\S*)")
_SECONDS = 120.0
_NOBODY = 65534
# Options of `initdb`: connections by the socket file are trusted, TCP requires the password.
_OPTIONS = (
    f"--username={TEMPLATE_USER}",
    "--encoding=UTF8",
    "--locale=C.UTF-8",
    "--auth-local=trust",
    "--auth-host=scram-sha-256",
    "--wal-segsize=1",
    "--no-sync",
    "--no-instructions",
)


class Server(NamedTuple):
    """The binaries of a server: their folder, and their version as text and as a number."""

    programs: str
    version: str
    major: int


@cache
def find_server() -> Server | None:
    """The newest server whose programs a sandbox can see, or None.

    A sandbox sees only /usr of the system, so the programs are looked for there, including folders of PATH
    below it.
    """
    found = (_ask(folder) for folder in sorted(set(_folders())))
    return max((each for each in found if each), key=lambda server: server.major, default=None)


def _folders() -> Iterator[str]:
    for parent in _FOLDERS:
        for name in os.listdir(parent) if os.path.isdir(parent) else ():
            if _FOLDER.fullmatch(folder := f"{parent}/{name}"):
                yield f"{folder}/bin"
    for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
        real = os.path.realpath(folder)
        if real.startswith("/usr/"):
            yield real


def _ask(folder: str) -> Server | None:
    if not all(os.access(os.path.join(folder, each), os.X_OK) for each in PROGRAMS):
        return None
    try:
        said = subprocess.run(
            [os.path.join(folder, "postgres"), "--version"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        ).stdout.decode(errors="replace")
    except (OSError, subprocess.TimeoutExpired):
        return None
    match = _VERSION.search(said)
    return Server(folder, match["version"], int(match["major"])) if match else None


def template(server: Server) -> str:
    """The real path of a new data folder of this server, made unless an earlier run has kept it.

    Raises CheckerError when it cannot be made.
    """
    # Increase the number when what is done after `initdb` changes.
    key = digest(
        b"1", server.programs.encode(), server.version.encode(), *(each.encode() for each in _OPTIONS)
    )
    kept = default_folder() / "postgresql" / f"{server.major}-{key.hex()[:16]}"
    return os.path.realpath(make_once(kept, partial(_make, server)) / "data")


def _make(server: Server, kept: Path) -> None:
    # The user that the server must be made as cannot read root's caches.
    with tempfile.TemporaryDirectory(prefix="coursecheck-") as folder:
        if os.geteuid() == 0:
            os.chown(folder, _NOBODY, _NOBODY)
        made = Path(folder, "data")
        _initdb(server, made)
        shutil.copytree(made, kept / "data")
        _open(kept / "data")


def _open(data: Path) -> None:
    """Make it readable for everybody: it holds nothing private, and a lesson's user has no other access."""
    for folder, _, names in os.walk(data):
        os.chmod(folder, 0o755)  # noqa: S103 it lies in a folder of our own
        for name in names:
            os.chmod(os.path.join(folder, name), 0o644)


def _initdb(server: Server, data: Path) -> None:
    owner = _NOBODY if os.geteuid() == 0 else None  # initdb refuses to run as root
    command = [os.path.join(server.programs, "initdb"), f"--pgdata={data}", *_OPTIONS]
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env={"PATH": os.defpath, "LANG": "C.UTF-8"},
            cwd="/",
            timeout=_SECONDS,
            check=False,
            user=owner,
            group=owner,
            extra_groups=None if owner is None else [],
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise CheckerError(f"PostgreSQL's {command[0]} does not run: {error}") from None
    if done.returncode:
        lines = done.stderr.decode(errors="replace").strip().splitlines() or ["no reason given"]
        said = next((line for line in lines if "error:" in line or "FATAL:" in line), lines[-1])
        raise CheckerError(f"PostgreSQL's {command[0]} fails: {said}")
