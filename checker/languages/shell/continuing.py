r"""Commands over several lines that break off, so that bash runs the next line, such as `-p`, as a command.

ShellCheck calls these SC1101 (blanks after a `\`) and SC2215 (an option at the beginning of a line).
"""

from collections.abc import Iterator

from checker.languages.fault import Fault
from checker.languages.shell.tree import ShellTree
from checker.languages.telling import Line, lines_of
from checker.patterns import regex

# Every text with such a line contains one of these: blanks after a backslash, a comment that ends in a
# backslash, or an option below a line without one.
_MAY_BREAK = regex(r"\\[ \t]|\#[^\n]*\\\n|\n(?<!\\\n)[ \t]*--?[a-zA-Z]")
_BLANKS_BEHIND = regex(r"(?<=[ \t])\\[ \t]+$")
_GOES_ON = regex(r"[ \t]*(?:--?[a-zA-Z]|\||&&)")
_OPTION = regex(r"[ \t]*(--?[a-zA-Z][\w-]*)(?=[ =]|$)")
# The output of `ls -l`.
_MODES = regex(r"-[rwxsStT-]{9}")


def breaks(text: str, tree: ShellTree) -> Iterator[Fault]:
    """The faults where a command over several lines breaks off."""
    if "\\" not in text or not _MAY_BREAK.search(text):
        return
    above: Line | None = None
    continued = within = False  # whether the line above, or any line of the command, ends in a backslash
    for line in lines_of(text):
        bare = line.text.strip()
        if not bare:
            above, continued, within = None, False, False
            continue
        if above is not None and not continued and not tree.is_quoted(line.start):
            yield from _blanks(above, line, tree)
            if within:
                yield from _option(above, line)
        is_comment = bare.startswith("#")
        continued = line.text.endswith("\\") and not is_comment
        within = continued or (within and (is_comment or _OPTION.match(line.text) is not None))
        above = line


def _blanks(above: Line, line: Line, tree: ShellTree) -> Iterator[Fault]:
    found = _BLANKS_BEHIND.search(above.text)
    if found and _GOES_ON.match(line.text) and not tree.is_quoted(above.start + found.start()):
        message = "there are spaces after this backslash, so the command ends here: delete them"
        yield Fault(message, above.start + found.start(), above.start + found.end())


def _option(above: Line, line: Line) -> Iterator[Fault]:
    found = _OPTION.match(line.text)
    if found is None or _MODES.match(found[1]):
        return
    option = found[1][:40]
    if above.text.lstrip().startswith("#"):
        start = above.start + len(above.text) - len(above.text.lstrip())
        end = above.start + len(above.text.rstrip())
        message = (
            f"the command ends at this comment, and bash takes `{option}` for the next command: "
            "move the comment above"
        )
    else:
        start, end = line.start + found.start(1), line.start + found.end(1)
        message = f"bash takes `{option}` for a command, because the line above does not end with a backslash"
    yield Fault(message, start, end)
