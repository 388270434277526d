"""Code inside shell code, after unquoting: the arguments of `psql -c`, `bash -c` and `curl -d`."""

from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from checker.languages.json_text import FILLED_IN
from checker.languages.shell.tree import ShellTree
from checker.patterns import regex

if TYPE_CHECKING:
    from tree_sitter import Node

_SENDS = frozenset({"-d", "--data", "--data-raw", "--data-binary", "--data-ascii", "--json"})
_RUNS = regex(r"-[a-zA-Z]*c|--command")
_RUNS_SHELL = regex(r"-[a-z]*c")
_EXPANSIONS = frozenset({"simple_expansion", "expansion", "command_substitution", "arithmetic_expansion"})


Language = Literal["json", "sql", "shell"]


class Inner(Struct, frozen=True):
    """A text in another language, with the offset in the shell code for each of its characters."""

    language: Language
    text: str
    offsets: tuple[int, ...]


# The programs that take code in an argument.
_TAKE_CODE = ("psql", "curl", "bash", "sh")
_PROGRAM = regex(rf"(?:{'|'.join(_TAKE_CODE)})\b")


class _Text:
    """Characters with their offsets."""

    def __init__(self) -> None:
        self.characters: list[str] = []
        self.offsets: list[int] = []

    def add(self, text: str, start: int) -> None:
        self.characters += text
        self.offsets += range(start, start + len(text))

    def inner(self, language: Language) -> Inner | None:
        text = "".join(self.characters)
        if not text.strip(f" \n{FILLED_IN}") or (language == "json" and text.lstrip()[:1] not in {"{", "["}):
            return None
        return Inner(language, text, tuple(self.offsets))


def inner_texts(tree: ShellTree) -> Iterator[Inner]:
    """Every such text in shell code."""
    nodes = list(tree.nodes("command", "redirected_statement", around=_PROGRAM))
    for node in nodes:
        if node.type == "command":
            yield from filter(None, _arguments(tree, node))
    for node in nodes:
        found = _here_document(tree, node) if node.type == "redirected_statement" else None
        if found:
            yield found


def _arguments(tree: ShellTree, command: "Node") -> Iterator[Inner | None]:
    name = ""
    option = ""
    for node in command.named_children:
        text = tree.source(node)
        if name == "curl" and option in _SENDS:
            yield _inner(tree, node, "json")
        elif name == "psql" and _RUNS.fullmatch(option):
            yield _inner(tree, node, "sql")
        elif name in {"bash", "sh"} and _RUNS_SHELL.fullmatch(option):
            yield _inner(tree, node, "shell")
        if text in _TAKE_CODE:
            name = text
        elif name in {"bash", "sh"} and not text.startswith("-"):
            name = ""  # a script, or a command that was examined already
        option = text


def _inner(tree: ShellTree, node: "Node", language: Language) -> Inner | None:
    text = _Text()
    return text.inner(language) if _unquote(tree, node, text) else None


def _unquote(tree: ShellTree, node: "Node", into: _Text) -> bool:
    """Add the value of a word; False when it is unknown."""
    match node.type:
        case "concatenation":
            return all(_unquote(tree, each, into) for each in node.named_children)
        case "raw_string":
            into.add(tree.source(node)[1:-1], tree.start(node) + 1)
        case "string":
            _expand(tree, node, '"\\$`\n', into)
        case "word" | "number":
            _expand(tree, node, "", into)
        case kind if kind in _EXPANSIONS:
            _fill(tree, node, into)
        case _:
            return False
    return True


def _expand(tree: ShellTree, node: "Node", escaped: str, into: _Text) -> None:
    """Add the text of a node: expansions are replaced by placeholders, backslashes are removed.

    `escaped` are the characters that a backslash escapes there, "" for all.
    """
    quotes = 1 if node.type == "string" else 0
    at, end = tree.start(node) + quotes, tree.end(node) - quotes
    inside = {tree.start(each): each for each in node.named_children if each.type in _EXPANSIONS}
    stops = [*sorted(inside), end]
    while at < end:
        if at in inside:
            _fill(tree, inside[at], into)
            at = max(tree.end(inside[at]), at + 1)
            continue
        if tree.text[at] == "\\":
            if at + 1 < end and (not escaped or tree.text[at + 1] in escaped):
                at += 1
            stop = at + 1
            into.add(tree.text[at:stop] if tree.text[at] != "\n" else "", at)
        else:
            plain_to = stops[bisect_right(stops, at)]
            found = tree.text.find("\\", at, plain_to)
            stop = found if found >= 0 else plain_to
            into.add(tree.text[at:stop], at)
        at = stop


def _fill(tree: ShellTree, node: "Node", into: _Text) -> None:
    start = tree.start(node)
    into.add(FILLED_IN * (tree.end(node) - start), start)


def _here_document(tree: ShellTree, statement: "Node") -> Inner | None:
    command = statement.child_by_field_name("body")
    redirect = next((each for each in statement.named_children if each.type == "heredoc_redirect"), None)
    if command is None or redirect is None or command.type != "command":
        return None
    words = [tree.source(each) for each in command.named_children]
    language: Language
    if "psql" in words:
        language = "sql"
    elif "curl" in words and "@-" in words:
        language = "json"
    else:
        return None
    parts = {each.type: each for each in redirect.named_children}
    body, begins = parts.get("heredoc_body"), parts.get("heredoc_start")
    if body is None or begins is None:
        return None
    text = _Text()
    if set(tree.source(begins)) & set("'\"\\"):
        text.add(tree.source(body), tree.start(body))
    else:
        _expand(tree, body, "\\$`\n", text)
    return text.inner(language)
