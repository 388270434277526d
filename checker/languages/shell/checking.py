"""The faults of shell code: what bash refuses, and lines in another language."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from checker.languages.fault import Fault
from checker.languages.holes import ANGLES, fill
from checker.languages.shell.continuing import breaks
from checker.languages.shell.engine import Refusal, refusal_of, refusals
from checker.languages.shell.prompts import commands_only
from checker.languages.shell.tree import ShellTree, may_take_long
from checker.languages.shell.unended import unended
from checker.languages.synopsis import describes_command
from checker.languages.telling import COMMANDS, is_output, is_promql, is_python, lines_of, sql_lines
from checker.patterns import regex

Kind = Literal["syntax", "foreign"]

_TOKEN = regex(r"near unexpected token `(.+)'$")
_UNCLOSED = regex(r"unexpected EOF while looking for matching `(.)'")
_HERE_DOCUMENT = regex(r"here-document at line \d+ delimited by end-of-file \(wanted `(.*)'\)")
_RESERVED = frozenset({"fi", "done", "esac", "then", "do", "else", "elif", "}", "in"})
_BEGINS_CODE = regex(
    r"[ \t]*(?:(?:if|then|else|fi|for|do|done|while|until|case|esac|function|export|local"
    r"|return|set|\[\[?|[({])"
    r"(?=[ \t;]|$)|[A-Za-z_]\w*\+?=|[A-Za-z_]\w*\(\)|[./~$\"'])"
)
# Programs with words, quoted or not, pipes and comments: bash accepts these unless a word belongs to its
# grammar, so neither bash nor tree-sitter is asked.
_GRAMMAR = "if|then|elif|else|fi|for|while|until|do|done|case|esac|in|select|function|time|coproc"
_COMMANDS = regex(
    rf"(?>[ \t\n./:=,@%+~*?^-]+|(?!(?:{_GRAMMAR})\b)\w+|\\\n|'[^']*'|\"[^\"\\$`]*\""
    r"|(?<=[^\s|] )\|(?= [a-z])|(?<!\S)(?<!\\\n)\#[^\n]*)*"
)
# Without any of these outside of quotes, bash accepts what tree-sitter accepts: of 12,000 mutated scripts
# that tree-sitter accepts, bash refused 245, all with one of these.
_RISKY_WORD = regex(r"\b(?:fi|done|esac|then|do|else|elif|in)\b")
# A pattern that begins with one class of signs is searched several times as fast as alternatives.
_RISKY_SIGN = regex(r"[<>(){}\];&|](?:(?<=[<>(){}])|(?<=\])\]|(?<=[;&])\s*[;&|]|(?<=\|)\s*[;&|!])")
# Redirections and variables, which bash accepts too.
_PLAIN = regex(r"\$\{\w+\}|(?<![<>&|])(?:[0-9&]?>>?|<)[ \t]*[\w./$-]+(?![\w(<>&])|[12]?>&[12]")
# `$(date +%Y)`: a command of its own.
_SUBSTITUTED = regex(r"\$\(([\w \t./%+:$-]+)\)")
# `git tag v<VERSION>`: nobody writes a redirection like this.
_GLUED = regex(r"(?<=[\w.=/-])<[A-Za-z][\w-]{0,80}>(?![\w./>])")
# A client that is started without a statement, so that the following lines are typed into it.
_CLIENT = regex(
    r"(?:^|[ \t/])(?:psql|pgcli|mysql|mariadb|sqlite3|duckdb|ksql|cqlsh|sqlcmd|beeline|spark-sql"
    r"|clickhouse-client|sql-client\.sh)(?=[ \t\n])"
    r"(?![^\n]*(?:[ \t]-[cefqQ]\b|--(?:command|execute|file|query)\b|<))",
    re.MULTILINE,
)
# How programs are given a text in another language, if at all.
_GIVES_SQL = regex(r"-[a-zA-Z]*c\b|--command\b|<<")
_SENDS_JSON = regex(r"-d\b|--data|--json|@-")
_RUNS_TEXT = regex(r"sh[ \t]+-[a-z]*c\b")
_FIRST_WORD = regex(r"[ \t]*([\w.-]+)")
_GOES_ON = regex(r"(?:\\|&&|\||\()[ \t]*\Z")
# `Preparing the server (2 s)`, ` - [app] done`: messages of programs; commands begin with a small letter.
_IN_WORDS = regex(
    r"[ \t]*(?:[-*•✓✔✖→][ \t]+\S|[\w.-]+ \([A-Z]\w+\)"
    r"|(?:[A-Z][a-z]+|[A-Z][a-z]*['’][a-z]+|[^\W\d_A-Za-z]\w*)(?:[ \t,.!]|:[ \t]))"
)


class ShellFault(Struct, frozen=True):
    """A fault, and whether it is one of grammar or a line in another language."""

    kind: Kind
    fault: Fault


class _Read(Struct, frozen=True):
    """A text as it is checked, without prompts, output and placeholders, and as it is written."""

    text: str
    written: str
    session: bool
    tree: ShellTree


def check(texts: Sequence[str]) -> Mapping[int, ShellFault]:
    """The first fault of each text that has one, by the text's index."""
    read = [_read(text) for text in texts]
    asked = {at: each for at, each in enumerate(read) if not _COMMANDS.fullmatch(each.text)}
    given_up = {at for at, each in asked.items() if each.tree.is_given_up}
    asked = {at: each for at, each in asked.items() if at not in given_up}
    broken = [at for at, each in asked.items() if each.tree.has_error]
    whole = [at for at in asked if at not in broken and _may_be_broken(read[at].text)]
    refused = {whole[at]: refusal for at, refusal in refusals([read[at].text for at in whole]).items()}
    for at in broken:
        if refusal := refusal_of(read[at].text):
            refused[at] = refusal
    found = {}
    for at, each in enumerate(read):
        fault = None if at in given_up else _fault(each, refused.get(at))
        if fault:
            found[at] = fault
    return found


def obstacle(text: str) -> str:
    """Why a text is not checked, "" when it is."""
    is_given_up = may_take_long(text) and _read(text).tree.is_given_up
    return "its parser takes too long on it" if is_given_up else ""


def _may_be_broken(text: str) -> bool:
    # Most texts have no such sign, quoted or not.
    return _is_risky(text) and _is_risky(_PLAIN.sub(" ", _SUBSTITUTED.sub(r"\n\1\n", _QUOTES.sub(" ", text))))


def _is_risky(text: str) -> bool:
    return _RISKY_SIGN.search(text) is not None or _RISKY_WORD.search(text) is not None


# The code of a lesson is read for its grammar, and again for the arguments of its commands.
@lru_cache(maxsize=64)
def _read(text: str) -> _Read:
    commands = commands_only(text)
    filled = fill(fill(commands, ANGLES), _GLUED) if "<" in commands else commands
    return _Read(filled, text, commands != text, ShellTree(filled))


def _fault(read: _Read, refusal: Refusal | None) -> ShellFault | None:
    if foreign := _sql(read, refused=refusal is not None):
        return ShellFault("foreign", foreign)
    if refusal is None:
        broken = next(breaks(read.text, read.tree), None)
        return ShellFault("syntax", broken) if broken else None
    lines = read.text.split("\n")
    number = min(max(refusal.line, 1), len(lines))
    start = sum(len(line) + 1 for line in lines[: number - 1])
    line = lines[number - 1]
    written = read.written.split("\n")[number - 1]
    if describes_command(written) or _goes_on_in_words(written, refusal):
        return None
    if is_promql(line):
        message = "this is PromQL, not shell code: it belongs in a `promql` fence"
        return ShellFault("foreign", _whole_line(line, start, message, certain=True))
    if _TOKEN.search(refusal.words) and (python := next(_python(read), None)):
        return ShellFault("foreign", python)
    if is_output(line) or any(is_output(each) for each in lines):
        at = next((i for i, each in enumerate(lines) if is_output(each)), number - 1)
        start = sum(len(each) + 1 for each in lines[:at])
        message = "this is output, not shell code: move it to a separate `text` fence"
        return ShellFault("foreign", _whole_line(lines[at], start, message, certain=False))
    return ShellFault("syntax", _syntax(read, refusal, line, start))


def _goes_on_in_words(line: str, refusal: Refusal) -> bool:
    """Whether a line describes what a command takes, with a remark in brackets."""
    token = _TOKEN.search(refusal.words)
    return token is not None and token[1] == "(" and ANGLES.search(line) is not None and " (" in line


def _sql(read: _Read, *, refused: bool) -> Fault | None:
    for line in sql_lines(read.text):
        if not read.tree.is_quoted(line.start):
            # After a client was started above, a reader may well type it there.
            message = "this is SQL, not shell code: it belongs in a `sql` fence"
            certain = refused and _CLIENT.search(read.text, 0, line.start) is None
            return _whole_line(line.text, line.start, message, certain=certain)
    return None


def _python(read: _Read) -> Iterator[Fault]:
    for line in lines_of(read.text):
        if is_python(line.text) and not read.tree.is_quoted(line.start):
            message = "this is Python, not shell code: it belongs in a `python` fence"
            yield _whole_line(line.text, line.start, message, certain=True)


def _whole_line(line: str, start: int, message: str, *, certain: bool) -> Fault:
    indent = len(line) - len(line.lstrip())
    return Fault(message, start + indent, start + len(line.rstrip()), certain)


def _syntax(read: _Read, refusal: Refusal, line: str, start: int) -> Fault:
    certain = not read.session and _is_code(line, read.text)
    if quote := _UNCLOSED.search(refusal.words):
        at = _unclosed(read, quote[1], start)
        certain = certain and not _IN_WORDS.match(read.text, read.text.rfind("\n", 0, at) + 1)
        message = f"this `{read.text[at : at + 1]}` is never closed"
        return Fault(message, at, at + 1, certain)
    if document := _HERE_DOCUMENT.search(refusal.words):
        message = f"the here-document is never closed: `{document[1]}` must be alone on a line"
        at = max(read.text.find("<<"), 0)
        return Fault(message, at, at + 2, certain)
    token = _TOKEN.search(refusal.words)
    if token and token[1] != "newline" and token[1] in line:
        at = start + _place(line, token[1])
        message = f"bash cannot read this: `{token[1]}` is not allowed here"
        if line.lstrip().startswith("//"):
            message, certain = "`//` does not begin a comment in a shell: use `#`", False
        elif certain and (_IN_WORDS.match(line) or not _looks_like_code(_begun(read.text, start))):
            # Output of a command often follows it, and contains brackets.
            message += "; if it is output, move it to a separate `text` fence"
            certain = False
        return Fault(message, at, at + len(token[1]), certain or token[1] in _RESERVED)
    if refusal.words.endswith("unexpected end of file") and (opened := unended(read.text)):
        at, word, missing = opened
        return Fault(f"this `{word}` is never closed: `{missing}` is missing", at, at + len(word), certain)
    end = start + len(line.rstrip())
    if not line.strip():  # bash stopped at the end of the text
        end = len(read.text.rstrip())
    words = refusal.words.removeprefix("syntax error: ").removeprefix("syntax error ")
    if token:  # "newline"
        words = "something is missing at the end of this line"
    return Fault(f"bash cannot read this: {words}", max(end - 1, 0), max(end, 1), certain)


def _place(line: str, token: str) -> int:
    """The column of a token outside of quotes, as a whole word where it is one."""
    bare = re.sub(r"'[^']*'|\"[^\"]*\"", lambda found: "'" * len(found[0]), line)
    pattern = rf"(?<!\w){re.escape(token)}(?!\w)" if token.isalnum() else re.escape(token)
    found = re.search(pattern, bare)
    return found.start() if found else max(line.find(token), 0)


def _unclosed(read: _Read, wanted: str, start: int) -> int:
    """The unclosed quote or bracket that bash reports by its line, or by the last line."""
    opening = {")": "(", "}": "{", "]": "["}.get(wanted, wanted)
    if opening in {"'", '"', "`"}:
        at = _open_quote(read.text)
        if at is not None:
            return at
    found = read.text.find(opening, start)
    return found if found >= 0 else max(read.text.rfind(opening), 0)


_QUOTES = regex(
    r"""[\\#'"](?:(?<=\\).|(?<=\#)(?<![^\s;&|(]\#)[^\n]*|(?<=')[^']*'"""
    r"""|(?<=")[^"\\]*(?:\\.[^"\\]*)*"|(?P<open>(?<=['"])))""",
    re.DOTALL,
)


def _open_quote(text: str) -> int | None:
    return next((found.start() for found in _QUOTES.finditer(text) if found["open"]), None)


def _is_code(line: str, text: str) -> bool:
    """Whether a line, or the first line of its text, is certainly meant as shell code."""
    first = next(
        (each for each in text.split("\n") if each.strip() and not each.lstrip().startswith("#")), ""
    )
    return any(_looks_like_code(each) for each in (line, first))


def _begun(text: str, start: int) -> str:
    """The first line of the command that continues, by a backslash or operator, into the line at `start`."""
    while start and _GOES_ON.search(text, text.rfind("\n", 0, start - 1) + 1, start - 1):
        start = text.rfind("\n", 0, start - 1) + 1
    return text[start:].partition("\n")[0]


def _looks_like_code(line: str) -> bool:
    word = _FIRST_WORD.match(line)
    return _BEGINS_CODE.match(line) is not None or (word is not None and word[1] in COMMANDS)


def _may_give_text(text: str) -> bool:
    gives_sql = "psql" in text and _GIVES_SQL.search(text)
    sends_json = "curl" in text and _SENDS_JSON.search(text)
    return bool(gives_sql or sends_json or _RUNS_TEXT.search(text))


def inner_faults(text: str, *, sql: bool) -> Iterator[tuple[str, Fault]]:
    """The faults in JSON, shell code and, with `sql`, SQL that commands are given, by language."""
    if not _may_give_text(text):
        return
    from checker.languages import json_text
    from checker.languages.shell.inner import inner_texts
    from checker.languages.sql import postgres

    for inner in inner_texts(_read(text).tree):
        faults: Iterable[Fault] = ()
        if inner.language == "json":
            faults = json_text.parse(inner.text)
        elif inner.language == "shell":
            told = check([inner.text.replace(json_text.FILLED_IN, "x")])
            faults = (each.fault for each in told.values() if each.kind == "syntax")
        elif sql:
            code = inner.text.replace(json_text.FILLED_IN, "x")
            faults = (postgres.explained(each, code) for each in postgres.parse(code, certain=True))
        for fault in faults:
            start = inner.offsets[min(fault.start, len(inner.offsets) - 1)]
            end = inner.offsets[min(max(fault.end - 1, fault.start), len(inner.offsets) - 1)] + 1
            yield inner.language, Fault(fault.message, start, end, fault.certain)
