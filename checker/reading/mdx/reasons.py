"""Why the site's parser refuses what an author wrote, and what to write instead: all messages on one page."""

import re

OPEN_BRACE = "this brace is never closed: add the `}`, or write `\\{` for a brace in the text"
LAZY_LINE = (
    "a tag or expression begins above in a list item or quote, and this line of it does not stand in that: "
    "indent it like the item's text, begin it with `>` like the quote, or leave a blank line before the tag"
)

_TO_SHOW = "to show `<`, write `&lt;` or put the code in backticks"
_LONGEST = 40
_VOID = "area base br col embed hr img input link meta param source track wbr"
_NEVER_CLOSED_IN_HTML = frozenset(_VOID.split())
_CONTAINERS = {"listItem": "list item", "blockquote": "quote", "footnoteDefinition": "footnote"}


def quoted(text: str) -> str:
    """A piece of the author's text, in backticks, or in quotes when it holds a backtick."""
    return f"`{text}`" if "`" not in text else f'"{text}"'


def container(name: str) -> str:
    """What authors call this container."""
    return _CONTAINERS.get(name, name)


def in_braces(text: str, opened: int, message: str) -> str:
    """An expression that is not JavaScript."""
    word = text[opened : opened + _LONGEST].split(maxsplit=1)[0]
    if word.startswith("{#"):
        return f"MDX has no ids or blocks in braces: remove {quoted(word)}, or write `\\{{` to show the brace"
    if word.startswith(("{%", "{{%", "{{<", "{{{")) or word == "{{":
        return f"template tags are not MDX: remove {quoted(word)}, or write `\\{{` to show each brace"
    return (
        f"MDX reads what stands between braces as JavaScript, and {message}: "
        "write `\\{` for a brace in the text, or put the text in backticks"
    )


def in_module(keyword: str, message: str) -> str:
    """A line that begins with `import` or `export` and does not go on so."""
    return (
        f"MDX reads what begins with `{keyword}` as JavaScript up to the next blank line, and {message}: "
        "leave a blank line after it, or begin the sentence with another word"
    )


def open_tag(text: str, start: int) -> str:
    """A tag without its `>`."""
    return f"the tag {_tag(text, start)} has no `>`: add it; {_TO_SHOW}"


def no_name(text: str, start: int, at: int) -> str:
    """What follows `<`, a dot or a colon is no name."""
    if text.startswith("<!--", start):
        return "`<!-- … -->` is HTML: a comment is written `{/* … */}` in MDX"
    if text.startswith(("<!", "<?"), start):
        return f"{_tag(text, start)} is not MDX: remove it; {_TO_SHOW}"
    if text.startswith("//", at):
        return "addresses in `<…>` are not MDX: write `[text](address)`"
    follows = text[at : at + 1]
    if at == start + 1 and follows not in ("", "\n", "`"):
        return f"MDX reads `<` as the beginning of a tag: write `&lt;{follows}`, or put it in backticks"
    return f"MDX reads {_tag(text, start)} as a tag, and a name is missing: {_TO_SHOW}"


def after_name(text: str, start: int, at: int, name: str) -> str:
    """A name is followed by what cannot follow it."""
    if text.startswith("@", at):
        return f"addresses in `<…>` are not MDX: write `[text](mailto:{name}@…)`"
    follows = quoted(text[at])
    return f"MDX reads {_tag(text, start)} as a tag, and {follows} cannot follow {quoted(name)}: {_TO_SHOW}"


def in_closing_tag(text: str, start: int) -> str:
    """Something stands after the name in a closing tag."""
    return f"a closing tag holds its name and nothing else: end {_tag(text, start)} with `>` after the name"


def after_slash(text: str, start: int) -> str:
    """A slash in a tag that does not end it."""
    return f"in the tag {_tag(text, start)} a slash must be followed by `>`: {_TO_SHOW}"


def bare_value(name: str, text: str, at: int, end: int) -> str:
    """An attribute's value without quotes."""
    value = re.split(r"[\s<>`]", text[at : min(end, at + _LONGEST)], maxsplit=1)[0]
    return f'the value of an attribute stands in quotes or braces: write `{name}="{value or "…"}"`'


def open_quote(text: str, start: int, quote: str) -> str:
    """An attribute's value without its second quote."""
    return f"in the tag {_tag(text, start)} the value that begins with {quote} does not end: add the {quote}"


def never_closed(name: str) -> str:
    """A tag that nothing closes."""
    if name.lower() in _NEVER_CLOSED_IN_HTML:
        return f"`<{name}>` must be written `<{name} />` in MDX, or be closed by `</{name}>`"
    return f"`<{name}>` is opened here and never closed: add `</{name}>`, or write `&lt;` to show `<`"


def closed_too_late(name: str, within: str) -> str:
    """A tag that is still open where the paragraph, list item or quote ends that it was opened in."""
    if name.lower() in _NEVER_CLOSED_IN_HTML:
        return never_closed(name)
    where = container(within)
    return (
        f"`<{name}>` is opened in this {where} and not closed in it: close it there, put `<{name}>` and "
        f"`</{name}>` on lines of their own, or write `&lt;` to show `<`"
    )


def closes_nothing(name: str) -> str:
    """A closing tag without an opening one."""
    return f"`</{name}>` closes a tag that is not open: remove it, or open `<{name}>` before it"


def closes_outside(name: str, within: str) -> str:
    """A closing tag in a paragraph, list item or quote that the opening one does not stand in."""
    return (
        f"`</{name}>` stands in a {container(within)} and closes a tag that was opened outside of it: "
        f"put `</{name}>` on a line of its own"
    )


def _tag(text: str, start: int) -> str:
    """The beginning of what was read as a tag, short enough for a message."""
    line = text[start : start + _LONGEST].partition("\n")[0]
    name, end, _ = line.partition(">")
    return quoted(name + end)
