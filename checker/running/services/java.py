"""Finds a Java on this machine for Spark."""

import os
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from checker.patterns import regex

# The oldest Java that Spark 4 starts in, and the newest that it has been released for.
OLDEST, NEWEST = 17, 21
_FOLDER = "/usr/lib/jvm"
_VERSION = regex(r'^JAVA_VERSION="(?P<version>(?:1\.)?(?P<major>\d+)[^"]*)"', re.MULTILINE)


class Java(NamedTuple):
    """A Java: its folder (JAVA_HOME), its version as text and as a number."""

    home: str
    version: str
    major: int


@cache
def find_java() -> Java | None:
    """The Java below /usr, where sandboxes can see it, that suits Spark best; None without one."""
    found = [each for home in dict.fromkeys(_homes()) if (each := _read(home))]
    suitable = [each for each in found if OLDEST <= each.major <= NEWEST]
    newer = [each for each in found if each.major > NEWEST]
    return next(iter(sorted(suitable, key=lambda java: java.major) + newer), None)


def _homes() -> Iterator[str]:
    program = os.path.realpath("/usr/bin/java")
    named = [os.environ.get("JAVA_HOME", ""), program.removesuffix("/bin/java")]
    if os.path.isdir(_FOLDER):
        named += [f"{_FOLDER}/{name}" for name in sorted(os.listdir(_FOLDER))]
    for home in named:
        real = os.path.realpath(home) if os.path.isabs(home) else ""
        if real.startswith("/usr/") and os.access(f"{real}/bin/java", os.X_OK):
            yield real


def _read(home: str) -> Java | None:
    """Read the release file that every Java has since version 7: starting a Java takes too long."""
    try:
        with open(f"{home}/release", encoding="utf-8", errors="replace") as file:
            match = _VERSION.search(file.read())
    except OSError:
        return None
    return Java(home, match["version"], int(match["major"])) if match else None
