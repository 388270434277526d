"""Writes a fixed lesson: completely or not at all, and never over another change."""

import errno
import os
import stat
from contextlib import suppress

_MARK = b"\xef\xbb\xbf"
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
# O_NONBLOCK: a file that has become a FIFO must not block us.
_FILE = os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC


class NotWrittenError(Exception):
    """The lesson was not changed; the message says why."""


def write_lesson(path: str, old: str, new: str) -> None:
    """Replace the text of the lesson at `path`, which was read as `old`, both without a byte order mark.

    The file keeps its mark, its line endings and its mode. It is written beside the lesson and then renamed.
    Raises NotWrittenError for a link, a file that must not be written, or one that has changed since.
    """
    folder, name = os.path.split(path)
    try:
        at = os.open(folder or ".", _FOLDER)
        try:
            _replace(at, name, old.encode(), new.encode())
        finally:
            os.close(at)
    except OSError as error:
        reason = "it is a link: fix the file it leads to" if error.errno == errno.ELOOP else error.strerror
        raise NotWrittenError(f"the file could not be written: {reason}") from None


def byte_order_mark(path: str) -> str:
    """The mark that the file at `path` begins with, or nothing."""
    with suppress(OSError), open(os.open(path, _FILE), "rb") as file:
        if file.read(len(_MARK)) == _MARK:
            return "\ufeff"
    return ""


def _replace(at: int, name: str, old: bytes, new: bytes) -> None:
    data, status = _read(at, name)
    if data.removeprefix(_MARK) != old:
        raise NotWrittenError("the file was changed while it was being checked: check it again")
    if not status.st_mode & 0o222:
        raise NotWrittenError("the file is read-only: `chmod u+w` it")
    temporary = f".coursecheck-{os.urandom(8).hex()}.tmp"
    try:
        _write(at, temporary, (_MARK if data.startswith(_MARK) else b"") + new, status)
        _require_unchanged(status, os.stat(name, dir_fd=at, follow_symlinks=False))
        os.rename(temporary, name, src_dir_fd=at, dst_dir_fd=at)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(temporary, dir_fd=at)
        raise


def _read(at: int, name: str) -> tuple[bytes, os.stat_result]:
    descriptor = os.open(name, _FILE, dir_fd=at)
    with open(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise NotWrittenError("it is not a regular file any more")
        return file.read(), status


def _write(at: int, name: str, data: bytes, like: os.stat_result) -> None:
    descriptor = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600, dir_fd=at)
    with open(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        with suppress(PermissionError):  # another user's file in a folder of ours becomes ours
            os.fchown(descriptor, like.st_uid, like.st_gid)
        os.fchmod(descriptor, stat.S_IMODE(like.st_mode))
        os.fsync(descriptor)


def _require_unchanged(before: os.stat_result, now: os.stat_result) -> None:
    if _identity(now) != _identity(before):
        raise NotWrittenError("the file was changed while it was being written: check it again")


def _identity(status: os.stat_result) -> tuple[int, ...]:
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns
