"""Messages about what the site's parser refuses, and what to write instead."""

import re

from checker.patterns import regex
from checker.reading.mdx.refusal import RefusedError

OPEN_BRACE = "this brace is never closed: add the `}`, or write `\\{` for a brace in the text"
LAZY_LINE = (
    "a tag or expression begins above in a list item or quote, but this line of it is outside: "
    "indent it like the item's text, begin it with `>` like the quote, or leave a blank line before the tag"
)

_TO_SHOW = "to show `<`, write `&lt;` or put the code in backticks"
_LONGEST = 40
_ADDRESS = regex(r"<([^<>\s`]{1,80})>")
_ID_OR_CLASS = regex(r"\{[#:]|\{\.[A-Za-z]")
_ENDS_IN_ID = regex(r"\{#[^\s{}]+\}\s*\Z")
_SVELTE = regex(r"\{(?:#(?:if|each|await|key|snippet)|:(?:else\}?|then|catch))")
_NUMBERS = {3: "three", 4: "four", 5: "five", 6: "six"}
_VOID = "area base br col embed hr img input link meta param source track wbr"
NEVER_CLOSED_IN_HTML = frozenset(_VOID.split())
_CONTAINERS = {"listItem": "list item", "blockquote": "quote", "footnoteDefinition": "footnote"}


def quoted(text: str) -> str:
    """The beginning of the author's text in backticks, or in quotes when it contains a backtick."""
    shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return f"`{shown}`" if "`" not in shown else f'"{shown}"'


def marks(char: str, count: int) -> str:
    """A number of backticks or tildes in words: three backticks in a message would be read as a fence."""
    number = _NUMBERS.get(count, str(count))
    return f"{number} {'backticks' if char == '`' else 'tildes'}"


def container(name: str) -> str:
    """The authors' name for this container."""
    return _CONTAINERS.get(name, name)


def in_expression(text: str, opened: int, error: RefusedError) -> str:
    """Braces in a text, or on lines of their own, around something that is not JavaScript."""
    word = text[opened : opened + _LONGEST].split(maxsplit=1)[0]
    if _ID_OR_CLASS.match(word):
        added = _added("svelte") if _SVELTE.fullmatch(word) else ""
        if opened > 0 and _ENDS_IN_ID.match(text, opened):
            added = _added("heading-ids")
        return (
            f"MDX has no ids, classes or blocks in braces: remove {quoted(word)}, or write `\\{{` to show it"
            f"{added}"
        )
    if word.startswith(("{%", "{{%", "{{<", "{{{")) or word == "{{":
        return f"template tags are not MDX: remove {quoted(word)}, or write `\\{{` to show each brace"
    remedy = error.remedy or "write `\\{` for a brace in the text, or put the text in backticks"
    added = _added("math") if text.startswith("\\", error.offset) and "$" in text[:opened] else ""
    return f"{_what_braces_hold(text, opened, error)}, and {error}: {remedy}{added}"


def in_value(text: str, opened: int, error: RefusedError) -> str:
    """Braces around an attribute's value that is not JavaScript."""
    return f"{_what_braces_hold(text, opened, error)}, and {error}: {error.remedy or 'fix the value'}"


def in_spread(_text: str, _opened: int, error: RefusedError) -> str:
    """Braces among a tag's attributes that do not spread a value."""
    return (
        f"braces among a tag's attributes hold `...props` and nothing else, and {error}: "
        "write `name={value}`, and `{...a} {...b}` for two"
    )


def in_module(keyword: str, error: RefusedError) -> str:
    """A line that begins with `import` or `export` and continues otherwise."""
    remedy = error.remedy or "leave a blank line after it, or begin the sentence with another word"
    return f"MDX reads `{keyword}` and what follows up to a blank line as JavaScript, and {error}: {remedy}"


def open_tag(text: str, start: int) -> str:
    """A tag without its `>`."""
    return f"the tag {_tag(text, start)} has no `>`: add it; {_TO_SHOW}"


def no_name(text: str, start: int, at: int) -> str:
    """No name after `<`, a dot or a colon."""
    if text.startswith("<!--", start):
        return "`<!-- … -->` is HTML: a comment is written `{/* … */}` in MDX"
    if text.startswith(("<!", "<?"), start):
        return f"{_tag(text, start)} is not MDX: remove it; {_TO_SHOW}"
    if text.startswith("//", at):
        return f"addresses in `<…>` are not MDX: write `[text]({_address(text, start)})`"
    follows = text[at : at + 1]
    if at == start + 1 and follows not in ("", "\n", "`"):
        return f"MDX reads `<` as the beginning of a tag: write `&lt;{follows}`, or put it in backticks"
    return f"MDX reads {_tag(text, start)} as a tag, and a name is missing: {_TO_SHOW}"


def after_name(text: str, start: int, at: int, name: str) -> str:
    """A name followed by something that is not allowed."""
    if text.startswith("@", at):
        return f"addresses in `<…>` are not MDX: write `[text](mailto:{_address(text, start)})`"
    follows = quoted(text[at])
    return f"MDX reads {_tag(text, start)} as a tag, and {follows} cannot follow {quoted(name)}: {_TO_SHOW}"


def in_closing_tag(name: str) -> str:
    """Something after the name in a closing tag."""
    return f"a closing tag holds its name and nothing else: write {_pair(name)[1]}"


def after_slash(text: str, start: int) -> str:
    """A slash in a tag that does not end it."""
    return f"in the tag {_tag(text, start)} a slash must be followed by `>`: {_TO_SHOW}"


def bare_value(name: str, text: str, at: int, end: int) -> str:
    """An attribute's value without quotes."""
    value = re.split(r"[\s<>`]", text[at : min(end, at + _LONGEST)], maxsplit=1)[0]
    written = quoted(f'{name}="{value or "…"}"')
    return f"an attribute value must be in quotes or braces: write {written}"


def open_quote(text: str, start: int, quote: str) -> str:
    """An attribute's value without its closing quote."""
    return f"in the tag {_tag(text, start)} the value after {quote} does not end: add the other {quote}"


def never_closed(name: str) -> str:
    """A tag that is never closed."""
    opening, closing = _pair(name)
    if name.lower() in NEVER_CLOSED_IN_HTML:
        return f"{opening} must be written `<{name} />` in MDX, or be closed by {closing}"
    return f"{opening} is opened here and never closed: add {closing}, or write `&lt;` to show `<`"


def closed_too_late(name: str, within: str) -> str:
    """A tag that is still open at the end of the paragraph, list item or quote that it was opened in."""
    if name.lower() in NEVER_CLOSED_IN_HTML:
        return never_closed(name)
    opening, closing = _pair(name)
    return (
        f"{opening} is opened in this {container(within)} and not closed in it: close it there, "
        f"put {opening} and {closing} on lines of their own, or write `&lt;` to show `<`"
    )


def closes_nothing(name: str) -> str:
    """A closing tag without an opening one."""
    opening, closing = _pair(name)
    return f"{closing} closes a tag that is not open: remove it, or open {opening} before it"


def closes_outside(name: str, within: str) -> str:
    """A closing tag in a paragraph, list item or quote that does not contain the opening tag."""
    _, closing = _pair(name)
    return (
        f"{closing} is in a {container(within)}, but closes a tag opened outside of it: "
        f"put {closing} on a line of its own"
    )


def _pair(name: str) -> tuple[str, str]:
    """A tag's opening and closing, to be shown."""
    return quoted(f"<{name}>"), quoted(f"</{name}>")


def _added(extension: str) -> str:
    """The end of a message about what many a site adds to MDX."""
    return f'; if the site adds this to MDX, set `[mdx] extensions = ["{extension}"]`'


def _what_braces_hold(text: str, opened: int, error: RefusedError) -> str:
    above = text.count("\n", opened, error.offset)
    where = f" (these open {above} {'line' if above == 1 else 'lines'} above)" if above else ""
    return f"MDX reads the text between braces{where} as JavaScript"


def _address(text: str, start: int) -> str:
    found = _ADDRESS.match(text, start)
    return found[1] if found is not None else "address"


def _tag(text: str, start: int) -> str:
    """The beginning of something read as a tag, short enough for a message."""
    line = text[start : start + _LONGEST].partition("\n")[0]
    name, end, _ = line.partition(">")
    return quoted(name + end)
