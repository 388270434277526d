"""What a console session shows below each of its statements."""

from msgspec import Struct

from checker.analysis.cell import Cell
from checker.analysis.notebook import prompt_lines
from checker.patterns import regex

_TRACEBACK = "Traceback (most recent call last)"
# What IPython writes before a value; one of several lines begins in the next.
_OUT = regex(r"[ \t]*Out\[\d*\]:[ \t]*")
_FLAG = regex(r"#\s*doctest:\s*(.*)")


class Echo(Struct, frozen=True):
    """What stands below the `statement`th statement of a console session, from 0, the last one of its prompt.

    The prompt's statements begin with the `first`th.

    It stands in the block's lines from `line` (from 1) to before `end`; where nothing is shown they are the
    same. `raises` says that it is a traceback, `skipped` that doctest is told not to look.
    """

    first: int
    statement: int
    text: str
    line: int
    end: int
    raises: bool
    skipped: bool


def echoes(cell: Cell) -> list[Echo]:
    """What the session shows below its statements; those of one prompt leave it to the last of them."""
    if cell.tree is None or not cell.console:
        return []
    lines = cell.block.code.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    prompts = prompt_lines(cell.block.code)
    found: list[Echo] = []
    for number, statement in enumerate(cell.tree.body):
        last = statement.end_lineno or statement.lineno
        while last + 1 in prompts and prompts[last + 1] == "more":
            last += 1  # the `...` that ends a loop
        following = cell.tree.body[number + 1] if number + 1 < len(cell.tree.body) else None
        if following is not None and following.lineno <= last:
            continue
        end = next((at for at in range(last + 1, len(lines) + 1) if at in prompts), len(lines) + 1)
        if last < end - 1 and _OUT.fullmatch(lines[last]):
            last += 1
        shown = lines[last : end - 1]
        if shown and (out := _OUT.match(shown[0])):
            shown[0] = shown[0][out.end() :]
        margin = len(lines[last - 1]) - len(lines[last - 1].lstrip())
        text = "\n".join(line[margin:] if not line[:margin].strip() else line for line in shown).rstrip()
        flag = _FLAG.search("\n".join(lines[statement.lineno - 1 : last]))
        first = found[-1].statement + 1 if found else 0
        found.append(
            Echo(
                first,
                number,
                text,
                last + 1,
                end,
                _TRACEBACK in text,
                flag is not None and "+SKIP" in flag[1],
            )
        )
    return found
