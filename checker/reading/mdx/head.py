"""Frontmatter: only from the first line, between two lines of exactly `---` or `+++` and blanks."""

import re
from typing import Literal

from msgspec import Struct

from checker.patterns import regex
from checker.reading.document import Fault, Head
from checker.reading.mdx.positions import Source

_OPENING = regex(r"(---|\+\+\+)[ \t]*\n")
_KINDS: dict[str, tuple[Literal["yaml", "toml"], re.Pattern[str], re.Pattern[str]]] = {
    "---": ("yaml", regex(r"^---[ \t]*$", re.MULTILINE), regex(r"[\w\"'-]+[ \t]*:(?:[ \t\n])")),
    "+++": ("toml", regex(r"^\+\+\+[ \t]*$", re.MULTILINE), regex(r"[\w\"'.-]+[ \t]*=|\[")),
}
# A blank line and then, possibly below headings, text that begins no YAML mapping or list.
_TEXT_BELOW = regex(r"[ \t]*\n(?>(?:[ \t]*(?:#[^\n]*)?\n)*)(?![ \t]|---|[-?{[&!%]|[^\n]*:(?:[ \t\n]))")


class HeadFound(Struct, frozen=True):
    """The frontmatter and its number of lines; `never_ended` when it has no second fence."""

    head: Head | None = None
    lines: int = 0
    never_ended: bool = False
    fault: Fault | None = None


def find_head(source: Source, *, rulers: bool) -> HeadFound:
    """Look for frontmatter; it is a fault when it was meant as such but never ends.

    With `rulers`, two lines `---` with a blank line and text below the first are thematic breaks, as in
    Markdown; no site takes such text for frontmatter.
    """
    opening = _OPENING.match(source.text)
    if opening is None:
        return HeadFound()
    kind, closing, first_key = _KINDS[opening[1]]
    end = closing.search(source.text, opening.end())
    if end is not None:
        if rulers and kind == "yaml" and _TEXT_BELOW.match(source.text, opening.end()):
            return HeadFound()
        head = Head(
            kind=kind,
            start=0,
            end=source.at(end.end()),
            text_start=source.at(opening.end()),
            text_end=source.at(end.start()),
        )
        return HeadFound(head=head, lines=source.text.count("\n", 0, end.end()) + 1)
    if first_key.match(source.text, opening.end()) is None:
        return HeadFound(never_ended=True)
    message = f"the frontmatter that begins here never ends: add a line with `{opening[1]}` below it"
    return HeadFound(never_ended=True, fault=Fault("frontmatter-syntax", message, 0, 3))
