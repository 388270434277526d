"""Maps positions in a passage to positions in its file."""

from bisect import bisect_right

from checker.model import Lesson, Prose


class Places:
    """Each line of a passage's text is the end of a line in the file.

    The prefixes of lists and quotes are thus skipped, whatever they are.
    """

    __slots__ = ("_offsets", "_starts")

    def __init__(self, lesson: Lesson, passage: Prose) -> None:
        self._starts = [0]
        self._offsets = [passage.start]
        if "\n" not in passage.text:
            return
        span = lesson.span(passage.start, passage.end)
        pieces = passage.text.split("\n")
        at = 0
        for line, piece in enumerate(pieces[:-1], span.line):
            at += len(piece) + 1
            self._starts.append(at)
            last = line + 1 == span.line + len(pieces) - 1
            end = span.end if last else _line_end(lesson, line + 1)
            self._offsets.append(end - len(pieces[line + 1 - span.line]))

    def at(self, index: int) -> int:
        """The offset in the file for an offset in the passage."""
        line = bisect_right(self._starts, index) - 1
        return self._offsets[line] + index - self._starts[line]

    def index(self, offset: int) -> int:
        """The offset in the passage for an offset in the file.

        It must be in one of the passage's lines or at the end of one.
        """
        line = bisect_right(self._offsets, offset) - 1
        return self._starts[line] + offset - self._offsets[line]


def _line_end(lesson: Lesson, line: int) -> int:
    """The end of a line (from 1), without its line ending."""
    end = lesson.line_starts[line] if line < len(lesson.line_starts) else len(lesson.text)
    if lesson.text.endswith("\n", 0, end):
        end -= 1
    if lesson.text.endswith("\r", 0, end):
        end -= 1
    return end
