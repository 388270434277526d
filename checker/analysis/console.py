"""The output that a console session shows below each of its statements."""

from msgspec import Struct

from checker.analysis.cell import Cell
from checker.analysis.notebook import prompt_lines
from checker.patterns import regex

_TRACEBACK = "Traceback (most recent call last)"
# IPython's prefix of a value; a value of several lines begins on the next line.
_OUT = regex(r"[ \t]*Out\[\d*\]:[ \t]*")
_FLAG = regex(r"#\s*doctest:\s*(.*)")


class Echo(Struct, frozen=True):
    """What a console session shows below one statement.

    `statement` is the statement's index in the session, `first` the index of the first statement of the same
    prompt. The text covers the block's lines from `line` (counted from 1) up to but not including `end`; the
    two are equal when nothing is shown. `raises` says that the text is a traceback, `skipped` that doctest is
    told not to compare it.
    """

    first: int
    statement: int
    text: str
    line: int
    end: int
    raises: bool
    skipped: bool


def echoes(cell: Cell) -> list[Echo]:
    """One echo for each prompt of a console session; it belongs to the last statement of the prompt."""
    if cell.tree is None or not cell.console:
        return []
    lines = cell.block.code.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    prompts = prompt_lines(cell.block.code)
    statements = cell.tree.body
    found: list[Echo] = []
    for number, statement in enumerate(statements):
        last = statement.end_lineno or statement.lineno
        while prompts.get(last + 1) == "more":
            last += 1  # the `...` that ends a loop
        if number + 1 < len(statements) and statements[number + 1].lineno <= last:
            continue
        end = next((at for at in range(last + 1, len(lines) + 1) if at in prompts), len(lines) + 1)
        if last < end - 1 and _OUT.fullmatch(lines[last]):
            last += 1
        text = _shown(lines[last : end - 1], _indent(lines[last - 1]))
        flag = _FLAG.search("\n".join(lines[statement.lineno - 1 : last]))
        found.append(
            Echo(
                first=found[-1].statement + 1 if found else 0,
                statement=number,
                text=text,
                line=last + 1,
                end=end,
                raises=_TRACEBACK in text,
                skipped=flag is not None and "+SKIP" in flag[1],
            )
        )
    return found


def _shown(lines: list[str], margin: int) -> str:
    """The text of the lines without IPython's `Out[1]:` and without the session's own indentation."""
    if lines and (out := _OUT.match(lines[0])):
        lines = [lines[0][out.end() :], *lines[1:]]
    return "\n".join(line[margin:] if not line[:margin].strip() else line for line in lines).rstrip()


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
