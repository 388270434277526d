"""The files of a git revision, and which of them have changed.

A checkout may come from a stranger and bring its own `.git/config`, which can name programs: monitors, hooks,
filters, fetch helpers. So git is only asked for what needs none of them: names and digests of a commit's
files. Files on disk, including untracked ones, are compared here.
"""

import hashlib
import os
import stat
from collections.abc import Iterator
from functools import cached_property
from os.path import dirname, join

from checker.errors import UsageError

_SECONDS = 60.0
_SAFELY = (
    *("--no-pager", "--literal-pathspecs", "--no-optional-locks"),
    *("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"),
)
_ENVIRONMENT = {
    "GIT_CONFIG_NOSYSTEM": "1",
    # A partial clone would fetch missing objects, by a program that the checkout may name.
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
# The user's own settings, which say whose checkouts they trust.
_KEPT = ("GIT_CONFIG_GLOBAL", "GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM")
_LINK, _SUBMODULE = b"120000", b"160000"
_PIECE = 1 << 20


class Revision:
    """A commit, and how the files around it differ from it.

    `name` is how it was asked for, `folder` the resolved top folder of its repository.
    """

    def __init__(self, name: str, folder: str, entries: dict[str, tuple[bytes, str]]) -> None:
        self.name = name
        self.folder = folder
        self._entries = entries  # mode and digest by the path below the top folder
        self._known: dict[str, bool] = {}

    def has_changed(self, path: str) -> bool:
        """Whether a file was created, changed or removed since; true for files outside the repository."""
        place = _placed(path)
        if place not in self._known:
            self._known[place] = self._differs(place)
        return self._known[place]

    def holds(self, path: str) -> bool:
        """Whether this path is in the repository."""
        return f"{_placed(path)}/".startswith(f"{self.folder.rstrip('/')}/")

    def held(self, path: str) -> bool:
        """Whether there was a file at this path."""
        return self._below(_placed(path)) in self._entries

    @cached_property
    def gone(self) -> frozenset[str]:
        """The absolute paths of removed files."""
        paths = (join(self.folder, name) for name in self._entries)
        return frozenset(path for path in paths if not os.path.lexists(path))

    def files_in(self, folder: str) -> Iterator[str]:
        """The paths of existing and removed files in a folder."""
        top = os.path.realpath(folder)
        before = (join(self.folder, name) for name in self._entries)
        yield from {path for path in before if dirname(path) == top} | {
            join(top, name) for name in os.listdir(top)
        }

    def has_changed_below(self, folder: str) -> bool:
        """Whether a file below a folder was created, changed or removed since."""
        top = os.path.realpath(folder)
        there = {join(at, name) for at, _, names in os.walk(top) for name in names}
        before = {join(self.folder, name) for name in self._entries}
        return any(map(self.has_changed, there)) or any(path.startswith(f"{top}/") for path in before - there)

    def _below(self, place: str) -> str:
        return place.removeprefix(self.folder.rstrip("/") + "/")

    def _differs(self, place: str) -> bool:
        mode, digest = self._entries.get(self._below(place), (b"", ""))
        if mode == _LINK and os.path.islink(place):
            if _digest_of(os.fsencode(os.readlink(place)), digest) != digest:
                return True
            # The link is unchanged, so its target decides.
            target = os.path.realpath(place)
            return target == place or self.has_changed(target)
        if not digest or mode in (_LINK, _SUBMODULE):
            return True
        try:
            return not _is_blob(place, digest)
        except OSError:
            return True


def read_revision(name: str, near: str) -> Revision:
    """The revision of this name in the repository around the folder `near`.

    It is the merge base with HEAD, so that later changes on the other branch do not count. Raises UsageError
    when there is no repository or no such revision.
    """
    option = f"--changed-since {name}"
    if not name or name.startswith("-") or "\0" in name:
        raise UsageError(f"{option}: {name!r} is no revision", "Name a branch, a tag or a commit.")
    asked = _git(near, "rev-parse", "--is-shallow-repository", "--show-toplevel")
    if asked.status:
        raise UsageError(f"{option}: {asked.complaint(near)}", _remedy(asked.error))
    shallow, _, top = asked.output.removesuffix("\n").partition("\n")
    folder = os.path.realpath(top)
    if not f"{os.path.realpath(near)}/".startswith(f"{folder.rstrip('/')}/"):
        raise UsageError(f"{option}: the repository of {near} says that its files are in {top}")
    fetch = (
        "This clone is shallow: `git fetch --unshallow` gets the rest, in actions/checkout `fetch-depth: 0`."
        if shallow == "true"
        else "`git fetch` gets what the server has; `git branch --all` and `git tag` list what is here."
    )
    commit = _git(near, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
    if commit.status:
        raise UsageError(f"{option}: there is no such revision here", fetch)
    base = _git(near, "merge-base", commit.output.strip(), "HEAD")
    if base.status and shallow == "true":
        raise UsageError(f"{option}: where HEAD parted from it is not in this clone", fetch)
    # Unrelated histories are compared as they are.
    at = commit.output.strip() if base.status else base.output.strip()
    tree = _git(folder, "ls-tree", "-r", "-z", "--full-tree", at)
    if tree.status:
        raise UsageError(f"{option}: git cannot list its files: {tree.error}", fetch)
    return Revision(name, folder, dict(_entries(tree.output)))


def _entries(listing: str) -> Iterator[tuple[str, tuple[bytes, str]]]:
    for line in listing.split("\0")[:-1]:
        about, _, name = line.partition("\t")
        mode, _, digest = about.split(" ")
        yield name, (mode.encode(), digest)


class _Answer:
    def __init__(self, status: int, output: bytes, error: bytes) -> None:
        self.status = status
        self.output = os.fsdecode(output)
        lines = os.fsdecode(error).splitlines()
        told = next((each for each in lines if each.startswith("fatal:")), lines[-1] if lines else "")
        self.error = told.removeprefix("fatal:").strip()

    def complaint(self, folder: str) -> str:
        if "not a git repository" in self.error:
            return f"{folder} is in no git repository"
        return self.error or "git does not answer"


def _git(folder: str, *arguments: str) -> _Answer:
    # Imported here because most runs do not ask for changes.
    import subprocess

    # Variables that a hook sets for its own repository must not apply to this one.
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_") or key in _KEPT}
    command = ["git", *_SAFELY, "-C", folder, *arguments]
    try:
        ended = subprocess.run(
            command,
            env={**kept, **_ENVIRONMENT},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=_SECONDS,
        )
    except FileNotFoundError:
        raise UsageError("--changed-since: there is no git here", "Install git.") from None
    except subprocess.TimeoutExpired:
        raise UsageError(f"--changed-since: git did not answer within {_SECONDS:g} s") from None
    return _Answer(ended.returncode, ended.stdout, ended.stderr)


def _remedy(error: str) -> str:
    if "dubious ownership" in error:
        return "`git config --global --add safe.directory FOLDER` says that you trust it."
    return "Without --changed-since every lesson is checked."


def _placed(path: str) -> str:
    """The absolute path of a file with its folder resolved; the file itself may be a link."""
    absolute = os.path.abspath(path)
    return join(os.path.realpath(dirname(absolute)), os.path.basename(absolute))


def _is_blob(path: str, digest: str) -> bool:
    """Whether a file has the content with this digest, possibly with other line endings."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            return False
        hashed = _hash(digest, status.st_size)
        has_returns = False
        while piece := file.read(_PIECE):
            has_returns = has_returns or b"\r\n" in piece
            hashed.update(piece)
        if hashed.hexdigest() == digest:
            return True
        if not has_returns or status.st_size > _PIECE:
            return False
        file.seek(0)
        return _digest_of(file.read().replace(b"\r\n", b"\n"), digest) == digest


def _digest_of(content: bytes, like: str) -> str:
    hashed = _hash(like, len(content))
    hashed.update(content)
    return hashed.hexdigest()


def _hash(like: str, size: int) -> "hashlib._Hash":
    """The hash object that git uses for digests of this length."""
    head = b"blob %d\0" % size
    if len(like) == 64:
        return hashlib.sha256(head)
    return hashlib.sha1(head, usedforsecurity=False)
