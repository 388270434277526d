"""What reading and running found as one list: one defect is one finding."""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from checker.judging.evidence import Evidence
from checker.judging.statements import Statements
from checker.model import Finding
from checker.patterns import regex
from checker.rules.evidence import SHOWS
from checker.rules.registry import find_rule, to_finding

# What these read for ends in an exception when it is run.
RAISES = tuple(name for name, shows in SHOWS.items() if "error" in shows)
# What reading said of a line explains what running it showed there.
_EXPLAINED_BY = {
    "snippet-failed": ("undefined-name", *RAISES),
    "swallowed-error": ("undefined-name", *RAISES),
}

_NAME_ERROR = regex(r"NameError: name '(\w+)' is not defined")
# What librdkafka says where it makes no client, and which property it speaks of.
_REFUSES = regex(r"KafkaError\{code=_INVALID_(?:ARG|CONFIG)\b|Failed to create (?:consumer|producer)\b")
_PROPERTY = regex(r"property:? \"([\w.]+)\"")
_QUOTED = regex(r"`([\w.]+)`")
_OF_CLIENTS = frozenset({"unknown-client-property", "contradictory-client-config"})
# What may happen, or happens where a service is, by reading; where it did, the run tells it. Behind each rule
# is what the exception speaks of then; of a tombstone it says nothing.
_FORETOLD = {
    "unhandled-tombstone": regex(""),
    "flink-kafka-table": regex(r"(?i)watermark|primary key|\bformat\b"),
}


def merge(
    read: Iterable[Finding], judged: Iterable[Finding], statements: Statements | None = None
) -> tuple[Finding, ...]:
    """Findings with those of the rules about running: what was found twice is confirmed."""
    merged = list(read)
    for new in judged:
        names = (new.name, *_EXPLAINED_BY.get(new.name, ()))
        same = [
            i
            for i, old in enumerate(merged)
            if old.name in names
            and (_meets(old, new) or _misses_the_same(old, new))
            and not _is_about_another(old, new)
        ]
        same = same or _refused(merged, new, statements)
        _confirm(merged, same)
        for i in same:
            if merged[i].name == "undefined-name" and merged[i].severity == "warning":
                merged[i] = replace(merged[i], severity=new.severity)  # something does need it
        if not same:
            merged = [old for old in merged if not _foretells(old, new, statements)]
            merged.append(new)
    return in_order(merged)


def merge_evidence(
    read: Iterable[Finding], shown: Iterable[Evidence], statements: Statements
) -> tuple[Finding, ...]:
    """Findings with what pandas showed: what reading saw in the same statement is confirmed."""
    merged = list(read)
    for each in shown:
        new = _to_finding(each)
        same = [i for i in _of_rules(merged, each.rules) if _meets(merged[i], new)]
        same = same or [i for i in _of_rules(merged, each.rules) if _share(merged[i], new, statements)]
        _confirm(merged, same)
        if not same and not each.only_confirms:
            merged.append(new)
    return in_order(merged)


def without_stale(findings: Iterable[Finding], promised: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings without the mere information that a block ran clean, where a promise of it says how."""
    told = {each.block for each in promised}
    return tuple(
        each
        for each in findings
        if not (each.name == "stale-counterexample" and each.severity == "info" and each.block in told)
    )


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings as they stand in the file."""
    return tuple(sorted(findings, key=lambda each: (each.span.start, each.span.end, each.code)))


def _to_finding(shown: Evidence) -> Finding:
    rule = find_rule(shown.rules[0])
    assert rule is not None, shown.rules
    return replace(to_finding(rule, shown.report), confirmed=True)


def _confirm(findings: list[Finding], which: Iterable[int]) -> None:
    for i in which:
        findings[i] = replace(findings[i], confirmed=True)


def _of_rules(findings: Sequence[Finding], rules: Sequence[str]) -> list[int]:
    """Those of the likeliest rule that is there at all come first; the others count as well."""
    return [i for i, each in enumerate(findings) if each.name in rules]


def _meets(old: Finding, new: Finding) -> bool:
    return old.span.line <= new.span.line <= old.span.end_line


def _misses_the_same(old: Finding, new: Finding) -> bool:
    """Whether a NameError is about a name that reading missed first in another line of the block."""
    error = _NAME_ERROR.match(new.message)
    return (
        error is not None
        and old.name == "undefined-name"
        and old.block == new.block
        and old.message.startswith(f"`{error[1]}` ")
    )


def _foretells(old: Finding, new: Finding, statements: Statements | None) -> bool:
    """Whether reading told what then ended the run in the same statement, by the word that both say."""
    words = _FORETOLD.get(old.name)
    if words is None or not (_meets(old, new) or (statements and _share(old, new, statements))):
        return False
    said = {each.lower() for each in words.findall(old.message)}
    return bool(said & {each.lower() for each in words.findall(new.message)})


def _refused(merged: Sequence[Finding], new: Finding, statements: Statements | None) -> list[int]:
    """The error that reading found in the configuration of a client that librdkafka refused to make.

    It names the property, or goes by another name for it; then the error has to be the only one there.
    """
    if new.name != "snippet-failed" or statements is None or not _REFUSES.search(new.message):
        return []
    found = [
        i
        for i, old in enumerate(merged)
        if old.name in _OF_CLIENTS and old.severity == "error" and _share(old, new, statements)
    ]
    named = [i for i in found if _QUOTED.findall(merged[i].message)[:1] == _PROPERTY.findall(new.message)]
    return named or (found if len(found) == 1 else [])


def _is_about_another(old: Finding, new: Finding) -> bool:
    """Whether reading only told of a name there that nothing in the lesson defines, and the run had it."""
    return old.name == "undefined-name" and old.severity == "info" and "NameError" not in new.message


def _share(old: Finding, new: Finding, statements: Statements) -> bool:
    return statements.lines(old.span.line) == statements.lines(new.span.line)
