"""A sentence with holes, as the catalogue has it: matched in English, said in another language.

Holes of the English text, `x` being any small letter:

    {x}    a word, or what stands in quotes or backticks; kept as it is
    {x*}   any text; kept as it is: what a program or an author said
    {x#}   a number
    {x!}   a phrase, which is translated in its turn
    {x&}   a list of words and phrases, with commas, `and` or `or` between them

`(s)` is a plural's ending, which may be missing. The other text names its holes again, in any order, and
has plurals as `{x|урок|урока|уроков}`. All other braces are text.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from msgspec import Struct

_HOLE = re.compile(r"\{([a-z])([*#!&]?)\}|\(s\)")
_SAID = re.compile(r"\{([a-z])(?:\|([^|{}]*)\|([^|{}]*)\|([^|{}]*))?\}")
_WORD = r"(?:``.+?``|`[^`]*`|'[^']*'|\"[^\"]*\"|\S*?[^\s.,;:!?])"  # without a final punctuation mark
_KINDS = {"": _WORD, "*": r".+?", "#": r"\d(?:[\d,.]*\d)?", "!": r".+?", "&": r".+?"}
# A single word, or quoted text, needs no translation: it is the lesson's own.
_VERBATIM = re.compile(
    r"``.+?``|`[^`]*`|'[^']*'|\"[^\"]*\"|“[^”]*”|[^\s,;()]*[^\sa-zA-Z,;()][^\s,;()]*|[A-Z]\S*", re.DOTALL
)
_BETWEEN = re.compile(r"(``.+?``|`[^`]*`|'[^']*'|\"[^\"]*\")|(, | and | or )", re.DOTALL)
_JOINTS = {", ": ", ", " and ": " и ", " or ": " или "}

Say = Callable[[str], str | None]


class Template(Struct, frozen=True):
    """One entry of a catalogue; `anchor` is its longest text, without which nothing can match.

    `weight` is the amount of text outside of holes.
    """

    anchor: str
    weight: int
    pattern: str
    kinds: Mapping[str, str]
    said: str

    def translate(self, text: str, say: Say) -> str | None:
        """The translated text; None when it does not match, or a phrase in it is unknown."""
        found = _compiled(self.pattern).fullmatch(text)
        if not found:
            return None
        values: dict[str, str] = {}
        for name, value in found.groupdict().items():
            put = _put_in(self.kinds[name], value, say)
            if put is None:
                return None
            values[name] = put
        return _SAID.sub(lambda hole: _filled(hole, values[hole[1]]), self.said)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    # A run uses few of the templates, and `re` itself caches too few for all.
    return re.compile(pattern, re.DOTALL)


def compile_template(english: str, said: str) -> Template:
    """Compile an entry. Raises ValueError when the two texts do not have the same holes."""
    kinds: dict[str, str] = {}
    pattern, texts, end = "", [], 0
    for hole in _HOLE.finditer(english):
        texts.append(english[end : hole.start()])
        pattern += re.escape(texts[-1])
        end = hole.end()
        if hole[0] == "(s)":
            pattern += "s?"
            continue
        name, kind = hole.groups()
        pattern += f"(?P={name})" if name in kinds else f"(?P<{name}>{_inside(english, hole, kind)})"
        kinds.setdefault(name, kind)
    texts.append(english[end:])
    if kinds.keys() != (there := {hole[1] for hole in _SAID.finditer(said)}):
        raise ValueError(f"{english!r} has the holes {sorted(kinds)}, its translation {sorted(there)}")
    return Template(max(texts, key=len), sum(map(len, texts)), pattern + re.escape(texts[-1]), kinds, said)


def _inside(english: str, hole: re.Match[str], kind: str) -> str:
    """What a hole matches: more within quotes, since these end it."""
    if not kind:
        before, after = english[: hole.start()], english[hole.end() : hole.end() + 1]
        if before.count("`") % 2:
            return r"[^`]+?"
        if before[-1:] == after == "'" or before[-1:] == after == '"':
            return r".+?"
    return _KINDS[kind]


def _put_in(kind: str, value: str, say: Say) -> str | None:
    if kind == "#":
        return value.replace(",", "\u00a0").replace(".", ",")
    if kind == "!":
        return phrase(value, say)
    if kind == "&":
        return _list(value, say)
    return value


def phrase(value: str, say: Say) -> str | None:
    """A phrase translated, or unchanged when it contains nothing to translate."""
    said = say(value)
    return value if said is None and _VERBATIM.fullmatch(value) else said


def _list(value: str, say: Say) -> str | None:
    said = say(value)
    if said is not None:
        return said
    items = [
        phrase(item, say) if index % 2 == 0 else _JOINTS[item] for index, item in enumerate(_items(value))
    ]
    whole = [item for item in items if item is not None]
    return "".join(whole) if len(whole) == len(items) else None


def _items(value: str) -> Iterator[str]:
    """The items of a list and the separators between them, alternately."""
    start = 0
    for found in _BETWEEN.finditer(value):
        if found[2]:
            yield value[start : found.start()]
            yield found[2]
            start = found.end()
    yield value[start:]


def _filled(hole: re.Match[str], value: str) -> str:
    if hole[2] is None:
        return value
    digits = re.sub(r"\D", "", value)
    return hole[2 + form(int(digits or 0))]


def form(number: int) -> int:
    """The form of a Russian noun for a number (CLDR): 0 for 1, 1 for 2 to 4, 2 for 5."""
    if number % 10 == 1 and number % 100 != 11:
        return 0
    return 1 if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14) else 2
