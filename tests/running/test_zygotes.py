import os
import socket
from pathlib import Path

import pytest

from checker.errors import SandboxError
from checker.running import launch, zygotes
from checker.running.zygotes import LostError, Zygote, Zygotes


def test_the_environment_is_made_from_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONSTARTUP", "/owned.py")
    zygote = Zygote(())
    environment = Path(f"/proc/{zygote._process.pid}/environ").read_bytes()
    zygote.close()
    names = {entry.partition(b"=")[0].decode() for entry in environment.split(b"\0") if entry}
    assert names <= {*zygotes._ENVIRONMENT, "PATH", "LD_LIBRARY_PATH"}


def test_an_interpreter_that_does_not_answer_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launch, "_BOOT", "import time; time.sleep(60)")
    monkeypatch.setattr(zygotes, "_READY_SECONDS", 0.1)
    with pytest.raises(SandboxError, match=r"did not answer in 0\.1 s"):
        Zygote(())


def test_a_zygote_that_was_killed_is_lost() -> None:
    zygote = Zygote(())
    assert zygote.is_alive
    os.kill(zygote._process.pid, 9)
    ours, theirs = socket.socketpair()
    with ours, theirs, pytest.raises(LostError):
        zygote.fork({}, theirs)
    zygote.close()
    assert not zygote.is_alive


def test_a_zygote_that_has_fallen_silent_is_not_asked_again() -> None:
    kept = Zygotes()
    first = kept.get(())
    first._channel.shutdown(socket.SHUT_RDWR)  # as the kernel does while the process is still ending
    ours, theirs = socket.socketpair()
    with ours, theirs, pytest.raises(LostError):
        first.fork({}, theirs)
    assert kept.get(()) is not first
    kept.close()


def test_a_zygote_is_kept_for_those_who_want_the_same() -> None:
    kept = Zygotes()
    first = kept.get(())
    assert kept.get(()) is first
    os.kill(first._process.pid, 9)
    first._process.wait()
    second = kept.get(())
    assert second is not first
    kept.close()
    assert not second.is_alive
    with pytest.raises(LostError):
        kept.get(())
