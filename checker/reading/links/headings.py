"""The ids by which a heading can be linked to."""

from collections.abc import Iterator, Sequence

from markdown_it.common.utils import unescapeAll

from checker.patterns import regex
from checker.reading.links.inline import Inline
from checker.reading.mdx.emphasis import Run, pairs

# Explicit ids of headings: Docusaurus, Pandoc and Python-Markdown, Docusaurus in MDX, Hugging Face, Nextra.
_OWN_ID = regex(
    r"[ \t]*(?:\\?\{:?[ \t]*#(?P<braces>[^\s{}]+)(?:[ \t][^{}]*)?\}|\{/\*\s*#(?P<comment>[^\s*]+)\s*\*/\}"
    r"|\[\[(?P<brackets>[^\s\[\]]+)\]\]|\[#(?P<hash>[^\s\[\]]+)\])$"
)
_UNDERSCORES = regex(r"_+")
_DASHES = regex(r"-{2,3}")


def own_id(text: str) -> str:
    """The explicit id of a heading, "" when there is none."""
    found = _OWN_ID.search(text[-200:]) if text.rstrip("\n").endswith(("}", "]")) else None
    return next(filter(None, found.groups())) if found else ""


def heading_texts(text: str, marks: Sequence[Inline]) -> Iterator[str]:
    """The text of a heading from which sites make its id; a second text where sites differ.

    Marks of emphasis, tags, images and addresses are left out; code and the text of links stay. Astro first
    turns two or three hyphens into a dash, which no id contains.
    """
    kept = _plain(text, marks)
    yield kept
    if "--" in kept:
        yield _DASHES.sub("", kept)


def is_computed(text: str, marks: Sequence[Inline]) -> bool:
    """Whether a part of the heading is computed when the page is built."""
    return any(each.kind == "expression" and not text.startswith("/*", each.start + 1) for each in marks)


def _plain(text: str, marks: Sequence[Inline]) -> str:
    if not marks and "_" not in text and "&" not in text:
        return text
    pieces: list[str] = []
    at = 0
    for start, end, instead in sorted({*_cuts(text, marks), *_emphasis(text, marks)}):
        if start >= at:
            pieces += (unescapeAll(text[at:start]) if "&" in text else text[at:start], instead)
            at = end
    pieces.append(unescapeAll(text[at:]) if "&" in text else text[at:])
    return "".join(pieces)


def _cuts(text: str, marks: Sequence[Inline]) -> Iterator[tuple[int, int, str]]:
    for each in marks:
        match each.kind:
            case "code":
                yield each.start, each.end, text[each.start : each.end].strip("`").replace("\n", " ")
            case "escape":
                yield each.start, each.end, text[each.start + 1]
            case "tag" | "image":
                yield each.start, each.end, ""
            case "expression":
                yield each.start, each.end, text[each.start + 1 : each.end - 1]
            case "link":
                bracket = text[each.start] == "["
                yield each.start, each.start + 1, ""
                yield (each.text_end if bracket else each.end) - 1, each.end, ""


def _emphasis(text: str, marks: Sequence[Inline]) -> Iterator[tuple[int, int, str]]:
    """The underscores that mark emphasis; all other emphasis marks are dropped from an id anyway."""
    if "_" not in text:
        return
    hidden = [(each.start, each.end) for each in marks if each.kind != "link"]
    hidden += [(each.text_end, each.end) for each in marks if each.kind == "link"]
    found = [
        each.span()
        for each in _UNDERSCORES.finditer(text)
        if not any(start <= each.start() < end for start, end in hidden)
    ]
    runs = [Run(text, start, end) for start, end in found]
    for _ in pairs(runs):  # the rest of a run is unpaired
        pass
    for run, (start, end) in zip(runs, found, strict=True):
        yield from ((at, at + 1, "") for at in range(start, end) if not run.start <= at < run.end)
