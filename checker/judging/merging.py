"""Merge what running a lesson showed with what reading it found, so that one defect is one finding.

Findings are matched by their rule, their place, what they are `about` and the exception that they report;
never by the words of their messages.
"""

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from checker.judging.evidence import Evidence
from checker.judging.statements import Statements
from checker.model import Finding, RunError
from checker.patterns import regex
from checker.rules.evidence import SHOWS
from checker.rules.registry import find_rule, to_finding

# Rules whose code raises an exception when it runs.
RAISES = tuple(name for name, shows in SHOWS.items() if "error" in shows)
# Findings of reading that explain the exception which a rule about running reports on the same line.
_EXPLAINED_BY = {
    "snippet-failed": ("undefined-name", *RAISES),
    "swallowed-error": ("undefined-name", *RAISES),
}

# How librdkafka refuses to create a client, and which property it names.
_REFUSES = regex(r"KafkaError\{code=_INVALID_(?:ARG|CONFIG)\b|Failed to create (?:consumer|producer)\b")
_PROPERTY = regex(r"property:? \"([\w.]+)\"")
_OF_CLIENTS = frozenset({"unknown-client-property", "contradictory-client-config"})


class Judged(Struct, frozen=True):
    """A finding of a rule about running, with the exception that it reports, if any."""

    finding: Finding
    error: RunError | None = None


def merge(
    read: Iterable[Finding], judged: Iterable[Judged], statements: Statements | None = None
) -> tuple[Finding, ...]:
    """Add the findings of the rules about running; what reading found too is confirmed instead.

    A finding of reading that only foretold what then ended the run is dropped.
    """
    merged = list(read)
    for each in judged:
        same = [i for i, old in enumerate(merged) if _is_the_same(old, each)]
        same = same or _refused(merged, each, statements)
        _confirm(merged, same)
        for i in same:
            if merged[i].name == "undefined-name" and merged[i].severity == "warning":
                merged[i] = replace(merged[i], severity=each.finding.severity)  # the name is needed after all
        if not same:
            merged = [old for old in merged if not _foretells(old, each, statements)]
            merged.append(each.finding)
    return in_order(merged)


def merge_evidence(
    read: Iterable[Finding], shown: Iterable[Evidence], statements: Statements
) -> tuple[Finding, ...]:
    """Add the evidence from pandas; what reading found in the same statement is confirmed instead."""
    merged = list(read)
    for each in shown:
        new = _to_finding(each)
        candidates = [i for i, old in enumerate(merged) if old.name in each.rules]
        same = [i for i in candidates if _meets(merged[i], new)]
        same = same or [i for i in candidates if _share(merged[i], new, statements)]
        _confirm(merged, same)
        if not same and not each.only_confirms:
            merged.append(new)
    return in_order(merged)


def without_stale(findings: Iterable[Finding], promised: Iterable[Finding]) -> tuple[Finding, ...]:
    """Drop "ran without an error" infos for blocks whose output or claims are reported on."""
    told = {each.block for each in promised}
    return tuple(
        each
        for each in findings
        if not (each.name == "stale-counterexample" and each.severity == "info" and each.block in told)
    )


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings in the order of the file."""
    return tuple(sorted(findings, key=lambda each: (each.span.start, each.span.end, each.code)))


def _to_finding(shown: Evidence) -> Finding:
    rule = find_rule(shown.rules[0])
    assert rule is not None, shown.rules
    return replace(to_finding(rule, shown.report), confirmed=True)


def _confirm(findings: list[Finding], which: Iterable[int]) -> None:
    for i in which:
        findings[i] = replace(findings[i], confirmed=True)


def _meets(old: Finding, new: Finding) -> bool:
    return old.span.line <= new.span.line <= old.span.end_line


def _share(old: Finding, new: Finding, statements: Statements) -> bool:
    return statements.lines(old.span.line) == statements.lines(new.span.line)


def _is_the_same(old: Finding, judged: Judged) -> bool:
    """Whether reading found the defect on the line where the run showed it, or misses the same name."""
    new = judged.finding
    if old.name == new.name:
        return _meets(old, new)
    if old.name not in _EXPLAINED_BY.get(new.name, ()):
        return False
    return _explains_name_error(old, judged) if old.name == "undefined-name" else _meets(old, new)


def _explains_name_error(old: Finding, judged: Judged) -> bool:
    """Whether an `undefined-name` finding explains the exception.

    Reading reports a name once in a block, so the exception may come from another line. A finding that is
    only info says that the run provides the name, so it explains nothing but a NameError.
    """
    new, error = judged.finding, judged.error
    if old.severity == "info" and (error is None or error.type != "NameError"):
        return False
    misses_it = error is not None and old.block == new.block and error.missing_name in old.about
    return misses_it or _meets(old, new)


def _foretells(old: Finding, judged: Judged, statements: Statements | None) -> bool:
    """Whether reading foretold the exception that ended the run in the same statement.

    These rules report what happens only where a service or certain data are; where it happened, the exception
    says more.
    """
    error = judged.error
    if error is None or old.name not in {"unhandled-tombstone", "flink-kafka-table"}:
        return False
    if not _meets(old, judged.finding) and not (statements and _share(old, judged.finding, statements)):
        return False
    # A tombstone ends the block with whatever the code does to None; Flink names the clause that it rejects.
    return old.name == "unhandled-tombstone" or any(_speaks_of(error, each) for each in old.about)


def _speaks_of(error: RunError, clause: str) -> bool:
    return re.search(rf"\b{re.escape(clause)}\b", error.message, re.IGNORECASE) is not None


def _refused(merged: Sequence[Finding], judged: Judged, statements: Statements | None) -> list[int]:
    """The error that reading found in the configuration of a client that librdkafka refused to create.

    librdkafka names the property, or an alias of it; in that case the error has to be the only one there.
    """
    new, error = judged.finding, judged.error
    if new.name != "snippet-failed" or statements is None or error is None:
        return []
    if not _REFUSES.search(error.message):
        return []
    found = [
        i
        for i, old in enumerate(merged)
        if old.name in _OF_CLIENTS and old.severity == "error" and _share(old, new, statements)
    ]
    refused = _PROPERTY.search(error.message)
    named = [i for i in found if refused and refused[1] in merged[i].about]
    return named or (found if len(found) == 1 else [])
