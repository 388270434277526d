"""What the components around a block say about it: `<Wrong>`, `<Box type="error">`."""

from collections.abc import Iterator

from checker.analysis.marker_words import Judgement, Marker, OwnWords, in_heading
from checker.model import Block, Lesson
from checker.patterns import regex

# A component's name, or the value of its `type`. Danger and warning are not included: such boxes warn about
# the effects of correct code as often as they show wrong code.
_WRONG = frozenset(
    {"wrong", "bad", "incorrect", "error", "dont", "donot", "antipattern", "invalid", "failure"}
)
_RIGHT = frozenset({"right", "good", "correct", "success", "do", "valid", "fixed"})
_KINDS = frozenset({"type", "kind", "variant", "status", "intent"})
_TITLES = frozenset({"title", "label", "heading", "header", "summary", "name"})
_ATTRIBUTE = regex(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|\{\s*["'`]([^"'`]*)["'`]\s*\})""")
_SUMMARY = regex(r"\s*<summary[^<>]{0,200}>([^<]{0,240})")
_LONGEST_TAG = 600


def in_containers(lesson: Lesson, block: Block, own: OwnWords) -> Marker | None:
    """The marker of the innermost component around a block that judges it."""
    below = block.span.start
    for name in reversed(block.parents):
        start = lesson.text.rfind(f"<{name}", 0, below)
        if start < 0:  # a list or a quote
            continue
        marker = _in_tag(name, lesson.text[start : start + _LONGEST_TAG], own)
        if marker:
            return marker
        below = start
    return None


def _in_tag(name: str, text: str, own: OwnWords) -> Marker | None:
    judged = _judge(name)
    if judged:
        return Marker(judged, f"<{name}>")
    attributes, _, rest = text.partition(">")
    for key, value in _attributes(attributes):
        if key in _KINDS and (judged := _judge(value)):
            return Marker(judged, f'{key}="{value}"')
        marker = in_heading(value, own) if key in _TITLES else None
        if marker:
            return marker
    summary = _SUMMARY.match(rest) if name == "details" else None
    return in_heading(summary[1], own) if summary else None


def _attributes(text: str) -> Iterator[tuple[str, str]]:
    for found in _ATTRIBUTE.finditer(text):
        yield found[1].lower(), next((each for each in found.groups()[1:] if each is not None), "")


def _judge(word: str) -> Judgement | None:
    plain = word.lower().replace("-", "").replace("'", "")
    if plain in _WRONG:
        return "wrong"
    return "right" if plain in _RIGHT else None
