"""What the rules of the block parser find besides blocks, and hand on through the parser's environment."""

from collections.abc import Collection, Sequence

from markdown_it.rules_block.state_block import StateBlock
from msgspec import Struct

from checker.model import Extension, Prose
from checker.patterns import regex
from checker.reading.mdx.tags import Expression, Tag

_TAG_NAME = regex(r"<(/?[A-Za-z][\w.:-]*)")
# How many times over a text may be looked through in vain for what would close a brace or a tag, and how far
# it is looked for after that: in its line, and not further than this.
_VAIN_READS = 4
SHORT_READ = 200
_MANY_FLOWS = 100


class Flow(Struct, frozen=True):
    """Tags and expressions that have their lines for themselves, up to but without the line `next_line`."""

    parts: Sequence[Tag | Expression]
    next_line: int


class Notes:
    """Collects refusals, one for each thing that was opened, and remembers what was read already."""

    def __init__(self, length: int, *, ends_in_line: bool, extensions: Collection[Extension]) -> None:
        self.extensions = frozenset(extensions)
        # Offsets are those of the text that the block parser reads.
        self.passages: list[Prose] = []
        # The document's last line has no line ending.
        self.ends_in_line = ends_in_line
        # By where what is refused begins: from where to where it is wrong, and why.
        self.refusals: dict[int, tuple[int, int, str]] = {}
        # The same for what stands in texts: the site's parser reads these when it has read all other blocks.
        self.refused_texts: dict[int, tuple[int, int, str]] = {}
        # The same for tags that do not match; the site's parser looks for these when it has found no others.
        self.mismatches: dict[int, tuple[int, int, str]] = {}
        # The names of tags that were refused, with a slash before those of closing tags: nobody needs to be
        # told that their other half stands alone.
        self.doubtful: set[str] = set()
        # A paragraph, its list and its quote all ask about the same line: it is read once.
        self.flows: dict[tuple[int, int, int], Flow | None] = {}
        # By where tags begin that are none after all: the last line that was read to find out.
        self.looked_through: dict[int, int] = {}
        # So much of a blank line's indent is not taken off in code: footnotes do not look at blank lines.
        self.kept_indent = 0
        self.imported: set[str] = set()
        # Where refused imports and exports begin: what stands in them is not asked whether it is MDX, too.
        self.no_modules: set[int] = set()
        self._length = length
        self._read_in_vain = 0

    @property
    def exhausted(self) -> bool:
        """Has so much been read in vain that only what ends soon, on its line, may be read yet?"""
        return self._read_in_vain > _VAIN_READS * self._length

    @property
    def given_up(self) -> bool:
        """Has so much been read in vain even so that nothing more is to be read?"""
        return self._read_in_vain > 2 * _VAIN_READS * self._length

    def held_to(self, state: StateBlock, line: int) -> int:
        """The last of the lines in which no list, quote or footnote can begin, or this line.

        The site's parser does not look for these while it reads a tag, and does not look again when text
        follows the tag, which makes all of it a paragraph.
        """
        return self.looked_through.get(state.bMarks[line] + state.tShift[line], line)

    def is_svelte_comment(self, text: str, start: int) -> bool:
        """Whether what begins here is a comment of HTML, which Svelte has as well."""
        return "svelte" in self.extensions and text.startswith("<!--", start)

    def refuse(self, opened: int, start: int, end: int, message: str) -> None:
        """Note that what begins at `opened` is wrong; what is noted first about a place stays."""
        self.refusals.setdefault(opened, (start, end, message))

    def refuse_text(self, opened: int, start: int, end: int, message: str) -> None:
        """Note the same of something in a paragraph, heading or cell."""
        if opened not in self.refusals:
            self.refused_texts.setdefault(opened, (start, end, message))

    def forget(self, before: int) -> None:
        """Forget which lines of tags were read that stand before this offset."""
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
        """Note that so many characters were read and nothing came of it."""
        self._read_in_vain += length


def notes_of(state: StateBlock) -> Notes:
    """The notes that belong to the document that is being parsed."""
    notes: Notes = state.env["notes"]
    return notes
