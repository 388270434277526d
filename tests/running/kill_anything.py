"""kill -9 any one of the checker's processes at a random moment: `python -m tests.running.kill_anything`.

Each round runs a small course and kills one of its processes. The run must end with the right report or
with status 2, leave no process, mount or file, and the next run must be right.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

from checker.running.sandbox import libc
from checker.running.sandbox.members import descendants

LESSON = """# Lesson

```python
import os, time
if os.fork() == 0:
    os.setsid()
    time.sleep(60)
    os._exit(0)
total = sum(range(1000))
time.sleep(0.1)
total
```

```python
import os, time
with open("file", "w") as file:
    file.write("x" * 1000)
time.sleep(0.05)
print(os.path.getsize("file"))
```
"""
PRINTED = ["499500\n", "1000\n"]
LESSONS = 3


def command(course: Path, tier: str) -> list[str]:
    options = ["--sandbox", tier, "--no-cache", "--output-format", "json", "--color", "never"]
    return [sys.executable, "-m", "checker", "check", str(course), *options]


def write_course(folder: Path) -> None:
    for number in range(LESSONS):
        (folder / f"{number}.mdx").write_text(LESSON)


def remains(scratch: Path) -> list[str]:
    """What is left of a run on this machine: orphans come to us, and its files are all in one folder."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    found = [f"file {each}" for each in os.listdir(scratch)]
    for pid in descendants("/proc", os.getpid()):
        with suppress(OSError):
            words = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ")
            found.append(f"process {pid} {words[:80]!r}")
    return found


def is_right(output: str) -> bool:
    try:
        blocks = json.loads(output)["blocks"]
    except (ValueError, KeyError):
        return False
    wanted = [("passed", printed) for _ in range(LESSONS) for printed in PRINTED]
    return [(each["outcome"], each["stdout"]) for each in blocks] == wanted


def one_round(course: Path, scratch: Path, tier: str, seed: int) -> str:
    """Kill one process; a word for what it was. An AssertionError says what was wrong."""
    chance = random.Random(seed)
    mounts = Path("/proc/self/mountinfo").read_text()
    environment = {**os.environ, "TMPDIR": str(scratch)}
    checker = subprocess.Popen(
        command(course, tier), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    )
    if chance.random() < 0.8:  # mostly when there is somebody to choose from
        while len(descendants("/proc", checker.pid)) < 2 and checker.poll() is None:
            time.sleep(0.005)
    time.sleep(chance.uniform(0.0, 0.6))
    everyone = [checker.pid, *descendants("/proc", checker.pid)]
    depth = chance.randrange(len(everyone))
    victim = everyone[depth]
    with suppress(ProcessLookupError):
        os.kill(victim, signal.SIGKILL)
    output, errors = checker.communicate(timeout=60)
    said = f"seed {seed}, killed number {depth} of {len(everyone)}, status {checker.returncode}: {errors}"
    if victim == checker.pid:
        assert checker.returncode in (-signal.SIGKILL, 0), said
    else:
        assert checker.returncode == 2 or (checker.returncode == 0 and is_right(output)), said + output[-600:]
        assert checker.returncode != 2 or errors.strip(), said
    deadline = time.monotonic() + 10
    while (left := remains(scratch)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not left, f"{said}\nleft: {left}"
    assert Path("/proc/self/mountinfo").read_text() == mounts, said
    again = subprocess.run(
        command(course, tier), capture_output=True, text=True, check=False, env=environment
    )
    assert again.returncode == 0, f"{said}\nthe next run: {again.stderr}"
    assert is_right(again.stdout), f"{said}\nthe next run: {again.stdout[-600:]}"
    return "the checker" if depth == 0 else f"number {depth} of {len(everyone)}, status {checker.returncode}"


def main() -> int:
    """Many rounds; says what was killed, and every fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--tier", default="namespaces")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    killed: Counter[str] = Counter()
    faults = 0
    libc.prctl("adopt orphans", libc.PR_SET_CHILD_SUBREAPER, 1)
    with tempfile.TemporaryDirectory() as folder:
        course, scratch = Path(folder, "course"), Path(folder, "scratch")
        for each in (course, scratch):
            each.mkdir()
        Path(folder).chmod(0o755)
        scratch.chmod(0o1777)
        write_course(course)
        for seed in range(given.seed, given.seed + given.rounds):
            try:
                killed[one_round(course, scratch, given.tier, seed)] += 1
            except (AssertionError, subprocess.TimeoutExpired) as error:
                faults += 1
                print(f"FAULT {error}", flush=True)  # noqa: T201
    for word, count in sorted(killed.items()):
        print(f"{count:4} {word}")  # noqa: T201
    print(f"{given.rounds} rounds in {given.tier}, {faults} faults")  # noqa: T201
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
