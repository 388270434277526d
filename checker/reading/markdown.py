"""Splits a lesson's text into its parts exactly like the site's parser: MDX, or CommonMark with GFM."""

from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Literal

from markdown_it.rules_block.code import code

from checker.model import Extension
from checker.reading.document import Document
from checker.reading.mdx.assemble import Assembler
from checker.reading.mdx.blocks import Blocks, Parser, Rule
from checker.reading.mdx.breaks import hr
from checker.reading.mdx.containers import footnote, list_block, markdown_list, quote
from checker.reading.mdx.esm import esm
from checker.reading.mdx.fence import fence
from checker.reading.mdx.flow import flow
from checker.reading.mdx.head import find_head
from checker.reading.mdx.html import html, paragraph_and_tag
from checker.reading.mdx.math import math
from checker.reading.mdx.notes import Notes
from checker.reading.mdx.positions import Source
from checker.reading.mdx.prose import heading, paragraph
from checker.reading.mdx.state import State
from checker.reading.mdx.tables import rows

Syntax = Literal["mdx", "md"]

# The rules in the order in which they are tried for a line. In a "held" paragraph, which was read in search
# of a tag, no list and no quote begins.
_TEXTS = ["paragraph", "blockquote", "table"]
_EVERYTHING = [*_TEXTS, "held paragraph"]
_CONTAINERS = ("blockquote", "list", "footnote")
_MDX: Sequence[Rule] = (
    Rule("esm", esm, ["table"], begins="ie"),
    Rule("flow", flow, _EVERYTHING, begins="<{"),
    Rule("math", math, _EVERYTHING, begins="$"),
    Rule("fence", fence, _EVERYTHING, begins="`~"),
    Rule("blockquote", quote, _TEXTS, begins=">"),
    Rule("hr", hr, _EVERYTHING, begins="*-_"),
    Rule("list", list_block, _TEXTS, begins="-+*0123456789"),
    Rule("footnote", footnote, _TEXTS, begins="["),
    Rule("heading", heading, _EVERYTHING, begins="#"),
    Rule("table", rows, ["paragraph", "held paragraph"], below="|:-"),
    Rule("paragraph", paragraph, []),
)
_MARKDOWN: Sequence[Rule] = (
    Rule("code", code, []),
    Rule("math", math, [*_TEXTS, "list"], begins="$"),
    Rule("fence", fence, [*_TEXTS, "list"], begins="`~"),
    Rule("blockquote", quote, [*_TEXTS, "list"], begins=">"),
    Rule("hr", hr, [*_TEXTS, "list"], begins="*-_"),
    Rule("list", markdown_list, _TEXTS, begins="-+*0123456789"),
    Rule("footnote", footnote, [*_TEXTS, "list"], begins="["),
    Rule("html_block", html, _TEXTS, begins="<"),
    Rule("heading", heading, _TEXTS, begins="#"),
    Rule("table", rows, ["paragraph"], below="|:-"),
    Rule("paragraph", paragraph_and_tag, []),
)


def parse_document(text: str, *, syntax: Syntax, extensions: Collection[Extension] = ()) -> Document:
    """Parse a lesson's text, which has no byte order mark. Never raises because of the text.

    `extensions` is what the site adds to MDX. What the site's parser would refuse is among the faults, and
    the rest is read as well as possible.
    """
    source = Source(text)
    found = find_head(source, rulers=syntax == "md")
    notes = Notes(len(source.text), ends_in_line=source.ends_in_line, extensions=extensions)
    parser = _parser(syntax, containers=not found.never_ended)
    parts = Assembler(source, notes, tags=syntax == "mdx")
    state = State(source.text, parser, {"notes": notes, "outlet": parts.walk})
    line_starts = source.line_starts(state.bMarks)
    parser.block.tokenize(state, found.lines, state.lineMax)
    parts.walk(state.tokens)
    parts.finish()
    refusals = list(parts.refusals())
    faults = [*refusals, *parts.lost_code(), *([found.fault] if found.fault is not None else [])]
    return Document(
        line_starts=line_starts,
        head=found.head,
        fences=parts.finished_fences(),
        comments=tuple(parts.comments),
        passages=parts.passages(),
        faults=tuple(sorted(faults, key=lambda fault: fault.start)),
        refusal=refusals[0] if refusals else None,
        markup=tuple(parts.markup),
    )


@lru_cache(maxsize=4)
def _parser(syntax: Syntax, *, containers: bool) -> Parser:
    """The block parser; without containers there are no lists, quotes and footnotes.

    The site's parser reads a document like that when its first line could begin frontmatter that never ends:
    it searches the whole document for the end and does not recognise containers on the way.
    """
    rules = _MDX if syntax == "mdx" else _MARKDOWN
    if not containers:
        rules = [rule for rule in rules if rule.name not in _CONTAINERS]
    return Parser(Blocks(rules))
