"""The fixes of findings as quick fixes."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from lsprotocol import types

from checker.editor.diagnostics import diagnostic
from checker.editor.positions import Positions
from checker.model import Applicability, Finding, Fix
from checker.reporting.escape import one_line

# What an author should know before taking it.
_LABELS: Mapping[Applicability, str] = {
    "safe": "",
    "unsafe": " (unsafe: it may change what the code does)",
    "suggestion": " (a suggestion: look at what becomes of it)",
}


def is_wanted(only: Sequence[str] | None) -> bool:
    """Whether quick fixes are among the kinds of action that an editor asks for; None asks for all."""
    kind = types.CodeActionKind.QuickFix.value
    return only is None or any(kind == each or kind.startswith(f"{each}.") or not each for each in only)


class Target(NamedTuple):
    """The document that edits are meant for; with `versioned`, the editor can be told of which version."""

    uri: str
    version: int | None
    positions: Positions
    versioned: bool = True


def actions(findings: Sequence[Finding], target: Target, start: int, end: int) -> Iterator[types.CodeAction]:
    """The quick fixes of those findings that meet the offsets from `start` to `end`.

    What a lesson shows wrong on purpose is offered no fix.
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
    # An editor refuses an edit of another version than it holds.
    document = types.OptionalVersionedTextDocumentIdentifier(target.uri, target.version)
    return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(document, [*edits])])
