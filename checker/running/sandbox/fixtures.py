"""Copies the course's fixtures into a lesson's working folder."""

import os
import stat


def copy_fixtures(source: str, target: str, owner: int | None) -> None:
    """Copy folders, regular files and symbolic links; links are never followed out of `source`.

    `source` is a real path without symbolic links. The copies belong to `owner`, or to the calling user.
    """
    try:
        _copy_tree(source, target, owner)
    except OSError as error:
        raise OSError(error.errno, error.strerror, "copy the fixtures") from error


def _copy_tree(source: str, target: str, owner: int | None) -> None:
    for entry in os.scandir(source):
        copy = os.path.join(target, entry.name)
        kind = stat.S_IFMT(entry.stat(follow_symlinks=False).st_mode)
        if kind == stat.S_IFDIR:
            os.mkdir(copy)
            _copy_tree(entry.path, copy, owner)
        elif kind == stat.S_IFREG:
            _copy_file(entry.path, copy)
        elif kind == stat.S_IFLNK:
            os.symlink(os.readlink(entry.path), copy)
        else:
            continue  # pipes, sockets and devices are not data
        if owner is not None:
            os.chown(copy, owner, owner, follow_symlinks=False)


def _copy_file(source: str, target: str) -> None:
    with open(source, "rb") as reader, open(target, "xb") as writer:
        while os.sendfile(writer.fileno(), reader.fileno(), None, 1 << 20):
            pass
