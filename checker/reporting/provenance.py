"""Identifies a run: its time, its commit, its id, without starting any program."""

import os
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from checker.patterns import regex
from checker.reporting.document import RunRecord

_COMMIT = regex(r"[0-9a-f]{40}([0-9a-f]{24})?")
_MOST_BYTES = 1 << 20  # of a file of git's that is read


def new_run(environment: Mapping[str, str] = os.environ, shard: str | None = None) -> RunRecord:
    """A run that begins now, in the current folder.

    The shards of a pipeline share its id. A whole run has its own id, since a pipeline may check the same
    course under several versions of Python.
    """
    pipeline = _pipeline(environment) if shard else ""
    return RunRecord(
        id=pipeline or os.urandom(8).hex(),
        started=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        revision=_revision_of_pipeline(environment) or checked_out(Path.cwd()),
        shard=shard,
    )


def _pipeline(environment: Mapping[str, str]) -> str:
    if run := environment.get("GITHUB_RUN_ID"):
        return f"github-{run}-{environment.get('GITHUB_RUN_ATTEMPT', '1')}"
    if run := environment.get("CI_PIPELINE_ID"):
        return f"gitlab-{run}"
    return ""


def _revision_of_pipeline(environment: Mapping[str, str]) -> str | None:
    return _commit(environment.get("GITHUB_SHA") or environment.get("CI_COMMIT_SHA") or "")


def checked_out(folder: Path) -> str | None:
    """The commit that is checked out around a folder, read from git's files; None when it is unclear.

    Git itself is not run: a checkout's configuration may make it start other programs.
    """
    for above in (folder, *folder.parents):
        entry = above / ".git"
        if entry.is_dir():
            return _head(entry)
        if entry.is_file():  # a worktree names the folder that contains its HEAD
            named = _read(entry).removeprefix("gitdir:").strip()
            return _head(above / named)
    return None


def _head(folder: Path) -> str | None:
    head = _read(folder / "HEAD").strip()
    if not head.startswith("ref:"):
        return _commit(head)
    branch = head.removeprefix("ref:").strip()
    if not re.fullmatch(r"refs/[^\x00]+", branch) or ".." in branch:
        return None
    common = folder / (_read(folder / "commondir").strip() or ".")
    for place in (folder, common):
        if commit := _commit(_read(place / branch).strip()):
            return commit
    packed = re.search(rf"^([0-9a-f]+) {re.escape(branch)}$", _read(common / "packed-refs"), re.MULTILINE)
    return _commit(packed[1]) if packed else None


def _commit(text: str) -> str | None:
    return text if _COMMIT.fullmatch(text) else None


def _read(path: Path) -> str:
    """The beginning of a file, empty when it cannot be read."""
    try:
        if not path.is_file():
            return ""
        with path.open("rb") as file:
            return file.read(_MOST_BYTES).decode(errors="replace")
    except (OSError, ValueError):
        return ""
