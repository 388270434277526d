"""A minimal editor: it speaks the Language Server Protocol, over pipes or over standard streams."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from types import TracebackType
from typing import IO, Any, Self

from checker.editor.server import make_server

_ROOT = Path(__file__).parents[2]
_SECONDS = 60.0  # a loaded machine, and an interpreter that imports pandas

Message = dict[str, Any]


class Client:
    """An editor with one folder open; a context manager that ends its server as the protocol has it.

    The server is a thread of this process: `Process` below starts the command.
    """

    def __init__(self, folder: Path, *, trust: bool = False, capabilities: Message | None = None) -> None:
        self.folder = folder
        self.capabilities = capabilities or {}
        self.server: Message = {}
        self._inbox: Queue[Message | None] = Queue()
        self._seen: list[Message] = []
        self._last_id = 0
        self._left = False
        self._in, self._out = self._start(trust=trust)
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()

    def _start(self, *, trust: bool) -> tuple[IO[bytes], IO[bytes]]:
        """The streams to a server that is starting, and from it."""
        (server_in, to_server), (from_server, server_out) = os.pipe(), os.pipe()
        streams = os.fdopen(server_in, "rb"), os.fdopen(server_out, "wb")
        self._thread = Thread(target=lambda: make_server(trust=trust).start_io(*streams), daemon=True)
        self._thread.start()
        self._streams = streams
        return os.fdopen(to_server, "wb"), os.fdopen(from_server, "rb")

    def _end(self) -> None:
        self._thread.join(_SECONDS)
        for stream in self._streams:
            stream.close()

    def __enter__(self) -> Self:
        folders = [{"uri": self.folder.as_uri(), "name": "course"}]
        self.server = self.ask(
            "initialize",
            {
                "processId": os.getpid(),
                "rootUri": self.folder.as_uri(),
                "workspaceFolders": folders,
                "capabilities": self.capabilities,
            },
        )
        self.tell("initialized", {})
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.leave()
        self._in.close()
        self._end()
        self._reader.join(_SECONDS)
        self._out.close()

    def leave(self) -> None:
        """Say goodbye."""
        if not self._left:
            self._left = True
            self.ask("shutdown", None)
            self.tell("exit", None)

    def open(self, path: Path, text: str, version: int = 1) -> str:
        uri = path.as_uri()
        document = {"uri": uri, "languageId": "mdx", "version": version, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": document})
        return uri

    def change(self, uri: str, text: str, version: int) -> None:
        document = {"uri": uri, "version": version}
        self.tell("textDocument/didChange", {"textDocument": document, "contentChanges": [{"text": text}]})

    def diagnostics(self, uri: str, version: int = 1) -> list[Message]:
        """Those of this version of a document, as soon as they are published."""

        def are_those(message: Message) -> bool:
            params = message.get("params") or {}
            return (
                message.get("method") == "textDocument/publishDiagnostics"
                and params["uri"] == uri
                and params.get("version") == version
            )

        found: list[Message] = self.wait(are_those)["params"]["diagnostics"]
        return found

    def ask(self, method: str, params: object) -> Any:
        """The result of a request; a refusal is an AssertionError."""
        answer = self.answer(method, params)
        assert "error" not in answer, answer["error"]
        return answer["result"]

    def answer(self, method: str, params: object) -> Message:
        """The whole answer to a request."""
        number = self.send(method, params)
        return self.wait(lambda each: each.get("id") == number and "method" not in each)

    def send(self, method: str, params: object) -> int:
        """Ask and do not wait; the number of the request."""
        self._last_id += 1
        self._write({"jsonrpc": "2.0", "id": self._last_id, "method": method, "params": params})
        return self._last_id

    def tell(self, method: str, params: object) -> None:
        self._write({"jsonrpc": "2.0", "method": method, "params": params})

    def wait(self, is_it: Callable[[Message], bool]) -> Message:
        """The first message of this kind that nobody has waited for yet."""
        for number, message in enumerate(self._seen):
            if is_it(message):
                return self._seen.pop(number)
        while True:
            try:
                received = self._inbox.get(timeout=_SECONDS)
            except Empty:
                raise AssertionError(f"nothing came; before that: {self._seen}") from None
            if received is None:
                raise AssertionError("the server has ended")
            if is_it(received):
                return received
            self._seen.append(received)

    def waiting(self) -> list[Message]:
        """What came and nobody has waited for."""
        return self._seen

    def _write(self, message: Message) -> None:
        body = json.dumps(message).encode()
        self._in.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._in.flush()

    def _read(self) -> None:
        stream = self._out
        while header := stream.readline():
            # Anything but a header would be somebody's word in the conversation.
            assert header.lower().startswith((b"content-length: ", b"content-type: ")), header
            length = 0
            while header.strip():
                name, _, value = header.partition(b":")
                if name.lower() == b"content-length":
                    length = int(value)
                header = stream.readline()
            message = json.loads(stream.read(length))
            if "id" in message and "method" in message:
                self._write({"jsonrpc": "2.0", "id": message["id"], "result": None})
            self._inbox.put(message)
        self._inbox.put(None)


class Process(Client):
    """The same with the command, started in the folder that is open."""

    def _start(self, *, trust: bool) -> tuple[IO[bytes], IO[bytes]]:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "checker", "lsp", *(["--trust-config"] if trust else [])],
            cwd=self.folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(_ROOT)},
        )
        assert self.process.stdin
        assert self.process.stdout
        self.errors = ""
        return self.process.stdin, self.process.stdout

    def _end(self) -> None:
        assert self.process.stderr
        self.errors = self.process.stderr.read().decode()
        self.process.stderr.close()
        self.process.wait(_SECONDS)
