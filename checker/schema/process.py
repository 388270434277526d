"""Validates frontmatter in a worker process that ends itself when it takes too long."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import checker
from checker.errors import CheckerError, ConfigError

if TYPE_CHECKING:
    from subprocess import CompletedProcess

# With -P no module is imported from the current folder, which is the course's and perhaps a stranger's.
_START = "import sys; sys.path.append(sys.argv[1]); from checker.schema.worker import main; main()"

# faulthandler writes this at the worker's deadline, where no signal ended the worker.
_TIMED_OUT = b"Timeout ("


class Task(NamedTuple):
    """A schema's file, and the frontmatter of every lesson to validate."""

    schema: str
    lessons: Sequence[Any]


class Violation(NamedTuple):
    """A key or value that a schema does not allow, in an author's words.

    `path` leads to the value; `key`, if any, is a missing or unwanted key below it.
    """

    path: tuple[str | int, ...]
    key: str | None
    message: str


def judge(tasks: Sequence[Task]) -> Iterator[list[Violation]]:
    """The violations of every lesson of every task, in order.

    Raises ConfigError for a schema that cannot be used, or that takes too long.
    """
    if not tasks:
        return
    answers, done = _work(tasks)
    for task in tasks:
        for _ in task.lessons:
            answer = next(answers, None)
            if answer is None:
                raise _ended(task, done)
            if isinstance(answer, dict):
                raise ConfigError(f"{task.schema}: {answer['refused']}")
            yield [Violation(tuple(path), key, message) for path, key, message in answer]


def _work(tasks: Sequence[Task]) -> tuple[Iterator[Any], "CompletedProcess[bytes]"]:
    # Imported here: most lessons are evidently valid and do not need these.
    import json
    import pickle
    import subprocess

    root = str(Path(checker.__file__).parent.parent)
    done = subprocess.run(
        [sys.executable, "-P", "-c", _START, root],
        input=pickle.dumps([tuple(task) for task in tasks]),
        capture_output=True,
        check=False,
    )
    return map(json.loads, done.stdout.splitlines()), done


def _ended(task: Task, done: "CompletedProcess[bytes]") -> CheckerError:
    import signal  # only for failures

    if -done.returncode == getattr(signal, "SIGPROF", None) or done.stderr.startswith(_TIMED_OUT):
        return ConfigError(
            f"{task.schema}: judging one lesson's frontmatter takes too long",
            "Look for a pattern that repeats a repetition, such as ^(a+)+$, or for anyOf within anyOf.",
        )
    last = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
    return CheckerError(f"{task.schema}: judging frontmatter by it failed: {last}")
