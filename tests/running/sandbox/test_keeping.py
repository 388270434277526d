"""Forking the first process of a lesson, as a zygote does, which lets its children be reaped at once."""

import subprocess
import sys

FORKING = """
import os, signal
from checker.running.sandbox import keeping
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for _ in range(500):
    os.close(keeping.fork(lambda: os._exit(0)))
"""


def test_a_child_that_ends_at_once_has_a_pidfd_too() -> None:
    ran = subprocess.run([sys.executable, "-c", FORKING], capture_output=True, text=True, check=False)
    assert ran.stderr == ""
