"""The members of JSON objects in any text, with positions: in JSON, in `curl -d`, in excerpts.

Text that is not JSON (comments, `...`, the shell code around it) is skipped: another rule decides whether it
is allowed. One pass, no recursion.
"""

import json
import re
from collections.abc import Iterator

from msgspec import Struct, field

from checker.patterns import regex

# A limit on escapes: after an unclosed quote, each of them would begin another attempt.
_STRING = r'"(?>[^"\\\n]*(?:\\.[^"\\\n]*){0,1000})"'
_WORD = r"[^\s\"{}\[\],:/.…\#][^\s\"{}\[\],:/.…]*"
# Most of JSON are members with a text or word as value, and most of a command are words: each is matched as a
# whole, and blanks together with what precedes them.
_TOKEN = regex(
    rf"(?:(?P<pair>(?P<name>{_STRING})\s*:\s*(?P<value>{_STRING}|{_WORD}),?)"
    rf"|(?P<string>{_STRING})"
    r"|(?P<comment>//(?<!://)[^\n]*|/\*.{0,1000}?\*/|\#(?<![^\s]\#)[^\n]*)"
    r"|(?P<hole>\.\.\.|…)"
    r"|(?P<mark>[{}\[\],:])"
    rf"|(?P<word>[^\s\"{{}}\[\],:/.…]+)(?:\s+{_WORD})*"
    r"|[/.\"])\s*",
    re.DOTALL,
)
# Comments that stand for omitted members.
_ELIDES = regex(r"\.\.\.|…")


class Pair(Struct, frozen=True):
    """A member: its name and its value with their positions; `value` is None unless it is a text or word.

    Positions are those of the text between the quotes.
    """

    name: str
    start: int
    end: int
    value: str | None = None
    value_start: int = 0
    value_end: int = 0


class Object(Struct):
    """The members of one object; `key` is the member whose value it is, "" at the top level.

    `elided` says that members are left out; `siblings` are the names of the members beside it.
    """

    key: str = ""
    above: "Object | None" = None
    pairs: list[Pair] = field(default_factory=list)
    elided: bool = False
    start: int = 0

    @property
    def siblings(self) -> frozenset[str]:
        """The names of the members of the enclosing object."""
        return frozenset(each.name for each in self.above.pairs) if self.above else frozenset()


def objects(text: str) -> list[Object]:
    """All objects in the order of their opening brackets; the first holds the top-level members."""
    reader = _Reader(text)
    for found in _TOKEN.finditer(text):
        reader.take(found)
    return reader.found


class _Reader:
    def __init__(self, source: str) -> None:
        self._source = source
        self.found = [Object()]
        self._open: list[Object | None] = [self.found[0]]  # None for a list
        self._holders = [self.found[0]]  # the objects among them
        self._text: tuple[int, int] | None = None  # may turn out to be a name
        self._name: tuple[int, int] | None = None

    def take(self, token: re.Match[str]) -> None:
        match token.lastgroup:
            case "pair":
                self._pair(token)
            case "string" | "word" as kind if self._name is None:
                self._text = token.span(kind) if kind == "string" else None
            case "string" | "word" as kind:
                self._member(token.span(kind))
            case "mark":
                self._mark(token)
            case "hole":
                self._holders[-1].elided = True
            case "comment" if _ELIDES.search(token[0]):
                self._holders[-1].elided = True
            case _:
                pass

    def _pair(self, token: re.Match[str]) -> None:
        if self._name is None:
            self._name = token.span("name")
            self._member(token.span("value"))
        else:  # a comment between another name and its value
            self._member(token.span("name"))
            self._text = token.span("value") if token["pair"].endswith('"') else None

    def _mark(self, token: re.Match[str]) -> None:
        match token["mark"]:
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
        return self._unquoted(*self._name) if self._name else ""

    def _member(self, value: tuple[int, int] | None) -> None:
        name, holder = self._name, self._open[-1]
        self._name = self._text = None
        if name is None or holder is None:
            return
        key, place = self._unquoted(*name), (name[0] + 1, name[1] - 1)
        if value is None:
            holder.pairs.append(Pair(key, *place))
            return
        start, end = value
        if self._source.startswith('"', start):
            holder.pairs.append(Pair(key, *place, self._unquoted(start, end), start + 1, end - 1))
        else:
            holder.pairs.append(Pair(key, *place, self._source[start:end], start, end))

    def _unquoted(self, start: int, end: int) -> str:
        inner = self._source[start + 1 : end - 1]
        if "\\" not in inner:
            return inner
        try:
            return str(json.loads(self._source[start:end]))
        except ValueError:  # shell code inside, such as `'\''`
            return inner


def lines_as_pairs(text: str) -> Iterator[Pair]:
    """`name=value` and `name: value`, one on each line, as in properties files and YAML."""
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
