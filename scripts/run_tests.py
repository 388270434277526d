"""Run all tests in two lots beside each other: one of them waits for processes half of the time.

`python scripts/run_tests.py` measures coverage.
"""

import subprocess
import sys
import tempfile

_PYTEST = (sys.executable, "-m", "coverage", "run", "-m", "pytest")
_APART = [f"tests/{room}" for room in ("running", "cli", "editor", "ci", "pytest_plugin", "reporting")]


def main() -> int:
    """0 when all passed; 1 when one of the two did not, or was ended by a signal."""
    with tempfile.TemporaryFile("w+") as printed:
        with subprocess.Popen([*_PYTEST, *_APART], stdout=printed, stderr=subprocess.STDOUT) as running:
            others = subprocess.run(
                [*_PYTEST, *(f"--ignore={each}" for each in _APART)], check=False
            ).returncode
        printed.seek(0)
        sys.stdout.write(printed.read())
    return 1 if others or running.returncode else 0


if __name__ == "__main__":
    sys.exit(main())
