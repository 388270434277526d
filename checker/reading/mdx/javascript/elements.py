"""JSX inside JavaScript: tags, their attributes, and the content between them."""

import re

from checker.reading.mdx.javascript import tokens
from checker.reading.mdx.javascript.scanner import Frame, Scanner
from checker.reading.mdx.reasons import quoted
from checker.reading.mdx.refusal import RefusedError

# The next state of a tag for each token. The states: start (after `<`), part (after a dot or colon), name,
# attribute, equals, attributes (after a value), closing (after `</`), closed (its name was read), end (after
# a slash). Other combinations are refused.
_MOVES = {
    ("start", "name"): "name",
    ("start", "/"): "closing",
    ("closing", "name"): "closed",
    ("name", "."): "part",
    ("name", ":"): "part",
    ("closed", "."): "closing",
    ("closed", ":"): "closing",
    ("part", "name"): "name",
    ("name", "name"): "attribute",
    ("attribute", "name"): "attribute",
    ("attributes", "name"): "attribute",
    ("attribute", ":"): "attributes",
    ("attribute", "="): "equals",
    ("equals", "string"): "attributes",
    ("equals", "<"): "attributes",
    ("equals", "{"): "attributes",
    ("name", "{"): "attributes",
    ("attribute", "{"): "attributes",
    ("attributes", "{"): "attributes",
    ("name", "/"): "end",
    ("attribute", "/"): "end",
    ("attributes", "/"): "end",
}
_OPENED = ("start", "name", "attribute", "attributes")
_CLOSED = ("closing", "closed")


class JsxScanner(Scanner):
    """Follows tags to their end; the content of their braces belongs to the grammar of expressions."""

    def step(self, text: str, at: int, end: int) -> int:
        """Read one token of a tag, text between tags, or a token of an expression."""
        kind = self.stack[-1].kind
        if kind == "children":
            return self._children(text, at, end)
        if kind == "tag":
            return self.take(tokens.TAG_TOKEN.match(text, at, end), text, at, end)
        return super().step(text, at, end)

    def rest_of_string(self, quote: str, text: str, at: int, end: int) -> re.Pattern[str]:
        """The rest of a string that does not end on its line; a string attribute may have many lines."""
        if self.stack[-1].kind == "tag":
            return tokens.ATTRIBUTE_REST[quote]
        return super().rest_of_string(quote, text, at, end)

    def read_in_tag(self, kind: str, word: str, at: int) -> None:
        """Process one token of a tag."""
        tag = self.stack[-1]
        if word == ">":
            self._end_of_tag(tag, at)
            return
        state = _MOVES.get((tag.state, word if kind == "punctuator" else kind))
        if state is None:
            raise RefusedError(at, f"{quoted(word)} is not allowed in a tag there")
        if state in ("name", "part", "closed") or (tag.state, state) == ("closed", "closing"):
            tag.name += word
        if word == "<":
            self.open("tag")
        elif word == "{":
            self.open("value" if tag.state == "equals" else "spread")
        tag.state = state

    def _children(self, text: str, at: int, end: int) -> int:
        found = tokens.CHILD_TEXT.match(text, at, end)
        at = found.end() if found is not None else at
        if at == end:
            return end
        if text[at] not in "{<":
            raise RefusedError(at, f"`{text[at]}` between two tags is written `{{'{text[at]}'}}`")
        self.open("braces" if text[at] == "{" else "tag")
        return at + 1

    def _end_of_tag(self, tag: Frame, at: int) -> None:
        if tag.state in _OPENED:
            self.close("")
            self.open("children", tag.name)
        elif tag.state == "end":
            self._end_of_element()
        elif tag.state in _CLOSED:
            self.stack.pop()
            if self.stack[-1].kind != "children" or self.stack[-1].name != tag.name:
                raise RefusedError(at, f"{quoted(f'</{tag.name}>')} closes no tag that is open there")
            self._end_of_element()
        else:
            raise RefusedError(at, "`>` is not allowed in a tag there")

    def _end_of_element(self) -> None:
        self.close("other")
        if self.stack[-1].kind in ("tag", "children"):
            self.value = ""
