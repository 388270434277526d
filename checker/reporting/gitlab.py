"""The code quality report of GitLab: a JSON array, of which the merge request shows new entries."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final

from checker.model import Lesson, Severity
from checker.reporting.document import FindingRecord, Results
from checker.reporting.escape import clipped, json_text, one_line
from checker.reporting.look import Look
from checker.reporting.order import worst_first

_SEVERITIES: Final[dict[Severity, str]] = {"error": "major", "warning": "minor", "info": "info"}


def render(results: Results, _lessons: Mapping[str, Lesson], _look: Look) -> str:
    """One object for each finding, worst first; intended findings are info and say so."""
    issues = [_issue(each) for each in worst_first(results.findings)]
    return json_text(json.dumps(issues, indent=2, ensure_ascii=False)) + "\n"


def _issue(finding: FindingRecord) -> dict[str, Any]:
    purpose = "shown wrong on purpose: " if finding.intended else ""
    return {
        "description": purpose + clipped(one_line(finding.message)),
        "check_name": finding.name,
        "fingerprint": _fingerprint(finding),
        "severity": "info" if finding.intended else _SEVERITIES[finding.severity],
        "location": {
            "path": finding.path,
            "lines": {"begin": finding.line, "end": finding.end_line},
        },
    }


def _fingerprint(finding: FindingRecord) -> str:
    """GitLab requires a unique fingerprint, so the lesson is part of it."""
    content = f"{finding.path}\0{finding.fingerprint}"
    return hashlib.sha256(content.encode()).hexdigest()[:32]
