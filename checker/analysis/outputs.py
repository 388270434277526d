"""Which fences show the output of the Python block above them, and how the lesson says so."""

import re
from collections.abc import Collection, Mapping
from typing import Literal

from msgspec import Struct

from checker.analysis.cells import is_python, parse
from checker.analysis.not_code import is_literals_only, says_output
from checker.model import Block, Lesson
from checker.patterns import regex

# "said": by the language, the line above or a directive.
Label = Literal["said", "none"]

_COMMENT = regex(r"\{/\*.*?\*/\}|<!--.*?-->", re.DOTALL)
_MARGIN = regex(r"^(?:[ \t>]|[-+*][ \t]+)*", re.MULTILINE)
_TAG = regex(r"<(/?)[A-Za-z][^<>]{0,500}>")
_TITLE = regex(r"""\b(?:title|label|summary|header|name)=["']([^"'\n]{1,80})["']""")
_MARKS = regex(r"[*_`#]+|^\W*(?:\d+[.)]\s)?[^\w(]*")
_WORDS = ("output", "outputs", "result", "results", "вывод", "результат", "результаты", "ожидаемый результат")
# What may be before and after the word when the line is only a label.
_BEFORE = (
    r"(?:(?:the|an?|its|your|our|expected|sample|example|actual|program|console|script|terminal|possible|typical"
    r"|command|cell|code|standard|ожидаем\w+|примерн\w+|возможн\w+|типичн\w+|реальн\w+|пример\w?|консольн\w+)\s+)*"
)
_PRINTS = r"prints|(?:will|would|should) print|(?:на)?печатает|вывед[еу]т|выводит"
_BEHIND = r"(?:\s+[^\s:.]+){0,6}"
_NOTE = r"\s*(?:\([^()]{0,80}\))?\s*"
_VARIES = regex(
    r"\b(?:var(?:y|ies)|differ\w*|similar|approximate\w*|roughly|random\w*|examples?|samples?|possible"
    r"|something like|(?:пример|примерн|похож|приблизит|возможн|случайн|отлича)\w*|вроде)\b|~",
    re.IGNORECASE,
)
# Fences of other languages contain code of their own.
_TEXTS = frozenset({
    "text", "txt", "plain", "plaintext", "console", "terminal", "log", "logs", "csv", "tsv", "json",
    "html", "xml", "ansi", "stdout", "out", "none", "table",
})  # fmt: skip
# `error` is how the Carpentries' lessons show what a block raised.
_NAMED = frozenset({"output", "error"})
_SHELLS = frozenset({
    "console", "terminal", "bash", "sh", "shell", "shell-session", "sh-session", "zsh",
})  # fmt: skip
_LONGEST_LINE = 120
_MOST_BETWEEN = 2_000


class OutputBlock(Struct, frozen=True):
    """A fence that shows what the Python block `of` prints.

    `exact` asks for a comparison character by character. `varies` is true when the lesson calls it an
    example, or says that it differs from run to run.
    """

    block: int
    of: int
    label: Label
    exact: bool = False
    varies: bool = False


def output_blocks(lesson: Lesson, own_labels: Collection[str] = ()) -> Mapping[int, OutputBlock]:
    """The output fence of each Python block that has one, by the block's index.

    `own_labels` are the course's own words for output.
    """
    found = {}
    for block, below in zip(lesson.blocks, lesson.blocks[1:], strict=False):
        output = _output(lesson, block, below, own_labels) if is_python(block) else None
        if output is not None:
            found[block.index] = output
    return found


def how_held(block: Block, below: Block | None) -> str | None:
    """How a directive wants a block's output and claims to be compared; None without a directive."""
    directive = block.directive("output") or (below and below.directive("output"))
    return directive.value if directive else None


def shown_text(block: Block) -> str:
    """The content of a fence, without the commands of a shell session."""
    text = block.code.replace("\r\n", "\n").replace("\r", "\n")
    if (block.lang or "").lower() not in _SHELLS:
        return text
    lines = text.split("\n")
    return "\n".join("" if line.startswith("$ ") else line for line in lines)


def _output(lesson: Lesson, block: Block, below: Block, own: Collection[str]) -> OutputBlock | None:
    between = lesson.text[block.span.end : below.span.start]
    how = how_held(block, below)
    if len(between) > _MOST_BETWEEN or how == "skip":
        return None
    lines, tagged = _lines(between)
    title = _TITLE.search(below.meta or "")
    above = title[1] if title else (lines[-1] if lines else "")
    language = (below.lang or "").lower()
    is_text = below.lang is None or language in _TEXTS
    outright = language in _NAMED or how is not None or says_output(below)
    named = outright or is_label(above, own, briefly=not is_text)
    if len(lines) > 1 or (tagged and not named):
        return None
    if is_python(below):
        named = says_output(below) or (named and not _is_code(below))
    elif not named:
        named = is_text and _speaks_of_output(above, own)
    if not (named or is_text):
        return None
    return OutputBlock(
        below.index,
        block.index,
        "said" if named else "none",
        how == "exact",
        _VARIES.search(above) is not None,
    )


def is_label(line: str, own: Collection[str] = (), *, briefly: bool = False) -> bool:
    """Whether a line is only a label of output: "Output:", "Результат выполнения:".

    With `briefly`, nothing may follow the word.
    """
    behind = _NOTE if briefly else rf"(?:{_NOTE}|{_BEHIND}{_NOTE}[:：])"
    return re.fullmatch(rf"{_BEFORE}{_any_of(own)}{behind}{_NOTE}", line, re.IGNORECASE) is not None


def _speaks_of_output(line: str, own: Collection[str]) -> bool:
    """Whether a sentence introduces output: "This gives the following result:", "It prints:"."""
    words = rf"\b(?:{_any_of(own)}|{_PRINTS})\b"
    return line.endswith((":", "：")) and re.search(words, line, re.IGNORECASE) is not None


def _any_of(own: Collection[str]) -> str:
    words = sorted((*_WORDS, *own), key=len, reverse=True)
    return rf"(?:{'|'.join(map(re.escape, words))})[.:：]?"


def _lines(between: str) -> tuple[list[str], bool]:
    """The lines of text between two blocks, and whether there are tags as well."""
    text = _COMMENT.sub("", between)
    tags = [each[0] for each in _TAG.finditer(text)]
    titles = [found[1] for tag in tags if (found := _TITLE.search(tag))]
    plain = _MARGIN.sub("", _TAG.sub(" ", text))
    lines = [_MARKS.sub("", line).strip()[:_LONGEST_LINE] for line in (*titles, *plain.split("\n"))]
    return [line for line in lines if line], bool(tags)


def _is_code(block: Block) -> bool:
    tree, _ = parse(block.code)
    return tree is not None and not is_literals_only(tree)
