"""The members of JSON objects in any text, with their places: in JSON, in what `curl -d` sends, in excerpts.

It reads over what JSON does not have (comments, `...`, shell around it): whether that may stand there is
another rule's question. One pass, no recursion.
"""

import json
import re
from collections.abc import Iterator

from msgspec import Struct, field

from checker.patterns import regex

_TOKEN = regex(
    r'(?P<string>"[^"\\\n]*(?:\\.[^"\\\n]*)*")'
    r"|(?P<comment>//(?<!://)[^\n]*|/\*.{0,1000}?\*/|\#(?<![^\s]\#)[^\n]*)"
    r"|(?P<hole>\.\.\.|…)"
    r"|(?P<mark>[{}\[\],:])"
    r"|(?P<word>[^\s\"{}\[\],:/.…]+)"
    r"|[/.\"]",
    re.DOTALL,
)
# A comment that leaves out members says so.
_ELIDES = regex(r"\.\.\.|…")


class Pair(Struct, frozen=True):
    """A member: its name and its value with their places; `value` is None where it is no text or word.

    The places are those of the text between the quotes.
    """

    name: str
    start: int
    end: int
    value: str | None = None
    value_start: int = 0
    value_end: int = 0


class Object(Struct):
    """The members of one object; `key` is the member that it is the value of, "" at the top.

    `elided` says that members are left out, `siblings` are the names of the members beside it.
    """

    key: str = ""
    above: "Object | None" = None
    pairs: list[Pair] = field(default_factory=list)
    elided: bool = False
    start: int = 0

    @property
    def siblings(self) -> frozenset[str]:
        """The names of the members of the object around it."""
        return frozenset(each.name for each in self.above.pairs) if self.above else frozenset()


def objects(text: str) -> list[Object]:
    """All objects in the order in which they open; the first holds the members that stand in none."""
    reader = _Reader()
    for found in _TOKEN.finditer(text):
        reader.take(found)
    return reader.found


class _Reader:
    def __init__(self) -> None:
        self.found = [Object()]
        self._open: list[Object | None] = [self.found[0]]  # None for a list
        self._holders = [self.found[0]]  # those of them that are objects
        self._text: re.Match[str] | None = None  # may turn out to be a name
        self._name: re.Match[str] | None = None

    def take(self, token: re.Match[str]) -> None:
        match token.lastgroup:
            case "string" | "word" if self._name is None:
                self._text = token if token.lastgroup == "string" else None
            case "string" | "word":
                self._member(token)
            case "hole":
                self._holders[-1].elided = True
            case "comment" if _ELIDES.search(token[0]):
                self._holders[-1].elided = True
            case "mark":
                self._mark(token)
            case _:
                pass

    def _mark(self, token: re.Match[str]) -> None:
        match token[0]:
            case ":":
                self._name, self._text = self._text, None
            case "{":
                self._begin(Object(self._key(), self._holders[-1], start=token.start()))
            case "[":
                self._member(None)
                self._open.append(None)
            case ",":
                self._name = self._text = None
            case _:
                self._name = self._text = None
                if len(self._open) > 1 and self._open.pop() is not None:
                    self._holders.pop()

    def _begin(self, begun: Object) -> None:
        self._member(None)
        self.found.append(begun)
        self._open.append(begun)
        self._holders.append(begun)

    def _key(self) -> str:
        return _unquoted(self._name) if self._name else ""

    def _member(self, value: re.Match[str] | None) -> None:
        name, holder = self._name, self._open[-1]
        self._name = self._text = None
        if name is None or holder is None:
            return
        place = (name.start() + 1, name.end() - 1)
        if value is None:
            holder.pairs.append(Pair(_unquoted(name), *place))
            return
        quotes = 1 if value.lastgroup == "string" else 0
        text = _unquoted(value) if quotes else value[0]
        holder.pairs.append(Pair(_unquoted(name), *place, text, value.start() + quotes, value.end() - quotes))


def _unquoted(token: re.Match[str]) -> str:
    if "\\" not in token[0]:
        return token[0][1:-1]
    try:
        return str(json.loads(token[0]))
    except ValueError:  # shell code inside, such as `'\''`
        return token[0][1:-1]


def lines_as_pairs(text: str) -> Iterator[Pair]:
    """`name=value` and `name: value`, one a line, as properties files and YAML have them."""
    for found in _LINE.finditer(text):
        value = found["value"].rstrip()
        quotes = 1 if value[:1] in {'"', "'"} and value[-1:] == value[:1] and len(value) > 1 else 0
        start = found.start("value") + quotes
        inner = value[quotes : len(value) - quotes]
        yield Pair(found["name"], *found.span("name"), inner, start, start + len(inner))


_LINE = regex(
    r"""^[ \t]*["']?(?P<name>[A-Za-z_][\w$-]*(?:\.[\w$-]+)*)["']?[ \t]*[:=][ \t]*(?P<value>[^\n]*)$""",
    re.MULTILINE,
)
