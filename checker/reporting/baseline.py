"""The baseline: findings that are accepted for now, so that only new ones fail.

Findings are identified by their content: moved lines and renamed lessons do not matter. Fixed findings are
removed from the file, so that they cannot come back unnoticed. The file is JSON, one finding a line, in an
order that keeps diffs small.
"""

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final, Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from checker.errors import CheckerError
from checker.model import Severity
from checker.reporting.counts import count_findings
from checker.reporting.document import BaselineRecord, FindingRecord, Results
from checker.reporting.escape import json_text
from checker.reporting.files import write_report
from checker.reporting.matching import unmatched

_SCHEMA: Final = 1
_MOST_BYTES = 1 << 28


class Accepted(Struct, frozen=True, forbid_unknown_fields=True):
    """A finding of the baseline.

    `confirmed` is true when running showed it. `block` is the digest of the block it is about, or empty.
    Everything besides path and fingerprint is for readers of the file, and to tell whether a run could have
    found it again.
    """

    path: str
    code: str
    name: str
    severity: Severity
    message: str
    fingerprint: str
    confirmed: bool
    block: str


class Baseline(Struct, frozen=True, forbid_unknown_fields=True):
    """The accepted findings, sorted by path, rule and fingerprint."""

    schema: Literal[1]
    findings: tuple[Accepted, ...]


class Comparison(Struct, frozen=True):
    """A run compared with a baseline.

    In `results`, known findings are marked; `left` is the baseline without the fixed findings.
    """

    results: Results
    left: Baseline
    fixed: int


# Whether a rule, by its code and name, was selected in the run.
Asked = Callable[[str, str], bool]


def read_baseline(path: str) -> Baseline:
    """The baseline in a file. Raises CheckerError for any other file."""
    remedy = f"Make it: coursecheck check --write-baseline {path}"
    try:
        if Path(path).stat().st_size > _MOST_BYTES:
            raise CheckerError(f"{path}: too large for a baseline", remedy)
        return msgspec.json.decode(Path(path).read_bytes(), type=Baseline)
    except OSError as error:
        raise CheckerError(f"{path}: the baseline could not be read: {error.strerror}", remedy) from None
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise CheckerError(f"{path}: not a baseline: {error}", remedy) from None


def write_baseline(path: str, baseline: Baseline) -> None:
    """Write a baseline, one finding a line."""
    objects = (msgspec.json.encode(each).decode() for each in baseline.findings)
    lines = ",\n".join(f"    {json_text(each)}" for each in objects)
    findings = f"[\n{lines}\n  ]" if lines else "[]"
    write_report(path, f'{{\n  "schema": {baseline.schema},\n  "findings": {findings}\n}}\n')


def baseline_of(results: Results) -> Baseline:
    """A baseline that accepts all findings of a run, except for intended ones, which need no acceptance."""
    digests = _digests(results)
    return _made(_accept(each, digests) for each in results.findings if not each.intended)


def compare(results: Results, baseline: Baseline, asked: Asked) -> Comparison:
    """Compare a run with a baseline.

    Findings that the run could not have found stay accepted: the lesson was not read, the rule not selected,
    or the snippet not run.
    """
    counted = [each for each in results.findings if not each.intended]
    new = {id(each) for each in unmatched(counted, baseline.findings)}
    gone = unmatched(baseline.findings, counted)
    unseen = [each for each in gone if not _was_looked_at(each, results, asked)]
    findings = tuple(
        replace(each, known=not each.intended and id(each) not in new) for each in results.findings
    )
    digests = _digests(results)
    found_again = [_accept(each, digests) for each in counted if id(each) not in new]
    fixed = len(gone) - len(unseen)
    return Comparison(
        results=replace(
            results,
            findings=findings,
            summary=replace(results.summary, findings=count_findings(findings)),
            baseline=BaselineRecord(known=len(found_again), fixed=fixed),
        ),
        left=_made([*unseen, *found_again]),
        fixed=fixed,
    )


def _was_looked_at(finding: Accepted, results: Results, asked: Asked) -> bool:
    read = any(each.path == finding.path for each in results.lessons)
    # A removed lesson has no findings any more.
    if (not read and os.path.lexists(finding.path)) or not asked(finding.code, finding.name):
        return False
    if not finding.confirmed:
        return True
    here = [each for each in results.blocks if (each.path, each.digest) == (finding.path, finding.block)]
    return all(each.outcome not in ("skipped", "not-run") for each in here)


def _digests(results: Results) -> dict[tuple[str, int | None], str]:
    return {(each.path, each.index): each.digest for each in results.blocks}


def _accept(finding: FindingRecord, digests: Mapping[tuple[str, int | None], str]) -> Accepted:
    return Accepted(
        path=finding.path,
        code=finding.code,
        name=finding.name,
        severity=finding.severity,
        message=finding.message,
        fingerprint=finding.fingerprint,
        confirmed=finding.confirmed,
        block=digests.get((finding.path, finding.block), ""),
    )


def _made(findings: Iterable[Accepted]) -> Baseline:
    ordered = sorted(findings, key=lambda each: (each.path, each.code, each.fingerprint))
    return Baseline(_SCHEMA, tuple(ordered))
