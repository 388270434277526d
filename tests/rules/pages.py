"""A rule's page as test data: its Bad and Good sections are lessons.

A section is a lesson as it stands, or, when it holds a fence in `mdx`, that fence's content; a fence in
`yaml` is a lesson's frontmatter. A fence whose meta says `title="folder/name.mdx"` is one file of a course,
and so is its configuration, or a component.
A line that must be reported says `error` in a comment, `# error` or `{/* error */}`; it is taken off before
the lesson is judged: a lesson that says so itself shows an error on purpose.
"""

import re
from collections.abc import Iterator

from checker.reading.lesson import parse_lesson
from checker.rules.rule import LoadedRule

SECTIONS = ("What", "Why", "Bad", "Good", "Since", "Source")
MARK = re.compile(r"[ \t]*(?:# error\b|\{/\* error \*/\})")
TITLE = re.compile(r'title="([^"]+)"')
ONLY = "lesson.mdx"


def sections(page: str) -> dict[str, str]:
    """The sections of a page by their headings, in order."""
    parts = re.split(r"^## (.+)$", page, flags=re.MULTILINE)
    return dict(zip(parts[1::2], (body.strip("\n") + "\n" for body in parts[2::2]), strict=True))


def files(rule: LoadedRule, section: str) -> dict[str, str]:
    """The files of a page's section: path and text."""
    body = sections(rule.page)[section]
    found = dict(_fenced_files(body))
    return found or {ONLY: body}


def _fenced_files(body: str) -> Iterator[tuple[str, str]]:
    for block in parse_lesson("page.md", body).blocks:
        title = TITLE.search(block.meta or "")
        path = title[1] if title else ONLY
        if block.lang == "mdx":
            yield path, block.code + "\n"
        elif block.lang == "yaml":
            yield path, f"---\n{block.code}\n---\n"
        elif title:
            yield path, block.code + "\n"


def marked_lines(text: str) -> list[int]:
    """The lines that must be reported."""
    return [number for number, line in enumerate(text.split("\n"), 1) if MARK.search(line)]


def unmarked(text: str) -> str:
    """The text as it is judged."""
    return MARK.sub("", text)
