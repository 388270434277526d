"""Why the site's parser refuses what an author wrote, and what to write instead: every message of MDX's own."""

import re

OPEN_BRACE = "this brace is never closed: add the `}`, or write `\\{` for a brace in the text"
LAZY_LINE = (
    "this line continues a tag or an expression of the list or quote above it, and does not stand in it: "
    "indent it like the item's text, or begin it with `>` like the quote"
)
EMPTY_BRACES = "a value is missing between these braces"
NOT_MODULE = "only `import` and `export` may stand here, and a blank line must follow them"

_ESCAPED = "to show `<`, write `&lt;` or put the code in backticks"
_WORD = re.compile(r"[^\s<>]{0,40}")
_HTML_VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr".split()
)  # what HTML never closes


def in_braces(text: str, opened: int, message: str) -> str:
    """An expression that is not JavaScript."""
    begins = text[opened + 1 : opened + 3]
    shown = _WORD.match(text, opened)
    word = shown[0] if shown is not None else "{"
    if begins.startswith("#"):
        return f"MDX has no ids or blocks in braces: remove `{word}`, or write `\\{word}` to show it"
    if begins.startswith(("%", "{<", "{%")) or begins == "{{":
        return f"template tags are not MDX: remove `{word}`, or write `\\{word}` to show it"
    return (
        f"MDX reads what stands between braces as JavaScript, and {message}: "
        "write `\\{` for a brace in the text, or put the text in backticks"
    )


def open_tag(text: str, start: int) -> str:
    """A tag without its `>`."""
    return f"the tag `{_shown(text, start)}` has no `>`: add it; {_ESCAPED}"


def no_name(text: str, start: int, at: int) -> str:
    """What follows `<`, a dot or a colon is no name."""
    if text.startswith("<!--", start):
        return "`<!-- … -->` is HTML: a comment is written `{/* … */}` in MDX"
    if text.startswith(("<!", "<?"), start):
        return f"`{_shown(text, start)}` is not MDX: remove it; {_ESCAPED}"
    if text.startswith("//", at):
        return f"links in `<…>` are not MDX: write `[text]({_shown(text, start).strip('<>')})`"
    follows = text[at : at + 1]
    if at == start + 1 and follows and not follows.isspace():
        return f"MDX reads `<` as the beginning of a tag: write `&lt;{follows}`, or put it in backticks"
    return f"MDX reads `{_shown(text, start)}` as a tag, and a name is missing: {_ESCAPED}"


def after_name(text: str, start: int, at: int, name: str) -> str:
    """A name is followed by what cannot follow it."""
    if text.startswith("@", at):
        return f"mail addresses in `<…>` are not MDX: write `[{name}@…](mailto:{name}@…)`"
    return f"MDX reads `{_shown(text, start)}` as a tag, and `{text[at]}` cannot follow `{name}`: {_ESCAPED}"


def in_closing_tag(text: str, start: int) -> str:
    """Something stands after the name in a closing tag."""
    return f"a closing tag holds its name and nothing else: end `{_shown(text, start)}` with `>`"


def after_slash(text: str, start: int) -> str:
    """A slash in a tag that does not end it."""
    return f"in the tag `{_shown(text, start)}` a slash must be followed by `>`: {_ESCAPED}"


def bare_value(name: str, text: str, at: int, end: int) -> str:
    """An attribute's value without quotes."""
    shown = re.match(r"[^\s<>]*", text[at:end])
    value = shown[0] if shown is not None else ""
    return f'the value of an attribute stands in quotes or braces: write `{name}="{value or "…"}"`'


def open_quote(text: str, start: int, quote: str) -> str:
    """An attribute's value without its second quote."""
    return f"in the tag `{_shown(text, start)}` the value that begins with {quote} does not end: add the {quote}"


def never_closed(name: str) -> str:
    """A tag that nothing closes."""
    if name.lower() in _HTML_VOID:
        return f"`<{name}>` must be written `<{name} />` in MDX, or be closed by `</{name}>`"
    return f"`<{name}>` is opened here and never closed: add `</{name}>`, or write `<{name} />`"


def closed_too_late(name: str, within: str) -> str:
    """A tag that is still open where the paragraph, list item or quote ends that it was opened in."""
    if name.lower() in _HTML_VOID:
        return never_closed(name)
    return (
        f"`<{name}>` is opened in this {within} and not closed in it: close it there, "
        f"or put `<{name}>` and `</{name}>` on lines of their own"
    )


def closes_nothing(name: str) -> str:
    """A closing tag without an opening one."""
    return f"`</{name}>` closes a tag that is not open: remove it, or open `<{name}>` before it"


def closes_outside(name: str, within: str) -> str:
    """A closing tag in a paragraph, list item or quote that the opening one does not stand in."""
    return (
        f"`</{name}>` stands in a {within} and closes a tag that was opened outside of it: "
        f"put `</{name}>` on a line of its own"
    )


def _shown(text: str, start: int) -> str:
    """The beginning of what was read as a tag, short enough for a message."""
    line = text[start : start + 41].partition("\n")[0]
    return line if len(line) <= 40 and ">" not in line else line[:40].partition(">")[0] + ">" * (">" in line)
