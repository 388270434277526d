"""Compares the package versions that a lesson mentions with the lab's requirements."""

import re
from collections.abc import Iterator

from checker.model import Lesson, Severity
from checker.patterns import regex
from checker.rules.kafka.versions import Version, numbers
from checker.rules.lab.drift import Drift
from checker.rules.lab.reading import Lab
from checker.rules.lab.requirements import Requirement, canonical

# Words in the line that make it a claim about the lab itself.
_LAB = regex(
    r"\blab\b|\binstalled\b|\benvironment\b|\bnotebooks?\b|\brequires?\b|\bwe use\b|лаборатор|окружени"
    r"|установлен|требует|\binstalliert|\bUmgebung|\binstalad|\bentorno|\binstallé|\benvironnement",
    re.IGNORECASE,
)
# Words that make it a claim about another time, or only a bound.
_ELSEWHERE = regex(
    r"(?:<=?|!=|\bbefore|\bbelow|\bolder than|\bprior to|\buntil|\bup to|\bolder|\bnot|\bпрежде|\bдо|\bниже"
    r"|\bстарее|\bраньше|\bvor|\bavant|\bantes de)\W{0,4}\Z",
    re.IGNORECASE,
)
_INSTALL = regex(r"\bpip3?\s+install\s+(?P<what>[^\n&|;#]+)")
_PIN = regex(r"(?P<name>[A-Za-z][\w.-]*)(?:\[[^\]\s]*\])?==(?P<version>\d[\w.]*)")
# What follows the name: `pandas>=3.0`, **pandas 3.0+**.
_VERSION = regex(
    r"[`*_]{0,3}\s?(?P<sign>>=|==|~=)?\s?[`*]{0,3}v?(?P<version>\d{1,4}(?:\.\d{1,4}){1,3})"
    r"(?P<more>\+|\s(?:и выше|or (?:later|newer|higher)|oder neuer))?"
)
# `geo-pandas` is another package.
_JOINS = frozenset("-_.")
_BEFORE = 24
_FAR = 160


def said_versions(lesson: Lesson, lab: Lab) -> Iterator[Drift]:
    """One drift for each version that the lab does not guarantee, and for each pin that it contradicts."""
    if lab.requirements is None:
        return
    packages = lab.requirements.packages
    lowered = lesson.text.lower()
    for name, package in packages.items():
        drift = _of_package(lesson, lowered, name, package, lab)
        if drift is not None:
            yield drift
    if "pip" in lowered:
        yield from _pinned(lesson, lab)


def _of_package(lesson: Lesson, lowered: str, name: str, package: Requirement, lab: Lab) -> Drift | None:
    """The first claim that is certainly wrong, else the first that may be."""
    first: Drift | None = None
    for written in {name, name.replace("-", "_")}:
        at = lowered.find(written)
        while at >= 0:
            found = _VERSION.match(lesson.text, at + len(written))
            if found and not (lowered[at - 1 : at].isalnum() or lowered[at - 1 : at] in _JOINS):
                drift = _said(lesson, package, at, found, lab)
                if drift is not None and drift.severity is None:
                    return drift
                first = first or drift
            at = lowered.find(written, at + len(written))
    return first


def _said(lesson: Lesson, package: Requirement, at: int, found: re.Match[str], lab: Lab) -> Drift | None:
    version = numbers(found["version"])
    before = lesson.text[max(at - _BEFORE, 0) : at]
    if version is None or not (found["sign"] or found["more"]) or _ELSEWHERE.search(before):
        return None
    if _promises(package, version):
        return None
    near = max(at - _FAR, 0)
    start = lesson.text.rfind("\n", near, at) + 1 or near
    line = lesson.text[start : found.end() + _FAR].partition("\n")[0]
    if _INSTALL.search(line):
        return None  # installed packages are handled below
    severity: Severity | None = None if _LAB.search(line) else "warning"
    may_be = (
        f"may install {_shown(package.least)}"
        if package.exact is None
        else f"installs {_shown(package.exact)}"
    )
    if package.least is None and package.exact is None:
        may_be = "may install any version"
    message = (
        f"the lesson says {lesson.text[at : found.start()]} {found['version']}, but "
        f"`{package.text}` in {lab.keys.requirements} (line {package.line}) {may_be}"
    )
    return Drift(message, lesson.span(at, found.end()), severity=severity)


def _promises(package: Requirement, version: Version) -> bool:
    """Whether the requirement allows only at least that version, by its first two numbers."""
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
                f"the lesson installs {pin['name']} {pin['version']}, but `{package.text}` in "
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
