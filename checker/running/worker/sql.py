"""Runs SQL cells: statements of a lesson, one after the other on the lab's PostgreSQL, as psql would."""

import signal

from checker.running.worker.exploring import NOTHING
from checker.running.worker.failures import sendable
from checker.running.worker.services.postgresql.client import Connection, LostConnectionError, ServerError
from checker.running.worker.services.services import Services
from checker.running.worker.wire import Message

# The SQLSTATE for a connection that does not exist.
_LOST = "08003"
_LONGEST_WORD = 20


class SqlNotebook:
    """One connection for all SQL cells of a session: settings, temporary tables and transactions persist."""

    def __init__(self, path: str, services: Services) -> None:
        self._path = path
        self._services = services
        self._connection: Connection | None = None

    def run(self, cell: Message) -> Message:
        """Run the statements of a cell up to the first that fails, and report as a notebook does.

        `statements` are the start and end offsets of statements in `source`. The type of an error is its
        SQLSTATE; the function that it came from is the first word of its statement.
        """
        error = None
        self._services.begin(cell)
        try:
            signal.signal(signal.SIGINT, signal.default_int_handler)
            if not self._services.absent:
                error = self._run(cell)
        except KeyboardInterrupt:
            self._leave()
            error = self._failure("KeyboardInterrupt", "", 0, 0)
        finally:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
        return {
            "error": error,
            "limit": None,
            "swallowed": [],
            "warnings": [],
            "completed": [],
            "later": NOTHING,
            "trace": [],
            "lacks": f"it needs {self._services.absent}" if self._services.absent else "",
        }

    def _run(self, cell: Message) -> Message | None:
        source: str = cell["source"]
        start = 0
        try:
            if self._connection is None:
                self._connection = Connection(**self._services.database)
            for start, end in cell["statements"]:
                self._connection.run(source[start:end])
        except ServerError as error:
            self._roll_back()
            at = start + max(error.position - 1, 0)
            message = f"{error.message} ({error.hint})" if error.hint else error.message
            place = _place(source, at, cell["first_line"])
            return self._failure(error.state, message, *place, source[start:].partition(" ")[0])
        except (LostConnectionError, OSError) as error:
            self._leave()
            return self._failure(_LOST, str(error), *_place(source, start, cell["first_line"]))
        return None

    def _roll_back(self) -> None:
        """Roll back a failed transaction, so that later cells do not fail because of it."""
        try:
            if self._connection is not None and self._connection.has_failed_transaction:
                self._connection.run("ROLLBACK")
        except (ServerError, LostConnectionError, OSError):
            self._leave()

    def _leave(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _failure(self, state: str, message: str, line: int, column: int, word: str = "") -> Message:
        return {
            "type": sendable(state),
            "bases": [],
            "message": sendable(message),
            "line": line,
            "column": column,
            "traceback": [[sendable(self._path), line, sendable(word.strip().upper()[:_LONGEST_WORD])]],
        }


def _place(source: str, at: int, first_line: int) -> tuple[int, int]:
    """The lesson's line, and the column from 1, of an offset in a cell."""
    at = min(at, len(source))
    return first_line + source.count("\n", 0, at), at - source.rfind("\n", 0, at)
