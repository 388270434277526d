"""Python in MyST's directives: `{code-cell} ipython3`, `{code-block} python`, with options above the code.

Source: https://mystmd.org/guide/notebooks-with-markdown and https://mystmd.org/guide/code.
"""

from checker.model import Block, Lesson
from checker.patterns import regex

_NAMES_LANGUAGE = frozenset({"{code-cell}", "{code-block}", "{code}", "{sourcecode}"})
# These run in the notebook's own kernel, whose language need not be named.
_RUN_IN_KERNEL = frozenset({"{code-cell}", "{jupyter-execute}"})
_PYTHON = regex(r"(?:i?python[23]?|py)(?![\w.+#-])")
_OPTION = regex(r"[ \t]*:[\w-]+:[^\n]*")
_TAGS = regex(r"[ \t]*:?tags:[ \t]*(?P<flow>[^\n]*)")
_WORD = regex(r"[\w-]+")
_FENCE = "---"


def is_python_directive(block: Block) -> bool:
    """Whether a fence is a MyST directive that contains Python."""
    name, meta = (block.lang or "").lower(), (block.meta or "").lower()
    if not meta:
        return False
    return (name in _NAMES_LANGUAGE or name in _RUN_IN_KERNEL) and _PYTHON.match(meta) is not None


def is_kernel_cell(lesson: Lesson, block: Block) -> bool:
    """Whether a fence is a cell without a language, in a notebook whose kernel is Python or unknown."""
    if (block.lang or "").lower() not in _RUN_IN_KERNEL or block.meta:
        return False
    data = lesson.frontmatter.data if lesson.frontmatter else None
    kernel = (data or {}).get("kernelspec")
    if not isinstance(kernel, dict):
        return True
    return "python" in str(kernel.get("language") or kernel.get("name") or "python").lower()


def without_options(code: str) -> str:
    """The code of a directive; the options above it are blanked."""
    lines = code.split("\n")
    end = _end_of_options(lines)
    return "\n".join((*[""] * end, *lines[end:]))


def tags(block: Block) -> frozenset[str]:
    """The tags of a notebook cell, such as `raises-exception`."""
    if (block.lang or "").lower() not in _RUN_IN_KERNEL:
        return frozenset()
    lines = block.code.replace("\r\n", "\n").split("\n")
    found: set[str] = set()
    inside = False
    for line in lines[: _end_of_options(lines)]:
        if begins := _TAGS.fullmatch(line):
            found.update(_WORD.findall(begins["flow"]))
            inside = not begins["flow"].strip()
        elif inside and line.lstrip().startswith("- "):
            found.update(_WORD.findall(line.lstrip()[2:]))
        else:
            inside = False
    return frozenset(found)


def _end_of_options(lines: list[str]) -> int:
    """The number of lines at the top that are options: `:name: value`, or YAML between `---`."""
    if lines[0].strip() == _FENCE:
        closing = (at for at, line in enumerate(lines) if at and line.strip() == _FENCE)
        return next((at + 1 for at in closing), 0)
    return next((at for at, line in enumerate(lines) if not _OPTION.fullmatch(line)), len(lines))
