"""The fixes of findings as quick fixes."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from lsprotocol import types

from checker.editor.diagnostics import diagnostic
from checker.editor.positions import Positions
from checker.model import Applicability, Finding, Fix
from checker.reporting.escape import one_line

# What an author should know before applying it.
_LABELS: Mapping[Applicability, str] = {
    "safe": "",
    "unsafe": " (unsafe: it may change what the code does)",
    "suggestion": " (a suggestion: look at what becomes of it)",
}


def is_wanted(only: Sequence[str] | None) -> bool:
    """Whether an editor asks for quick fixes; None asks for all kinds of action."""
    kind = types.CodeActionKind.QuickFix.value
    return only is None or any(kind == each or kind.startswith(f"{each}.") or not each for each in only)


class Target(NamedTuple):
    """The document to edit; with `versioned`, the edit names its version."""

    uri: str
    version: int | None
    positions: Positions
    versioned: bool = True


def actions(findings: Sequence[Finding], target: Target, start: int, end: int) -> Iterator[types.CodeAction]:
    """The quick fixes of findings that overlap the offsets from `start` to `end`.

    Code shown as wrong on purpose gets no fix.
    """
    for finding in findings:
        fix = finding.fix
        if fix is None or not fix.edits or finding.intended or not _meets(finding, start, end):
            continue
        if any(edit.span.path != finding.span.path for edit in fix.edits):
            continue
        yield types.CodeAction(
            title=one_line(fix.message) + _LABELS[fix.applicability],
            kind=types.CodeActionKind.QuickFix,
            diagnostics=[diagnostic(finding, target.positions)],
            is_preferred=fix.applicability == "safe",
            edit=_workspace_edit(fix, target),
        )


def _meets(finding: Finding, start: int, end: int) -> bool:
    return finding.span.start <= end and start <= finding.span.end


def _workspace_edit(fix: Fix, target: Target) -> types.WorkspaceEdit:
    edits = [
        types.TextEdit(target.positions.range(each.span), each.text) for each in dict.fromkeys(fix.edits)
    ]
    if not target.versioned:
        return types.WorkspaceEdit(changes={target.uri: edits})
    # An editor refuses an edit for another version than it has.
    document = types.OptionalVersionedTextDocumentIdentifier(target.uri, target.version)
    return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(document, [*edits])])
