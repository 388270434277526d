"""JUnit XML: a lesson is a suite, each of its Python blocks a test, and its page one more.

It is valid for both schemas in use: that of Ant's JUnitReport, which is strict, and that of the xUnit plugin.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final
from xml.etree import ElementTree as ET

from msgspec import Struct

from checker.model import Lesson, OutcomeKind
from checker.reporting.counts import is_python
from checker.reporting.document import BlockRecord, FindingRecord, Results
from checker.reporting.escape import clipped, shown_path
from checker.reporting.look import Look
from checker.reporting.order import counts_as_failure
from checker.reporting.words import OUTCOMES
from checker.reporting.xml_text import attribute, content

_ENDED_BADLY: Final[frozenset[OutcomeKind]] = frozenset({"failed", "timed-out", "limit", "crashed"})
_NO_TIME = "1970-01-01T00:00:00"  # the schema requires this attribute


class _Case(Struct, frozen=True):
    """One test; `verdict` is its element, or empty for a test that passed."""

    name: str
    seconds: float
    verdict: str = ""
    kind: str = ""
    message: str = ""
    details: str = ""


def render(results: Results, _lessons: Mapping[str, Lesson], _look: Look) -> str:
    """One XML document. Errors fail a test; warnings and info are in the suite's output."""
    findings, blocks = defaultdict(list), defaultdict(list)
    for finding in results.findings:
        findings[finding.path].append(finding)
    for block in results.blocks:
        blocks[block.path].append(block)
    root = ET.Element("testsuites")
    started = results.run.started.removesuffix("Z") if results.run else _NO_TIME
    for number, path in enumerate(sorted({each.path for each in results.lessons} | {*findings, *blocks})):
        root.append(_suite(number, path, started, findings[path], blocks[path]))
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _suite(
    number: int,
    path: str,
    started: str,
    findings: Sequence[FindingRecord],
    blocks: Sequence[BlockRecord],
) -> ET.Element:
    cases = list(_cases(findings, [block for block in blocks if is_python(block)]))
    verdicts = [case.verdict for case in cases]
    suite = ET.Element(
        "testsuite",
        id=str(number),
        package="coursecheck",
        name=attribute(path),
        timestamp=started,
        hostname="localhost",
        tests=str(len(cases)),
        failures=str(verdicts.count("failure")),
        errors=str(verdicts.count("error")),
        skipped=str(verdicts.count("skipped")),
        time=f"{sum(case.seconds for case in cases):.3f}",
    )
    ET.SubElement(suite, "properties")
    for case in cases:
        suite.append(_element(case, path))
    ET.SubElement(suite, "system-out").text = content(_remarks(findings))
    ET.SubElement(suite, "system-err")
    return suite


def _cases(findings: Sequence[FindingRecord], blocks: Iterable[BlockRecord]) -> Iterator[_Case]:
    failing = [each for each in findings if counts_as_failure(each) and each.severity == "error"]
    own = defaultdict(list)
    for finding in failing:
        own[finding.block].append(finding)
    for block in blocks:
        yield _block_case(block, own.pop(block.index, []))
    left = [finding for about in own.values() for finding in about]
    yield _failed("the page", 0.0, "failure", left) if left else _Case("the page", 0.0)


def _block_case(block: BlockRecord, failing: Sequence[FindingRecord]) -> _Case:
    name = f"block {block.index + 1} at line {block.start_line}"
    if failing:
        verdict = "error" if block.outcome in ("timed-out", "limit", "crashed") else "failure"
        return _failed(name, block.seconds, verdict, failing, _printed(block))
    if block.outcome in _ENDED_BADLY:
        # No finding reports it: it is in the baseline, or ignored by its author.
        message = f"{OUTCOMES[block.outcome]}, which is known or silenced"
        return _Case(name, block.seconds, "skipped", block.outcome, message, _printed(block))
    if block.outcome in ("skipped", "not-run"):
        return _Case(name, block.seconds, "skipped", block.outcome, block.reason)
    return _Case(name, block.seconds)


def _failed(
    name: str, seconds: float, verdict: str, failing: Sequence[FindingRecord], printed: str = ""
) -> _Case:
    details = "\n".join(filter(None, [*map(_line, failing), printed]))
    return _Case(name, seconds, verdict, failing[0].name, failing[0].message, details)


def _printed(block: BlockRecord) -> str:
    error = f"{block.error.type}: {block.error.message}" if block.error else ""
    return "\n".join(clipped(each.rstrip("\n")) for each in (block.stdout, block.stderr, error) if each)


def _line(finding: FindingRecord) -> str:
    place = f"{shown_path(finding.path)}:{finding.line}:{finding.column}"
    return f"{place}: {finding.severity}[{finding.name}] {clipped(finding.message)}"


def _remarks(findings: Iterable[FindingRecord]) -> str:
    return "\n".join(
        _line(each) for each in findings if each.severity != "error" or not counts_as_failure(each)
    )


def _element(case: _Case, path: str) -> ET.Element:
    element = ET.Element("testcase", name=case.name, classname=attribute(path), time=f"{case.seconds:.3f}")
    if case.verdict:
        said = ET.SubElement(
            element, case.verdict, type=attribute(case.kind), message=clipped(attribute(case.message))
        )
        said.text = content(case.details)
    return element
