"""Findings as an editor shows them: underlined, with a link to the rule's page."""

import importlib.util
from collections.abc import Iterable, Mapping
from pathlib import Path

from lsprotocol import types

from checker.editor.positions import Positions
from checker.errors import CheckerError
from checker.model import Finding, Severity
from checker.reporting.escape import one_line
from checker.rules.registry import records

SOURCE = "coursecheck"

_SEVERITIES: Mapping[Severity, types.DiagnosticSeverity] = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "info": types.DiagnosticSeverity.Information,
}
_RUFF = "RUFF:"
_START = types.Range(types.Position(0, 0), types.Position(0, 0))


def diagnostics(findings: Iterable[Finding], positions: Positions) -> list[types.Diagnostic]:
    """One diagnostic for each finding, in order."""
    return [diagnostic(each, positions) for each in findings]


def diagnostic(finding: Finding, positions: Positions) -> types.Diagnostic:
    """A finding as a diagnostic; only a hint for code shown as wrong on purpose."""
    severity = types.DiagnosticSeverity.Hint if finding.intended else _SEVERITIES[finding.severity]
    purpose = " (shown wrong on purpose)" if finding.intended else ""
    link = _page_link(finding)
    return types.Diagnostic(
        range=positions.range(finding.span),
        message=one_line(finding.message) + purpose,
        severity=severity,
        code=finding.name,
        code_description=types.CodeDescription(link) if link else None,
        source=SOURCE,
    )


def failure_diagnostic(error: Exception) -> types.Diagnostic:
    """Why a lesson could not be checked, at its beginning: no diagnostic would look like a clean lesson."""
    if isinstance(error, CheckerError):
        message = " ".join(filter(None, (f"not checked: {error}", error.remedy)))
    else:
        message = f"not checked, for a defect of coursecheck: {type(error).__name__}: {error}"
    return types.Diagnostic(
        range=_START,
        message=one_line(message),
        severity=types.DiagnosticSeverity.Error,
        code="not-checked",
        source=SOURCE,
    )


def _page_link(finding: Finding) -> str | None:
    """The path of the rule's module, whose docstring is the rule's page."""
    if finding.code.startswith(_RUFF):
        return f"https://docs.astral.sh/ruff/rules/{finding.name}/"
    module = next((each.module for each in records() if each.code == finding.code), None)
    spec = importlib.util.find_spec(module) if module else None
    return Path(spec.origin).as_uri() if spec and spec.origin else None
