"""MDX's tags and expressions: what the site's parser reads between `<` and `>` and between `{` and `}`.

The parser does not read tags as JavaScript: no blank may follow `<`, comments are not allowed, and a tag is
refused at its first wrong character, wherever it is, also in what an author meant as prose.
"""

from msgspec import Struct

from checker.patterns import regex
from checker.reading.mdx import reasons
from checker.reading.mdx.cursor import Cursor
from checker.reading.mdx.javascript.expressions import JavaScript
from checker.reading.mdx.javascript.tokens import BLANK, CONTINUES_NAME, LETTER
from checker.reading.mdx.refusal import RefusedError
from checker.reading.mdx.svelte import SvelteBlock

_BLANKS = regex(f"(?>{BLANK}*)")
_NAME = regex(rf"(?:{LETTER})(?>(?:{LETTER}|-|[{CONTINUES_NAME}])*)")
# Most tags: on one line, with plain names, and values in double quotes or none.
_PLAIN_NAME = r"[A-Za-z][A-Za-z0-9]*"
_PLAIN = regex(
    rf"<(?P<closing>/)?(?P<name>{_PLAIN_NAME}(?:\.{_PLAIN_NAME})*)"
    r"(?P<attributes>(?>(?:[ \t]+[A-Za-z][A-Za-z0-9-]*(?:=\"[^\"]*\")?)*))[ \t]*(?P<empty>/)?>"
)
_IN_BRACES = {"braces": reasons.in_expression, "value": reasons.in_value, "spread": reasons.in_spread}
# `<Tea {cups}>` is Svelte's `cups={cups}`.
_SHORTHAND = regex(rf"\{{(?>{BLANK}*)(?:{LETTER})(?>(?:{LETTER}|[{CONTINUES_NAME}])*)(?>{BLANK}*)\}}")
# What may follow a name, besides a blank.
_AFTER_NAME = {
    "tag": "./:>{",
    "member": "./>{",
    "local": "/>{",
    "attribute": "/:=>{",
    "local attribute": "/=>{",
}


class Tag(Struct, frozen=True):
    """One tag: `<name …>`, `</name>` or `<name … />`; a fragment has no name. Offsets of the scanned text.

    `excess` says that a closing tag contains more than its name.
    """

    name: str
    closing: bool
    empty: bool
    excess: bool
    start: int
    end: int


class Expression(Struct, frozen=True):
    """An expression with its braces. Offsets of the scanned text."""

    start: int
    end: int


def read_expression(cursor: Cursor, kind: str = "braces") -> Expression:
    """Read an expression from its `{` on; `kind` as for JavaScript. Raises RefusedError."""
    start = cursor.at
    cursor.at += 1
    scanner: JavaScript | SvelteBlock = JavaScript(kind)
    if cursor.svelte and cursor.char in ("#", ":", "/", "@") and not cursor.text.startswith("/*", cursor.at):
        scanner = SvelteBlock()
    while (end := _feed(scanner, cursor, start, kind)) is None:
        cursor.next_line(start, reasons.OPEN_BRACE)
    cursor.at = end
    return Expression(start, end)


def _feed(scanner: JavaScript | SvelteBlock, cursor: Cursor, start: int, kind: str) -> int | None:
    try:
        return scanner.feed(cursor.text, cursor.at, cursor.end)
    except RefusedError as error:
        raise RefusedError(error.offset, _IN_BRACES[kind](cursor.text, start, error)) from None


def read_tag(cursor: Cursor) -> Tag | None:
    """Read a tag from its `<` on; None when a blank follows, which makes it text. Raises RefusedError."""
    start, line_end = cursor.at, cursor.end
    plain = _PLAIN.match(cursor.text, start, line_end)
    if plain is not None and not (plain["closing"] and (plain["attributes"] or plain["empty"])):
        cursor.at = plain.end()
        closing, empty = plain["closing"] is not None, plain["empty"] is not None
        return Tag(plain["name"], closing, empty, excess=False, start=start, end=cursor.at)
    cursor.at += 1
    if cursor.char in (" ", "\t") or (cursor.at == line_end < len(cursor.text)):
        return None
    _skip_blanks(cursor, start)
    closing = _take(cursor, "/", start)
    name = "" if cursor.char == ">" else _read_name(cursor, start)
    excess = closing and cursor.char != ">"
    empty = _read_attributes(cursor, start)
    cursor.at += 1
    return Tag(name=name, closing=closing, empty=empty, excess=excess, start=start, end=cursor.at)


def _skip_blanks(cursor: Cursor, start: int) -> None:
    """Go to the next non-blank character, on whichever line it is."""
    while True:
        found = _BLANKS.match(cursor.text, cursor.at, cursor.end)
        cursor.at = found.end() if found is not None else cursor.at
        if cursor.at < cursor.end:
            return
        cursor.next_line(start, reasons.open_tag(cursor.text, start))


def _take(cursor: Cursor, char: str, start: int) -> bool:
    """Skip this character and the blanks after it, if it is here."""
    if cursor.char != char:
        return False
    cursor.at += 1
    _skip_blanks(cursor, start)
    return True


def _read_name(cursor: Cursor, start: int) -> str:
    name = _word(cursor, start, "tag")
    if _take(cursor, ":", start):
        return f"{name}:{_word(cursor, start, 'local')}"
    while _take(cursor, ".", start):
        name = f"{name}.{_word(cursor, start, 'member')}"
    return name


def _word(cursor: Cursor, start: int, part: str) -> str:
    """Read one name and the blanks after it; raises RefusedError when something else follows."""
    found = _NAME.match(cursor.text, cursor.at, cursor.end)
    if found is None:
        raise RefusedError(cursor.at, reasons.no_name(cursor.text, start, cursor.at))
    cursor.at = found.end()
    after = cursor.char
    if after not in _AFTER_NAME[part] and not _BLANKS.fullmatch(after):
        raise RefusedError(cursor.at, reasons.after_name(cursor.text, start, cursor.at, found[0]))
    _skip_blanks(cursor, start)
    return found[0]


def _read_attributes(cursor: Cursor, start: int) -> bool:
    """Read up to the `>` of a tag; returns whether it is self-closing."""
    while cursor.char != ">":
        if _take(cursor, "/", start):
            if cursor.char != ">":
                raise RefusedError(cursor.at, reasons.after_slash(cursor.text, start))
            return True
        if cursor.svelte and (short := _SHORTHAND.match(cursor.text, cursor.at, cursor.end)) is not None:
            cursor.at = short.end()
        elif cursor.char == "{":
            read_expression(cursor, "spread")
        else:
            _read_attribute(cursor, start)
        _skip_blanks(cursor, start)
    return False


def _read_attribute(cursor: Cursor, start: int) -> None:
    name = _word(cursor, start, "attribute")
    if _take(cursor, ":", start):
        _word(cursor, start, "local attribute")
    if not _take(cursor, "=", start):
        # The blanks are read already, and may have led to the next line.
        return
    if cursor.char == "{":
        read_expression(cursor, "value")
    elif cursor.char in ('"', "'"):
        _read_quoted(cursor, start)
    else:
        raise RefusedError(cursor.at, reasons.bare_value(name, cursor.text, cursor.at, cursor.end))


def _read_quoted(cursor: Cursor, start: int) -> None:
    quote, opened = cursor.char, cursor.at
    cursor.at += 1
    while (end := cursor.text.find(quote, cursor.at, cursor.end)) < 0:
        cursor.next_line(opened, reasons.open_quote(cursor.text, start, quote))
    cursor.at = end + 1
