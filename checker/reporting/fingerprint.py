"""Identifies a finding across runs by its rule and the lines it is about.

Line numbers, the lesson's path and the message are left out, since messages may contain numbers that differ
from run to run. A finding is thus recognised after text was inserted above it, and after its lesson was
renamed.
"""

import hashlib
from collections import Counter

from checker.model import Finding, Lesson

_LENGTH = 16  # hexadecimal digits, 64 bits
_MOST_LINES = 5  # the beginning of a long span is enough
_LONGEST_LINE = 1_000


class Fingerprints:
    """The fingerprints of one lesson's findings; call `of` in the order of their positions."""

    def __init__(self, lesson: Lesson) -> None:
        self._lesson = lesson
        self._seen: Counter[str] = Counter()

    def of(self, finding: Finding) -> str:
        """The fingerprint; a second finding with the same rule and lines gets a different one."""
        # Without lines, the name is all that identifies it.
        lines = self._lines(finding) or self._lesson.path
        content = f"{finding.code}\0{lines}"
        self._seen[content] += 1
        numbered = f"{content}\0{self._seen[content]}"
        return hashlib.sha256(numbered.encode(errors="surrogatepass")).hexdigest()[:_LENGTH]

    def _lines(self, finding: Finding) -> str:
        starts, text = self._lesson.line_starts, self._lesson.text
        last = min(finding.span.end_line, finding.span.line + _MOST_LINES - 1, len(starts))
        shown = []
        for number in range(finding.span.line, last + 1):
            start = starts[number - 1]
            end = starts[number] if number < len(starts) else len(text)
            # Changed indentation and blanks do not make it another line.
            shown.append(" ".join(text[start : min(end, start + _LONGEST_LINE)].split()))
        return "\n".join(shown).strip()
