"""Hostile snippets, each judged by what is seen outside the sandbox, in every tier. They run nowhere else."""

import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from checker.model import Outcome
from checker.running.engine import Engine
from checker.running.job import Limits
from tests.running.cells import lesson, outcomes
from tests.running.conftest import Run
from tests.sandboxes import in_every_tier

Attack = Callable[..., str]

# Each attack goes on after a refusal, and says what came of it. Some mistake what is refused for success.
TRIES = """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
X86 = os.uname().machine == "x86_64"
def attempt(act):
    try:
        print("DONE", act())
    except BaseException as error:
        print("REFUSED", type(error).__name__, error)
def call(x86, arm, *arguments):
    result = libc.syscall(x86 if X86 else arm, *arguments)
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result
"""


@pytest.fixture(scope="session", params=in_every_tier)
def tier(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def engine(tier: str) -> Iterator[Engine]:
    with Engine(Limits(cell_seconds=5.0), workers=1, tier=tier) as shared:
        yield shared


@pytest.fixture
def attack(run: Run) -> Attack:
    """Run an attack and make sure that it did its worst, to the last of its `count` attempts.

    Returns what it printed.
    It is told by `facts` where the outside world is. Secrets it is never told: one that it prints leaked.
    """

    def make(source: str, count: int, **facts: Any) -> str:
        [outcome] = run(with_facts(source, facts))
        assert outcome.kind == "passed", outcome
        assert outcome.stdout.count("REFUSED ") + outcome.stdout.count("DONE ") == count, outcome
        return outcome.stdout

    return make


def with_facts(source: str, facts: dict[str, Any]) -> str:
    return TRIES + "".join(f"{name} = {value!r}\n" for name, value in facts.items()) + source


def run_in(tier: str, source: str, limits: Limits | None = None, **more: Any) -> Outcome:
    """One block, in an engine of its own."""
    with Engine(limits or Limits(cell_seconds=5.0), workers=1, tier=tier, **more) as engine:
        [outcome] = outcomes(engine, lesson(TRIES + source))
    return outcome


@pytest.fixture
def token() -> str:
    return "SECRET" + secrets.token_hex(8)


@pytest.fixture
def outside() -> Iterator[Path]:
    """A folder that everybody on this machine may read and change: nothing but the sandbox protects it."""
    folder = Path(tempfile.mkdtemp(dir="/var/tmp"))
    folder.chmod(0o777)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def secret(outside: Path, token: str) -> Path:
    """A file that everybody may read and change."""
    path = outside / "key"
    path.write_text(token)
    path.chmod(0o666)
    return path


VICTIM = """
import ctypes, signal, sys, time
secret = ctypes.create_string_buffer(sys.stdin.readline().encode())
held = open(sys.argv[1])
for number in (signal.SIGUSR1, signal.SIGUSR2, signal.SIGIO, signal.SIGTERM, signal.SIGINT, signal.SIGCONT):
    signal.signal(number, lambda *_: print("signal", flush=True))
print(ctypes.addressof(secret), held.fileno(), flush=True)
while True:
    time.sleep(1)
"""


class Victim:
    """A process of the same user, with a secret in its memory, that says which signals it gets."""

    def __init__(self, token: str, held: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", VICTIM, str(held)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(token + "\n")
        self.process.stdin.flush()
        self.address, self.descriptor = map(int, self.process.stdout.readline().split())

    def facts(self) -> dict[str, int]:
        return {"victim": self.process.pid, "address": self.address, "descriptor": self.descriptor}

    def is_undisturbed(self) -> bool:
        """Whether nobody stopped or traces it; it sleeps, and for moments it runs."""
        return Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()[0] in "SR"

    def signals(self) -> str:
        """End it; what it said about signals until then."""
        self.process.kill()
        assert self.process.stdout is not None
        return self.process.stdout.read()


@pytest.fixture
def victim(token: str, secret: Path) -> Iterator[Victim]:
    one = Victim(token, secret)
    with one.process:
        yield one
        one.process.kill()


def is_root() -> bool:
    return os.geteuid() == 0
