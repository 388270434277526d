"""What the rules of the block parser find besides blocks, passed on in the parser's environment."""

from collections.abc import Collection, Sequence

from markdown_it.rules_block.state_block import StateBlock
from msgspec import Struct

from checker.model import Extension, Prose
from checker.patterns import regex
from checker.reading.mdx.tags import Expression, Tag

_TAG_NAME = regex(r"<(/?[A-Za-z][\w.:-]*)")
# How often, in multiples of the text's length, the end of a brace or tag may be searched for in vain, and how
# far it is searched for after that: within its line, up to this many characters.
_VAIN_READS = 4
SHORT_READ = 200
_MANY_FLOWS = 100


class Flow(Struct, frozen=True):
    """Tags and expressions alone on their lines, up to but not including the line `next_line`."""

    parts: Sequence[Tag | Expression]
    next_line: int


class Notes:
    """Collects refusals, one for each opening, and remembers what was read already."""

    def __init__(self, length: int, *, ends_in_line: bool, extensions: Collection[Extension]) -> None:
        self.extensions = frozenset(extensions)
        # Offsets are those of the text that the block parser reads.
        self.passages: list[Prose] = []
        # Whether the document's last line has no line ending.
        self.ends_in_line = ends_in_line
        # By the start of what is refused: the start and end of the error, and the reason.
        self.refusals: dict[int, tuple[int, int, str]] = {}
        # The same for text content, which the site's parser reads after all other blocks.
        self.refused_texts: dict[int, tuple[int, int, str]] = {}
        # The same for mismatched tags, which the site's parser looks for when it has found nothing else.
        self.mismatches: dict[int, tuple[int, int, str]] = {}
        # The names of refused tags, with a slash before those of closing tags: their other halves are not
        # reported.
        self.doubtful: set[str] = set()
        # A paragraph, its list and its quote all ask about the same line, which is read once.
        self.flows: dict[tuple[int, int, int], Flow | None] = {}
        # By the start of what turned out not to be a tag: the last line that was read to find out.
        self.looked_through: dict[int, int] = {}
        # The part of a blank line's indentation that stays in code: footnotes ignore blank lines.
        self.kept_indent = 0
        self.imported: set[str] = set()
        # The starts of refused imports and exports, whose content is not checked as MDX.
        self.no_modules: set[int] = set()
        self._length = length
        self._read_in_vain = 0

    @property
    def exhausted(self) -> bool:
        """Whether so much was read in vain that only what ends soon, on its line, may still be read."""
        return self._read_in_vain > _VAIN_READS * self._length

    @property
    def given_up(self) -> bool:
        """Whether so much was read in vain that nothing more is read."""
        return self._read_in_vain > 2 * _VAIN_READS * self._length

    def held_to(self, state: StateBlock, line: int) -> int:
        """The last of the lines in which no list, quote or footnote can begin, or this line.

        The site's parser does not look for these while it reads a tag, and does not look again when text
        follows the tag, which makes all of it a paragraph.
        """
        return self.looked_through.get(state.bMarks[line] + state.tShift[line], line)

    def is_svelte_comment(self, text: str, start: int) -> bool:
        """Whether an HTML comment begins here, which Svelte supports as well."""
        return "svelte" in self.extensions and text.startswith("<!--", start)

    def refuse(self, opened: int, start: int, end: int, message: str) -> None:
        """Note that what begins at `opened` is wrong; the first note about a place stays."""
        self.refusals.setdefault(opened, (start, end, message))

    def refuse_text(self, opened: int, start: int, end: int, message: str) -> None:
        """Note the same for something in a paragraph, heading or cell."""
        if opened not in self.refusals:
            self.refused_texts.setdefault(opened, (start, end, message))

    def forget(self, before: int) -> None:
        """Forget which lines of tags were read before this offset."""
        if len(self.flows) > _MANY_FLOWS:
            self.flows = {key: found for key, found in self.flows.items() if key[0] >= before}
            self.looked_through = {at: line for at, line in self.looked_through.items() if at >= before}

    def mismatch(self, start: int, end: int, message: str) -> None:
        """Note a tag that is closed wrongly or never."""
        self.mismatches.setdefault(start, (start, end, message))

    def doubt(self, text: str, opened: int) -> None:
        """Note that what begins at `opened` in `text` may be a tag, which was refused."""
        tag = _TAG_NAME.match(text, opened)
        if tag is not None:
            self.doubtful.add(tag[1])

    def read_in_vain(self, length: int) -> None:
        """Note that this many characters were read without result."""
        self._read_in_vain += length


def notes_of(state: StateBlock) -> Notes:
    """The notes of the document that is being parsed."""
    notes: Notes = state.env["notes"]
    return notes
