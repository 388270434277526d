"""Run all tests in three lots beside each other: they wait for processes half of the time.

`python scripts/run_tests.py` measures coverage.
"""

import subprocess
import sys
import tempfile

_PYTEST = (sys.executable, "-m", "coverage", "run", "-m", "pytest")
_LOTS = (
    ["tests/running"],
    [f"tests/{room}" for room in ("rules", "analysis", "reporting", "cli", "editor", "ci", "pytest_plugin")],
)


def main() -> int:
    """0 when all passed; 1 when one of the lots did not, or was ended by a signal."""
    with tempfile.TemporaryFile("w+") as one, tempfile.TemporaryFile("w+") as another:
        beside = [
            subprocess.Popen([*_PYTEST, *lot], stdout=printed, stderr=subprocess.STDOUT)
            for lot, printed in zip(_LOTS, (one, another), strict=True)
        ]
        others = [f"--ignore={each}" for lot in _LOTS for each in lot]
        statuses = [subprocess.run([*_PYTEST, *others], check=False).returncode]
        for process, printed in zip(beside, (one, another), strict=True):
            statuses.append(process.wait())
            printed.seek(0)
            sys.stdout.write(printed.read())
    return 1 if any(statuses) else 0


if __name__ == "__main__":
    sys.exit(main())
