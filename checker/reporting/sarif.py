"""SARIF 2.1.0, for GitHub's code scanning and editors.

GitHub refuses more than 25,000 results and more than 10 MB (compressed), and shows the first 5,000: the worst
come first, and those without room are counted in a notification.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from gzip import compress
from typing import Any, Final
from urllib.parse import quote

from checker.model import Lesson, Severity
from checker.reporting.document import EditRecord, FindingRecord, Results
from checker.reporting.escape import clipped, json_text, lines, one_line
from checker.reporting.look import Look
from checker.reporting.order import worst_first
from checker.reporting.rule_help import RuleHelp, rule_help
from checker.reporting.words import counted

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: Final[dict[Severity, str]] = {"error": "error", "warning": "warning", "info": "note"}
_PROBLEMS: Final[dict[Severity, str]] = {"error": "error", "warning": "warning", "info": "recommendation"}
_MOST_RESULTS = 25_000
_MOST_RULES = 25_000
_MOST_BYTES = 9_500_000  # a little less than GitHub's 10 MB: its gzip is not ours


def render(results: Results, _lessons: Mapping[str, Lesson], _look: Look) -> str:
    """One run with the rules that have results; its category names the shard."""
    ordered = worst_first(results.findings)
    rules = list(dict.fromkeys(each.code for each in ordered))[:_MOST_RULES]
    named = frozenset(rules)
    room = [each for each in ordered if each.code in named][:_MOST_RESULTS]
    while True:
        text = json_text(json.dumps(_document(results, room), ensure_ascii=False)) + "\n"
        # Compressing is slower than writing, and most documents are small enough without it.
        size = len(text.encode())
        if size > _MOST_BYTES:
            size = len(compress(text.encode(), compresslevel=6))
        if size <= _MOST_BYTES:
            return text
        room = room[: len(room) * _MOST_BYTES * 9 // (size * 10)]


def _document(results: Results, findings: Sequence[FindingRecord]) -> dict[str, Any]:
    rules = {each.code: each for each in reversed(findings)}
    indexes = {code: index for index, code in enumerate(rules)}
    left_out = len(results.findings) - len(findings)
    run = {
        "tool": {
            "driver": {
                "name": results.tool.name,
                "version": results.tool.version,
                "semanticVersion": results.tool.version,
                "rules": [_rule(rule_help(each.code, each.name, each.severity)) for each in rules.values()],
            }
        },
        "automationDetails": {"id": _category(results)},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "The folder that was checked from."}}},
        "invocations": [_invocation(results, left_out)],
        "results": [_result(each, indexes, in_baseline=results.baseline is not None) for each in findings],
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _category(results: Results) -> str:
    """GitHub takes the part before the last `/` as the category, which must be unique among uploads."""
    shard = results.run.shard if results.run else None
    return f"coursecheck/shard-{one_line(shard).replace('/', '-of-')}/" if shard else "coursecheck/"


def _invocation(results: Results, left_out: int) -> dict[str, Any]:
    invocation: dict[str, Any] = {"executionSuccessful": True}
    if results.run:
        invocation["startTimeUtc"] = results.run.started
    if left_out:
        more = (
            f"{counted(left_out, 'more result')} left out, the least severe: there is no room for them here."
        )
        invocation["toolExecutionNotifications"] = [{"level": "warning", "message": {"text": more}}]
    return invocation


def _rule(rule: RuleHelp) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.what},
        "help": {"text": rule.page, "markdown": rule.page},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [rule.family], "problem.severity": _PROBLEMS[rule.severity]},
    }


def _result(finding: FindingRecord, indexes: Mapping[str, int], *, in_baseline: bool) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": indexes[finding.code],
        "level": "note" if finding.intended else _LEVELS[finding.severity],
        "message": {"text": _message(finding)},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": _artifact(finding.path),
                    "region": _region(finding),
                }
            }
        ],
        "partialFingerprints": {"coursecheckContent/v1": finding.fingerprint},
    }
    if finding.intended:
        result["suppressions"] = [
            {"kind": "inSource", "justification": "The lesson shows it wrong on purpose."}
        ]
    if in_baseline:
        result["baselineState"] = "unchanged" if finding.known else "new"
    if finding.fix and finding.fix.applicability != "suggestion":
        message = {"text": _text(finding.fix.message)}
        result["fixes"] = [{"description": message, "artifactChanges": _changes(finding.fix.edits)}]
    return result


def _message(finding: FindingRecord) -> str:
    purpose = "Shown wrong on purpose: " if finding.intended else ""
    return purpose + (_text(finding.message) or finding.name)


def _text(text: str) -> str:
    """`[words](place)` is a link in a SARIF message; a blank in between makes it plain text."""
    return "\n".join(clipped(line) for line in lines(text)).replace("](", "] (")


def _artifact(path: str) -> dict[str, str]:
    return {"uri": quote(path, safe="/"), "uriBaseId": "%SRCROOT%"}


def _region(place: FindingRecord | EditRecord) -> dict[str, int]:
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }


def _changes(edits: Iterable[EditRecord]) -> list[dict[str, Any]]:
    by_path: dict[str, list[dict[str, Any]]] = {}
    for edit in edits:
        replacement = {"deletedRegion": _region(edit), "insertedContent": {"text": edit.text}}
        by_path.setdefault(edit.path, []).append(replacement)
    return [
        {"artifactLocation": _artifact(path), "replacements": replacements}
        for path, replacements in by_path.items()
    ]
