"""The versions of packages that a lesson says it is taught with, against the lab's requirements."""

import re
from collections.abc import Iterator
from functools import lru_cache

from checker.model import Lesson, Severity
from checker.rules.kafka.versions import Version, numbers
from checker.rules.lab.drift import Drift
from checker.rules.lab.reading import Lab
from checker.rules.lab.requirements import Requirement, canonical

# That the lab has it, in the words of the line: then the lesson's claim is about the lab itself.
_LAB = re.compile(
    r"\blab\b|\binstalled\b|\benvironment\b|\bnotebooks?\b|\brequires?\b|\bwe use\b|лаборатор|окружени"
    r"|установлен|требует|\binstalliert|\bUmgebung|\binstalad|\bentorno|\binstallé|\benvironnement",
    re.IGNORECASE,
)
# That it is of another time, or only a bound.
_ELSEWHERE = re.compile(
    r"(?:<=?|!=|\bbefore|\bbelow|\bolder than|\bprior to|\buntil|\bup to|\bolder|\bnot|\bпрежде|\bдо|\bниже"
    r"|\bстарее|\bраньше|\bvor|\bavant|\bantes de)\W{0,4}\Z",
    re.IGNORECASE,
)
_INSTALL = re.compile(r"\bpip3?\s+install\s+(?P<what>[^\n&|;#]+)")
_PIN = re.compile(r"(?P<name>[A-Za-z][\w.-]*)(?:\[[^\]\s]*\])?==(?P<version>\d[\w.]*)")
_BEFORE = 24
_FAR = 160


def said_versions(lesson: Lesson, lab: Lab) -> Iterator[Drift]:
    """One drift for each package whose version the lab does not promise, and for each pin it contradicts."""
    if lab.requirements is None:
        return
    packages = lab.requirements.packages
    seen: dict[str, Drift] = {}
    for found in _pattern(tuple(packages)).finditer(lesson.text):
        first = seen.get(found["name"].lower())
        if first is not None and first.severity is None:
            continue
        drift = _said(lesson, packages[canonical(found["name"])], found, lab)
        if drift is not None and (first is None or (first.severity, drift.severity) == ("warning", None)):
            seen[found["name"].lower()] = drift
    yield from seen.values()
    yield from _pinned(lesson, lab)


@lru_cache(maxsize=8)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    words = "|".join(re.escape(each).replace("\\-", "[-_.]") for each in sorted(names, key=len, reverse=True))
    return re.compile(
        rf"\b(?P<name>{words or '(?!)'})[`*_]{{0,3}}\s?(?P<sign>>=|==|~=)?\s?[`*]{{0,3}}v?"
        r"(?P<version>\d{1,4}(?:\.\d{1,4}){1,3})"
        r"(?P<more>\+|\s(?:и выше|or (?:later|newer|higher)|oder neuer))?",
        re.IGNORECASE,
    )


def _said(lesson: Lesson, package: Requirement, found: re.Match[str], lab: Lab) -> Drift | None:
    version = numbers(found["version"])
    before = lesson.text[max(found.start() - _BEFORE, 0) : found.start()]
    if version is None or not (found["sign"] or found["more"]) or _ELSEWHERE.search(before):
        return None
    if _promises(package, version):
        return None
    near = max(found.start() - _FAR, 0)
    start = lesson.text.rfind("\n", near, found.start()) + 1 or near
    line = lesson.text[start : found.end() + _FAR].partition("\n")[0]
    if _INSTALL.search(line):
        return None  # what it installs is asked about below
    severity: Severity | None = None if _LAB.search(line) else "warning"
    may_be = (
        f"may give {_shown(package.least)}" if package.exact is None else f"gives {_shown(package.exact)}"
    )
    if package.least is None and package.exact is None:
        may_be = "may give any version"
    message = (
        f"the lesson is taught with {found['name']} {found['version']}; "
        f"`{package.text}` in {lab.keys.requirements} (line {package.line}) {may_be}"
    )
    return Drift(message, lesson.span(found.start("name"), found.end()), severity=severity)


def _promises(package: Requirement, version: Version) -> bool:
    """Whether what the requirement lets in is at least that version: as far as its first two numbers."""
    floor = package.exact or package.least
    return floor is not None and floor[:2] >= version[:2]


def _pinned(lesson: Lesson, lab: Lab) -> Iterator[Drift]:
    assert lab.requirements is not None
    for install in _INSTALL.finditer(lesson.text):
        for pin in _PIN.finditer(install["what"]):
            package = lab.requirements.packages.get(canonical(pin["name"]))
            version = numbers(pin["version"])
            if package is None or version is None or _allows(package, version):
                continue
            start = install.start("what")
            message = (
                f"the lesson installs {pin['name']} {pin['version']}, and `{package.text}` in "
                f"{lab.keys.requirements} (line {package.line}) does not allow it"
            )
            yield Drift(message, lesson.span(start + pin.start(), start + pin.end()))


def _allows(package: Requirement, version: Version) -> bool:
    if package.exact is not None:
        return version == package.exact
    return (package.least is None or version >= package.least) and (
        package.below is None or version < package.below
    )


def _shown(version: Version | None) -> str:
    return ".".join(map(str, version or ()))
