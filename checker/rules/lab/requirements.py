"""Reads the requirements file of the lessons' environment, one requirement a line."""

import re
from collections.abc import Mapping

from msgspec import Struct

from checker.patterns import regex
from checker.rules.kafka.versions import Version, numbers

_LINE = regex(
    r"(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[[^\]\n]*\])?\s*(?P<versions>(?:[<>=!~]=?=?\s*[\w.*+!]+\s*,?\s*)*)"
)
_CLAUSE = regex(r"(==|===|>=|<=|>|<|~=|!=)\s*([\w.*+!]+)")
_SEPARATORS = regex(r"[-_.]+")


class Requirement(Struct, frozen=True):
    """A package and its allowed versions: `least` and `below` are bounds, `exact` is pinned."""

    name: str
    text: str
    line: int
    least: Version | None = None
    below: Version | None = None
    exact: Version | None = None


class Requirements(Struct, frozen=True):
    """The packages by canonical name; not `whole` when the file includes other files or addresses."""

    packages: Mapping[str, Requirement] = {}
    whole: bool = True


def canonical(name: str) -> str:
    """`Psycopg2_Binary` as `psycopg2-binary`: https://peps.python.org/pep-0503/."""
    return _SEPARATORS.sub("-", name).lower()


def read_requirements(text: str) -> Requirements:
    """The packages in the text of a requirements file."""
    packages: dict[str, Requirement] = {}
    whole = True
    for number, line in enumerate(text.splitlines(), 1):
        written = line.partition(" #")[0].partition(";")[0].strip()
        if not written or written.startswith("#"):
            continue
        found = _LINE.match(written)
        if found is None or written[found.end() :].lstrip().startswith(("@", "/", ":", "+")):
            whole = False
            continue
        packages[canonical(found["name"])] = _requirement(found, number)
    return Requirements(packages, whole)


def _requirement(found: re.Match[str], line: int) -> Requirement:
    least = below = exact = None
    for sign, text in _CLAUSE.findall(found["versions"]):
        version = numbers(text)
        if version is None:
            continue
        match sign:
            case ">=" | ">":
                least = max(least or version, version)
            case "~=":
                least = max(least or version, version)
                below = min(below or _next(version), _next(version))
            case "<" | "<=":
                below = min(below or version, version)
            case "==" | "===":
                exact = version
    return Requirement(canonical(found["name"]), found[0].strip(), line, least, below, exact)


def _next(version: Version) -> Version:
    """The upper bound of `~=2.1.3`: 2.2."""
    head = version[:-1] or version
    return (*head[:-1], head[-1] + 1)
