"""Run all tests: those of running beside the others, since they wait for their sandboxes half of the time.

`python scripts/run_tests.py` measures coverage; the exit status is the worse one of the two.
"""

import signal
import subprocess
import sys
import tempfile

_PYTEST = (sys.executable, "-m", "coverage", "run", "-m", "pytest")
_APART = "tests/running"


def main() -> int:
    # What is started in the background ignores Ctrl-C, and so would all that the tests interrupt.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with tempfile.TemporaryFile("w+") as printed:
        with subprocess.Popen([*_PYTEST, _APART], stdout=printed, stderr=subprocess.STDOUT) as running:
            others = subprocess.run([*_PYTEST, f"--ignore={_APART}"], check=False).returncode
        printed.seek(0)
        sys.stdout.write(printed.read())
    return max(others, running.returncode)


if __name__ == "__main__":
    sys.exit(main())
