"""Import and export statements, the only statements that MDX allows."""

import re

from checker.patterns import regex
from checker.reading.mdx.javascript.expressions import JavaScript
from checker.reading.mdx.javascript.scanner import Frame
from checker.reading.mdx.reasons import quoted
from checker.reading.mdx.refusal import RefusedError

# The next state of a statement up to its string or value, by state and token. Other combinations are refused.
_MOVES = {
    ("start", "import"): "import",
    ("start", "export"): "export",
    ("import", "string"): "done",
    ("import", "name"): "default",
    ("import", "{"): "names",
    ("import", "*"): "all",
    ("default", ","): "more",
    ("default", "from"): "source",
    ("more", "{"): "names",
    ("more", "*"): "all",
    ("all", "as"): "as",
    ("all", "from"): "source",
    ("as", "name"): "names",
    ("names", "from"): "source",
    ("source", "string"): "done",
    ("export", "*"): "all",
    ("export", "{"): "exported",
    ("exported", "from"): "source",
    ("export", "default"): "value",
    ("export", "const"): "constant",
    ("export", "let"): "name",
    ("export", "var"): "name",
    ("export", "function"): "value",
    ("export", "async"): "value",
    ("export", "class"): "value",
}
_NAMES_MOVES = {
    ("start", "name"): "name",
    ("start", "string"): "name",
    ("name", "as"): "as",
    ("as", "name"): "named",
    ("as", "string"): "named",
    ("name", ","): "start",
    ("named", ","): "start",
}
# A common import, alone on its line: one name, or several in braces, and the file that they are from.
_PLAIN_NAME = r"[A-Za-z_$][A-Za-z0-9_$]*"
_PLAIN_IMPORT = regex(
    rf"import (?:(?P<name>{_PLAIN_NAME})|\{{ ?(?P<names>{_PLAIN_NAME}(?:, {_PLAIN_NAME})*) ?\}}) from "
    r"""(?:"[^"\\]*"|'[^'\\]*')(?P<end>;?)[ \t]*$"""
)


class Module(JavaScript):
    """Reads import and export statements; `imported` are the names that the document has imported so far."""

    def __init__(self, imported: set[str]) -> None:
        self.state = "start"
        self._imported = imported
        self._declared: set[str] = set()
        self._imports = False
        # The names in the braces of exports and their offsets; those of this statement begin at the mark.
        self._exported: list[tuple[str, int]] = []
        self._mark = 0
        # What follows a comma: another "constant" or "name" of the declaration, or neither.
        self._binds = ""
        # Whether there are declarations whose names are not tracked.
        self._declares = False
        super().__init__("module")

    def feed(self, text: str, start: int, end: int) -> int | None:
        """See `Scanner.feed`; a common import is read at once."""
        if self.state in ("start", "done") and self._statement_complete():
            found = _PLAIN_IMPORT.match(text, start, end)
            if found is not None and self._take_plain_import(found):
                return None
        return super().feed(text, start, end)

    def _take_plain_import(self, found: re.Match[str]) -> bool:
        """Process a common import without tokens; not when one of its names is imported already."""
        names = [found["name"]] if found["name"] else found["names"].split(", ")
        new = set(names)
        if len(new) < len(names) or new & (self._declared | self._imported):
            return False
        self._declared |= new
        self._imported |= new
        self._imports, self._mark, self._binds = True, len(self._exported), ""
        self.state = "start" if found["end"] else "done"
        self.fresh = self.fresh and found["names"] is None
        self.ended = found.end("end")
        return True

    def complete(self) -> bool:
        """Whether the text could end here."""
        return self._statement_complete() and not self._undeclared()

    def _statement_complete(self) -> bool:
        if self.unfinished() or len(self.stack) > 1 or self.expected is not None:
            return False
        return self.state in ("start", "done", "exported") or (self.state == "value" and self.value != "")

    def unended(self, start: int) -> RefusedError:
        """Why the statements that begin at `start` are incomplete at the end of the text."""
        undeclared = self._undeclared()
        if not undeclared:
            return RefusedError(start, "it never ends")
        name, at = undeclared[0]
        return RefusedError(
            at, f"{quoted(name)} is exported and not declared", "import it, or export it where it is declared"
        )

    def _undeclared(self) -> list[tuple[str, int]]:
        """Exported names that are certainly not declared."""
        if self._declares:
            return []
        known = self._declared | self._imported
        return [(name, at) for name, at in self._exported if name not in known]

    def read(self, kind: str, word: str, at: int) -> None:
        """Process one token: values belong to the grammar of expressions, the rest is handled here."""
        frame = self.stack[-1]
        if frame.kind == "names":
            self._in_names(frame, kind, word, at)
        elif len(self.stack) > 1 or self.expected is not None:
            super().read(kind, word, at)
        elif self.state in ("name", "constant"):
            self._binding(kind, word, at)
        elif self.state == "value" and word == "," and self.value and self._binds:
            self.state, self.value = self._binds, ""
        elif self.state == "value" and word != ";" and not (self.value and word in ("import", "export")):
            super().read(kind, word, at)
        else:
            self._in_statement(kind, word, at)

    def _in_statement(self, kind: str, word: str, at: int) -> None:
        ended = self._statement_complete() and (self.new_line or word == ";" or self.state == "value")
        move = _MOVES.get((self.state, word)) or _MOVES.get((self.state, kind))
        if move is None and ended:
            self.state, self.value = "start", ""
            if word == ";":
                return
            move = _MOVES.get(("start", word))
        if move is None:
            raise RefusedError(at, f"{quoted(word)} is not allowed there")
        if move in ("import", "export"):
            self._imports = move == "import"
            self._mark = len(self._exported)
        elif (self.state, word) == ("exported", "from"):
            # These are names of another file.
            del self._exported[self._mark :]
        elif word == "{":
            self.open("names")
        elif self._imports and kind == "name" and (move == "default" or self.state == "as"):
            self._declare(word, at)
        self._binds = move if move in ("constant", "name") else ""
        self._declares = self._declares or bool(self._binds) or move == "value"
        self.state = move
        if word in ("function", "async", "class"):
            super().read(kind, word, at)

    def _binding(self, kind: str, word: str, at: int) -> None:
        if kind != "name" and word not in ("{", "["):
            raise RefusedError(at, f"{quoted(word)} cannot be given a value")
        self._declare(word if kind == "name" else "", at)
        constant, self.state = self.state == "constant", "value"
        super().read(kind, word, at)
        if constant and kind == "name":
            self.expected = self._initial

    def _initial(self, _kind: str, word: str, at: int) -> bool:
        if word != "=":
            raise RefusedError(at, "a constant has no value", "give it one with `=`")
        return False

    def _in_names(self, frame: Frame, kind: str, word: str, at: int) -> None:
        if word in (",", "}") and self._imports:
            self._declare(frame.name, at)
            frame.name = ""
        if word == "}" and frame.state != "as":
            self.close("")
            return
        state = _NAMES_MOVES.get((frame.state, word)) or _NAMES_MOVES.get((frame.state, kind))
        if state is None:
            raise RefusedError(
                at, f"{quoted(word)} is not allowed between the braces", "write `{name, other as alias}`"
            )
        if state in ("name", "named"):
            frame.name = word
        if state == "name" and not self._imports and kind == "name":
            self._exported.append((word, at))
        frame.state = state

    def _declare(self, name: str, at: int) -> None:
        """Declare a name; a document can use it for one import or export only."""
        if name in self._declared or name in self._imported:
            raise RefusedError(at, f"{quoted(name)} is imported or declared twice", "remove one of the two")
        if name:
            self._declared.add(name)
        if name and self._imports:
            self._imported.add(name)
