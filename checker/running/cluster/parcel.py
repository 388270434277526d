"""Packs a folder into bytes, and unpacks them on another machine."""

import os
import stat
from collections.abc import Iterator

import msgspec
from msgspec import Struct

from checker.cache import digest


class _Entry(Struct, frozen=True, array_like=True):
    """An entry of a folder: `content` is a file's, or the target of a link; None for a folder.

    `path` is relative to the folder. `time` is the modification time in nanoseconds since 1970.
    """

    path: bytes
    mode: int
    time: int
    content: bytes | None
    is_link: bool = False


def pack(folder: str) -> bytes:
    """Pack the folders, regular files and symbolic links below a folder; links are not followed.

    Raises OSError when something cannot be read.
    """
    return msgspec.msgpack.encode(list(_entries(os.fsencode(folder), b"")))


def unpack(packed: bytes, folder: str) -> None:
    """Unpack into this empty folder. Raises ValueError for a path that leads out of it."""
    entries = msgspec.msgpack.decode(packed, type=list[_Entry])
    # Links come last, so that nothing is ever written through one.
    for entry in sorted(entries, key=lambda each: each.is_link):
        _make(entry, os.path.join(os.fsencode(folder), _inside(entry.path)))
    for entry in reversed(entries):
        target = os.path.join(os.fsencode(folder), entry.path)
        if not entry.is_link:
            os.chmod(target, entry.mode)
        os.utime(target, ns=(entry.time, entry.time), follow_symlinks=False)


def name(packed: bytes) -> str:
    """The name of a parcel: the digest of its content."""
    return digest(packed).hex()


def _entries(folder: bytes, below: bytes) -> Iterator[_Entry]:
    for entry in sorted(os.scandir(folder), key=lambda each: each.name):
        path, found = os.path.join(below, entry.name), entry.stat(follow_symlinks=False)
        mode, time = stat.S_IMODE(found.st_mode), found.st_mtime_ns
        if entry.is_symlink():
            yield _Entry(path, mode, time, os.readlink(entry.path), is_link=True)
        elif entry.is_dir(follow_symlinks=False):
            yield _Entry(path, mode, time, None)
            yield from _entries(entry.path, path)
        elif entry.is_file(follow_symlinks=False):
            with open(entry.path, "rb") as reader:
                yield _Entry(path, mode, time, reader.read())


def _inside(path: bytes) -> bytes:
    if path.startswith(b"/") or not all(path.split(b"/")) or {b".", b".."} & set(path.split(b"/")):
        raise ValueError(f"{os.fsdecode(path)!r} leads out of its folder")
    return path


def _make(entry: _Entry, target: bytes) -> None:
    if entry.content is None:
        os.mkdir(target, 0o700)
    elif entry.is_link:
        os.symlink(entry.content, target)
    else:
        with open(target, "xb") as writer:
            writer.write(entry.content)
