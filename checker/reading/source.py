"""Opens lesson files safely: only regular files, only inside the course, only up to a size."""

import errno
import os
import stat

from checker.reading.decoding import UnreadableError, decode

MAX_BYTES = 4 * 1024 * 1024
MAX_HEAD_BYTES = 64 * 1024

# O_PATH needs no permission to list parent folders; without O_PATH, read permission is needed.
_FOLDER = getattr(os, "O_PATH", os.O_RDONLY) | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
# O_NONBLOCK: opening a FIFO for reading would wait for a writer.
_FILE = os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC

_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a FIFO",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


def read_source(path: str, root: str) -> str:
    """The text of the file at `path`, whose real path must be in the folder `root`.

    Raises UnreadableError, which says in words why the file cannot be a lesson.
    """
    try:
        descriptor = _open_inside(path, root)
        try:
            size, data = _read(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise _explain(error, path) from None
    if size > MAX_BYTES:
        raise _too_large(data, size)
    return decode(data)


def read_bytes(data: bytes) -> str:
    """Decode the content of a lesson file. Raises UnreadableError."""
    if len(data) > MAX_BYTES:
        raise _too_large(data[:MAX_HEAD_BYTES], len(data))
    return decode(data)


def tree_root(folder: str) -> str:
    """The folder that a lesson's links may not leave: the repository around `folder`, or else `folder`."""
    start = os.path.realpath(folder)
    at = start
    while not os.path.lexists(os.path.join(at, ".git")):
        parent = os.path.dirname(at)
        if parent == at:
            return start
        at = parent
    return at


def is_inside(real: str, root: str) -> bool:
    """Whether the resolved path `real` is the resolved folder `root`, or below it."""
    return real == root or real.startswith(root.rstrip("/") + "/")


def _open_inside(path: str, root: str) -> int:
    """Resolve the links first, then walk down from `root` without following any.

    A file or a folder that is replaced by a link in the meantime is thus refused by the kernel.
    """
    real = os.path.realpath(path)
    if not is_inside(real, root):
        raise UnreadableError(
            "unreadable-file",
            "this link leads out of the course's folder, so it is not read: put the lesson itself here",
        )
    *folders, name = real[len(root.rstrip("/")) :].strip("/").split("/")
    at = os.open(root, _FOLDER & ~os.O_NOFOLLOW)
    try:
        for folder in folders:
            inner = os.open(folder, _FOLDER, dir_fd=at)
            os.close(at)
            at = inner
        return os.open(name or ".", _FILE, dir_fd=at)
    finally:
        os.close(at)


def _read(descriptor: int) -> tuple[int, bytes]:
    """The size of a file and its bytes; only the first bytes of a file that is too large."""
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        raise _not_regular(_KINDS.get(stat.S_IFMT(status.st_mode), "something else"))
    left = MAX_HEAD_BYTES if status.st_size > MAX_BYTES else MAX_BYTES + 1
    parts = []
    # Python allocates the whole size that is asked for, and megabytes for each small lesson would be slow.
    while left and (part := os.read(descriptor, min(left, status.st_size + 1))):
        parts.append(part)
        left -= len(part)
    data = b"".join(parts)
    # A file may grow in the meantime.
    return max(status.st_size, len(data)), data


def _not_regular(kind: str) -> UnreadableError:
    return UnreadableError("unreadable-file", f"this is {kind}, not a regular file, so it cannot be a lesson")


def _explain(error: OSError, path: str) -> UnreadableError:
    match error.errno:
        # open(2) reports a socket like this.
        case errno.ENXIO:
            return _not_regular("a socket")
        case errno.ELOOP:
            reason = "this link leads back to itself: point it at a file"
        case errno.ENOENT if os.path.islink(path):
            reason = "this link points at a file that does not exist: fix or remove the link"
        case errno.ENOENT:
            reason = "the file no longer exists"
        case errno.EACCES | errno.EPERM:
            reason = "the file cannot be read (permission denied): make it readable with `chmod +r`"
        case _:
            reason = f"the file cannot be read: {error.strerror}"
    return UnreadableError("unreadable-file", reason)


def _too_large(head: bytes, size: int) -> UnreadableError:
    megabytes = f"{size / 1024 / 1024:,.1f} MiB"
    opening = head.removeprefix(b"\xef\xbb\xbf")[:4].rstrip(b" \t\r\n")
    if opening == b"---" and b"\n---" not in head:
        return UnreadableError(
            "frontmatter-limits",
            f"the frontmatter is over {MAX_HEAD_BYTES // 1024} KiB (the file has {megabytes}): "
            "move the data out of it, or close it with `---`",
        )
    return UnreadableError(
        "file-too-large",
        f"this file has {megabytes}; lessons over {MAX_BYTES // 1024 // 1024} MiB are not read: split it",
    )
