"""What makes a finding the same finding in another run: its rule, and the lines it is about.

Neither the line numbers nor the lesson's path take part, nor the message, which may hold figures that differ
from run to run. So a finding stays known when text is put in above it, and when its lesson is renamed.
"""

import hashlib
from collections import Counter

from checker.model import Finding, Lesson

_LENGTH = 16  # hexadecimal digits, 64 bits
_MOST_LINES = 5  # of a long span: its beginning says which it is
_LONGEST_LINE = 1_000


class Fingerprints:
    """The fingerprints of one lesson's findings, to be asked for in the order of their places."""

    def __init__(self, lesson: Lesson) -> None:
        self._lesson = lesson
        self._seen: Counter[str] = Counter()

    def of(self, finding: Finding) -> str:
        """The fingerprint; the second finding with the same rule and lines has another one than the first."""
        # Where there are no lines, the name is all there is to know it by.
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
            # Indentation and blanks do not make it another line.
            shown.append(" ".join(text[start : min(end, start + _LONGEST_LINE)].split()))
        return "\n".join(shown).strip()
