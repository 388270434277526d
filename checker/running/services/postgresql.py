"""PostgreSQL on this machine: its binaries, and a fresh data folder.

Every lesson's server begins with a copy of that folder: making one takes a second, copying it 40 ms. Nothing
of any course goes into it.
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
# Debian's folders, and those of PostgreSQL's own packages for Fedora and its kin.
_FOLDERS = ("/usr/lib/postgresql", "/usr")
_FOLDER = regex(r"/usr/lib/postgresql/\d+|/usr/pgsql-\d+")
_VERSION = regex(r"\(PostgreSQL\) (?P<version>(?P<major>\d+)\S*)")
_SECONDS = 120.0
_NOBODY = 65534
# The options of `initdb`: whom the socket file brings is trusted, TCP wants the password.
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
    """The binaries of a server: their folder, and their version as they say it and as a number."""

    programs: str
    version: str
    major: int


@cache
def find_server() -> Server | None:
    """The newest server whose programs a sandbox can see, or None.

    A sandbox sees /usr and nothing else of the system, so that is where they are looked for; which folders
    PATH has in there counts too.
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
    """The real path of a fresh data folder of this server, made if it is not kept from an earlier run.

    Raises CheckerError when it cannot be made.
    """
    # The number changes with what is done to it after `initdb`.
    key = digest(
        b"1", server.programs.encode(), server.version.encode(), *(each.encode() for each in _OPTIONS)
    )
    kept = default_folder() / "postgresql" / f"{server.major}-{key.hex()[:16]}"
    return os.path.realpath(make_once(kept, partial(_make, server)) / "data")


def _make(server: Server, kept: Path) -> None:
    # Root's caches are closed to the user that the server has to be made as.
    with tempfile.TemporaryDirectory(prefix="coursecheck-") as folder:
        if os.geteuid() == 0:
            os.chown(folder, _NOBODY, _NOBODY)
        made = Path(folder, "data")
        _initdb(server, made)
        shutil.copytree(made, kept / "data")
        _open(kept / "data")


def _open(data: Path) -> None:
    """Let everybody read it: there is nothing in it, and who a lesson is has no right to it otherwise."""
    for folder, _, names in os.walk(data):
        os.chmod(folder, 0o755)  # noqa: S103 it lies in a folder of our own
        for name in names:
            os.chmod(os.path.join(folder, name), 0o644)


def _initdb(server: Server, data: Path) -> None:
    owner = _NOBODY if os.geteuid() == 0 else None  # it refuses to be root
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
