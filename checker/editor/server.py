"""The language server: its notifications and requests.

Everything except running blocks happens in the one thread that reads messages.
"""

import asyncio
import os
from collections.abc import Iterable, Sequence

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path, uri_scheme

import checker
from checker.editor import hovers, outline, runs
from checker.editor.actions import Target, actions, is_wanted
from checker.editor.diagnostics import diagnostics, failure_diagnostic
from checker.editor.documents import Document, Judged, OpenDocuments
from checker.editor.positions import Positions
from checker.editor.running import in_thread, run_until
from checker.errors import CheckerError
from checker.model import BlockPlan, Finding, LessonResult
from checker.reporting.escape import one_line

# Long enough not to check a word letter by letter, short enough to seem immediate.
_PAUSE = 0.25  # seconds
# The files that a check of a course reads.
_WATCHED = "**/*.{md,mdx,toml,json,yaml,yml}"


class CourseServer(LanguageServer):
    """The server with its state; `trust` lets a configuration name programs to start."""

    def __init__(self, *, trust: bool) -> None:
        super().__init__(
            "coursecheck", checker.__version__, text_document_sync_kind=types.TextDocumentSyncKind.Full
        )
        self.trust = trust
        self.open_documents = OpenDocuments(trust=trust)
        self._last_runs: dict[str, runs.LastRun] = {}
        self._published: dict[str, types.PublishDiagnosticsParams] = {}
        self._waiting: dict[str, asyncio.TimerHandle] = {}
        self._is_running = False

    # What the editor tells.

    def take(self, uri: str, *, pause: float) -> None:
        """A document was opened or changed: check it soon, unless it changes again before that."""
        path = to_fs_path(uri) if uri_scheme(uri) == "file" else None
        if path is None:  # it is not a file, so it belongs to no course
            return
        document = self.workspace.get_text_document(uri)
        self.open_documents.put(Document(uri, os.path.abspath(path), document.source, document.version))
        if uri in self._waiting:
            self._waiting[uri].cancel()
        self._waiting[uri] = asyncio.get_running_loop().call_later(pause, self._check, [uri])

    def drop(self, uri: str) -> None:
        """A document was closed; the others now see its file."""
        if uri in self._waiting:
            self._waiting.pop(uri).cancel()
        self.open_documents.remove(uri)
        self._last_runs.pop(uri, None)
        if uri in self._published:
            del self._published[uri]
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))
        self.look_again()

    def look_again(self) -> None:
        """Files have changed: check everything that is open again."""
        self.open_documents.forget()
        self._check(self.open_documents.uris())

    def _check(self, uris: Iterable[str]) -> None:
        wanted = list(uris)
        for uri in wanted:
            self._waiting.pop(uri, None)
        self._publish(self.open_documents.check(wanted))

    def _publish(self, judged: Iterable[Judged]) -> None:
        for each in judged:
            uri = each.document.uri
            params = types.PublishDiagnosticsParams(uri, self._diagnostics(each), each.document.version)
            if self._published.get(uri) != params:
                self._published[uri] = params
                self.text_document_publish_diagnostics(params)

    def _diagnostics(self, judged: Judged) -> list[types.Diagnostic]:
        if judged.failure is not None:
            return [failure_diagnostic(judged.failure)]
        try:
            return diagnostics(self.findings(judged), self.positions(judged.document))
        except Exception as error:  # noqa: BLE001 said where the author looks, and the others are served
            return [failure_diagnostic(error)]

    # What is known.

    def positions(self, document: Document) -> Positions:
        """Positions in a document as this editor counts them."""
        encoding = types.PositionEncodingKind(self.workspace.position_encoding or "utf-16")
        return Positions(document.text, encoding.value)

    def findings(self, judged: Judged) -> list[Finding]:
        """The findings of reading a document, and those of its last run that still apply."""
        if judged.result is None:
            return []
        found = list(judged.result.findings)
        last = self._last_runs.get(judged.document.uri)
        if last is not None:
            known = {(each.code, each.span) for each in found}
            found += [
                each
                for each in runs.findings(last, judged.result.lesson)
                if (each.code, each.span) not in known
            ]
        return sorted(found, key=lambda each: (each.span.start, each.span.end, each.code))

    def shown(self, uri: str, result: LessonResult) -> dict[int, runs.Shown]:
        """What the blocks of a document did when they last ran."""
        last = self._last_runs.get(uri)
        return runs.outcomes(last, result.lesson) if last else {}

    # What the editor asks for.

    async def run_block(self, uri: str, block: int) -> dict[str, object]:
        """Run an open lesson up to a block and report the result; failures are reported as a message."""
        if self._is_running:
            return self._say("Another block is still running.", types.MessageType.Warning)
        judged = self.open_documents.judged(uri)
        if judged is None or judged.result is None:
            return self._say("This is no open lesson that can be run.", types.MessageType.Warning)
        plans = judged.result.plans
        if not 0 <= block < len(plans) or not plans[block].runs:
            return self._say(_why_not(plans, block), types.MessageType.Warning)
        self._is_running = True
        try:
            ran = await in_thread(lambda: run_until(judged.document, block, trust=self.trust))
        except CheckerError as error:
            words = " ".join(filter(None, (f"Not run: {error}", error.remedy)))
            return self._say(words, types.MessageType.Error)
        finally:
            self._is_running = False
        self._last_runs[uri] = runs.last_run(ran, block, judged.result.findings)
        return self._tell(uri, ran, block)

    def _tell(self, uri: str, ran: LessonResult, block: int) -> dict[str, object]:
        now = self.open_documents.judged(uri)
        if now is None:  # closed in the meantime
            self._last_runs.pop(uri, None)
        else:
            self._publish([now])
        workspace = self.client_capabilities.workspace
        if workspace and workspace.code_lens and workspace.code_lens.refresh_support:
            self.workspace_code_lens_refresh(None)
        outcome = ran.outcomes[block]
        reason = outcome.reason or (outcome.error.message if outcome.error else "")
        line = ran.lesson.blocks[block].span.line
        words = f"The block at line {line}: {outcome.kind}{f' ({reason})' if reason else ''}"
        is_well = outcome.kind in ("passed", "expected-failure", "interrupted")
        answer = self._say(words, types.MessageType.Info if is_well else types.MessageType.Warning)
        return {**answer, "outcome": outcome.kind}

    def _say(self, words: str, kind: types.MessageType) -> dict[str, object]:
        message = one_line(words)
        self.window_show_message(types.ShowMessageParams(kind, message))
        return {"message": message}


def _why_not(plans: Sequence[BlockPlan], block: int) -> str:
    if not 0 <= block < len(plans):
        return "The lesson has no such block any more."
    return f"This block does not run: {plans[block].reason}"


def make_server(*, trust: bool) -> CourseServer:
    """A server for everything that `coursecheck lsp` promises."""
    server = CourseServer(trust=trust)
    _follow(server)
    _answer(server)
    return server


def _follow(server: CourseServer) -> None:
    """Handlers that keep the open documents up to date."""

    @server.feature(types.INITIALIZED)
    def initialized(_params: types.InitializedParams) -> None:
        workspace = server.client_capabilities.workspace
        watching = workspace and workspace.did_change_watched_files
        if watching and watching.dynamic_registration:
            options = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher(_WATCHED)])
            what = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
            server.client_register_capability(
                types.RegistrationParams([types.Registration("files", what, options)])
            )

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def did_open(params: types.DidOpenTextDocumentParams) -> None:
        server.take(params.text_document.uri, pause=0)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def did_change(params: types.DidChangeTextDocumentParams) -> None:
        server.take(params.text_document.uri, pause=_PAUSE)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def did_close(params: types.DidCloseTextDocumentParams) -> None:
        server.drop(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def did_save(_params: types.DidSaveTextDocumentParams) -> None:
        server.look_again()

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def did_change_files(_params: types.DidChangeWatchedFilesParams) -> None:
        server.look_again()


def _answer(server: CourseServer) -> None:
    """Handlers of requests about one document."""

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions([types.CodeActionKind.QuickFix]))
    def code_action(params: types.CodeActionParams) -> list[types.CodeAction]:
        judged = server.open_documents.judged(params.text_document.uri)
        if judged is None or judged.result is None or not is_wanted(params.context.only):
            return []
        positions = server.positions(judged.document)
        start, end = positions.offset(params.range.start), positions.offset(params.range.end)
        workspace = server.client_capabilities.workspace
        edits = workspace.workspace_edit if workspace else None
        versioned = bool(edits and edits.document_changes)
        target = Target(judged.document.uri, judged.document.version, positions, versioned=versioned)
        return [*actions(server.findings(judged), target, start, end)]

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hover(params: types.HoverParams) -> types.Hover | None:
        judged = server.open_documents.judged(params.text_document.uri)
        if judged is None or judged.result is None:
            return None
        result, positions = judged.result, server.positions(judged.document)
        at = positions.offset(params.position)
        found = [each for each in server.findings(judged) if each.span.start <= at <= each.span.end]
        block = next((each for each in result.lesson.blocks if each.span.start <= at < each.span.end), None)
        plan = result.plans[block.index] if block else None
        shown = server.shown(judged.document.uri, result).get(block.index) if block else None
        text = hovers.hover_text(found, plan, shown)
        return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, text)) if text else None

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def document_symbol(params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
        judged = server.open_documents.judged(params.text_document.uri)
        if judged is None or judged.result is None:
            return []
        return outline.symbols(judged.result, server.positions(judged.document))

    @server.feature(types.TEXT_DOCUMENT_CODE_LENS)
    def code_lens(params: types.CodeLensParams) -> list[types.CodeLens]:
        uri = params.text_document.uri
        judged = server.open_documents.judged(uri)
        if judged is None or judged.result is None:
            return []
        shown = server.shown(uri, judged.result)
        return [*outline.lenses(judged.result, shown, uri, server.positions(judged.document))]

    @server.command(outline.RUN_COMMAND)
    async def run_block(uri: str, block: int) -> dict[str, object]:
        return await server.run_block(uri, block)
