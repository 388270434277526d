"""YAML as lessons write it: documents, excerpts, templates; by libyaml's parser, without values."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from checker.languages.fault import DEEPEST, Fault
from checker.languages.holes import NAMED, fill
from checker.languages.synopsis import describes_settings
from checker.patterns import has_surrogate, regex
from checker.reading.head import HeadError
from checker.reading.yaml_errors import explain

if TYPE_CHECKING:  # it imports libyaml
    from checker.reading.yaml_events import Event

# libyaml cannot encode a lone surrogate; no text file contains one.
_SURROGATE = regex("[\ud800-\udfff]")
_BRACKETS = regex(r"[\[{]|[\]}]")
_LEFT_OUT = regex(
    r"^([ \t]*)(?:(?:- )?(?:\.\.\.|…|\[\.\.\.\]|\{%[^\n]*%\})[^\n:]*|\{\{[^{}\n]*\}\}[ \t]*)$", re.MULTILINE
)
_FIRST = regex(r"^([ ]*)[^\s#]", re.MULTILINE)
# `$ docker compose up`, `→ the result`, `(truncated)`: what lessons write between lines of YAML.
_IN_WORDS = regex(r"[ \t]*(?:\$ \S|[→⇒⟶]|\([^()\n]*\)[ \t]*(?:\n|\Z))")
_HEAD = regex(r"\A---[ \t]*\n.*?^---[ \t]*\n", re.DOTALL | re.MULTILINE)


def parse(text: str) -> Iterator[Fault]:
    """The first thing that YAML refuses, or every repeated key of a mapping."""
    if obstacle(text):
        return
    read = _read(text)
    if not isinstance(read, HeadError):
        from checker.languages.yaml_twice import repeated

        yield from repeated(text, read)
        return
    if describes_settings(text):
        return
    filled = fill(_LEFT_OUT.sub(_as_comment, text), NAMED)
    error = _read(filled)
    if isinstance(error, HeadError) and not (_is_excerpt(filled, error) or _is_behind_head(filled, error)):
        certain = not _IN_WORDS.match(filled, filled.rfind("\n", 0, error.start) + 1)
        yield Fault(str(error), error.start, max(error.end, error.start + 1), certain)


def obstacle(text: str) -> str:
    """Why a text is not checked, "" when it is."""
    return f"brackets are nested more than {DEEPEST} deep" if _depth(text) > DEEPEST else ""


def _read(text: str) -> "Sequence[Event] | HeadError":
    """The events of a text, or what libyaml refuses."""
    from checker.reading.yaml_events import MarkedYAMLError, ReaderError, events

    readable = _SURROGATE.sub("x", text) if has_surrogate(text) else text
    try:
        return list(events(readable))
    except MarkedYAMLError as error:
        return explain(text, error)
    except ReaderError as error:
        at = min(error.position or 0, max(len(text) - 1, 0))
        message = "an invisible character is not allowed in YAML: delete it"
        return HeadError("yaml-syntax", message, at, at + 1)


def _depth(text: str) -> int:
    deepest = depth = 0
    for found in _BRACKETS.finditer(text):
        depth += 1 if found[0] in "[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _as_comment(found: re.Match[str]) -> str:
    return found[1] + "#" * (len(found[0]) - len(found[1]))


def _is_excerpt(text: str, error: HeadError) -> bool:
    """Whether the text begins with deeper indentation than it continues with: lines above were cut off."""
    first = _FIRST.search(text)
    at = min(error.start, max(len(text) - 1, 0))
    line = text[text.rfind("\n", 0, at) + 1 :]
    return first is not None and len(line) - len(line.lstrip(" ")) < len(first[1])


def _is_behind_head(text: str, error: HeadError) -> bool:
    """Whether the error is after a document between two `---`, where Markdown follows."""
    head = _HEAD.match(text)
    return head is not None and error.start >= head.end()
