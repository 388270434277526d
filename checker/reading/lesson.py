"""Reads one file as a Lesson: text, frontmatter, blocks, prose, directives, and problems."""

import os
from collections.abc import Callable, Collection, Iterable
from os.path import relpath

from msgspec import structs

from checker.importing import late_patterns
from checker.model import Block, Directive, Extension, Frontmatter, Lesson, Problem, Span
from checker.reading.decoding import UnreadableError, line_starts
from checker.reading.document import Document, Fault, Head
from checker.reading.source import read_bytes, read_source, tree_root

# Makes a lesson from its path, its text, and the extensions of the site's MDX.
Parse = Callable[[str, str, Collection[Extension]], Lesson]
# Reads frontmatter from a text and the position of its head, with its problems.
ReadHead = Callable[[str, Head, Callable[[int, int], Span]], tuple[Frontmatter, tuple[Problem, ...]]]


def read_lesson(
    path: str,
    root: str | None = None,
    extensions: Collection[Extension] = (),
    parse: Parse | None = None,
) -> Lesson:
    """Read and parse the lesson at `path`; `extensions` is what its site adds to MDX.

    `parse` may look up what `parse_lesson` would make of its text. Links may not lead out of the resolved
    folder `root`; by default it is the repository around the file, or the file's own folder. A file that
    cannot be read gives an empty lesson with one problem.
    """
    try:
        text = read_source(path, root or tree_root(os.path.dirname(path) or "."))
    except UnreadableError as error:
        return _unreadable(path, error)
    return (parse or parse_lesson)(path, text, extensions)


def read_given(path: str, data: bytes, extensions: Collection[Extension], parse: Parse) -> Lesson:
    """Parse a lesson at `path` with the content `data`; the file need not exist."""
    path = relpath(path)
    try:
        text = read_bytes(data)
    except UnreadableError as error:
        return _unreadable(path, error)
    return parse(path, text, extensions)


def _unreadable(path: str, error: UnreadableError) -> Lesson:
    problem = Problem(error.rule, str(error), Span(path, 1, 1, 1, 1, 0, 0))
    return structs.replace(_bare(path, ""), problems=(problem,))


def read_head(
    text: str, head: Head, span: Callable[[int, int], Span]
) -> tuple[Frontmatter, tuple[Problem, ...]]:
    """See `read_frontmatter`, which is imported only when the content of the head is not known."""
    from checker.reading.frontmatter import read_frontmatter

    return read_frontmatter(text, head, span)


def parse_lesson(
    path: str, text: str, extensions: Collection[Extension] = (), read: ReadHead = read_head
) -> Lesson:
    """Parse a text without byte order mark; `path` says whether it is Markdown or MDX.

    `read` may look up what `read_head` would read.
    """
    # The parsers of Markdown and YAML are slow to import, and in most runs most lessons are known.
    from checker.reading.parser import parser_in_parts

    parser_in_parts()
    with late_patterns():
        from checker.reading.directives import find_directives
        from checker.reading.markdown import Syntax, parse_document

    syntax: Syntax = "md" if _is_markdown(path) else "mdx"
    document = parse_document(text, syntax=syntax, extensions=extensions)
    bare = Lesson(path, text, document.line_starts, None, (), (), (), ())
    problems = [_problem(bare, fault) for fault in document.faults]
    frontmatter = None
    if document.head:
        frontmatter, wrong = read(text, document.head, bare.span)
        problems += wrong
    directives = find_directives(text, document, bare.span)
    problems += directives.problems
    return structs.replace(
        bare,
        frontmatter=frontmatter,
        blocks=tuple(_blocks(bare, document, directives.blocks)),
        prose=document.passages,
        directives=directives.lesson,
        problems=tuple(sorted(problems, key=lambda problem: (problem.span.start, problem.span.end))),
        refusal=_problem(bare, document.refusal) if document.refusal else None,
        markup=document.markup,
    )


def read_head_of(path: str, root: str, read: ReadHead = read_head) -> Lesson:
    """Read only the frontmatter of a lesson, whose text ends there; `root` as for `read_lesson`.

    `read` may look up what `read_head` would read.
    """

    def parse(path: str, text: str, _extensions: Collection[Extension]) -> Lesson:
        return _parse_head(path, text, read)

    return read_lesson(path, root, parse=parse)


def head_of(path: str, text: str, frontmatter: Frontmatter | None) -> Lesson:
    """A lesson that consists of this frontmatter, which ends its text."""
    return structs.replace(_bare(path, text), frontmatter=frontmatter)


def _parse_head(path: str, text: str, read: ReadHead) -> Lesson:
    from checker.reading.mdx.head import find_head
    from checker.reading.mdx.positions import Source

    head = find_head(Source(text), rulers=_is_markdown(path)).head
    if head is None:
        return _bare(path, "")
    text = text[: head.end]
    return head_of(path, text, read(text, head, _bare(path, text).span)[0])


def _is_markdown(path: str) -> bool:
    return path.lower().endswith(".md")


def _bare(path: str, text: str) -> Lesson:
    """A lesson of which only the text is known: enough to make spans."""
    return Lesson(path, text, line_starts(text), None, (), (), (), ())


def _problem(lesson: Lesson, fault: Fault) -> Problem:
    return Problem(fault.rule, fault.message, lesson.span(fault.start, fault.end))


def _blocks(
    lesson: Lesson, document: Document, directives: Iterable[tuple[Directive, ...]]
) -> Iterable[Block]:
    for index, (fence, own) in enumerate(zip(document.fences, directives, strict=True)):
        yield Block(
            index=index,
            lang=fence.lang,
            meta=fence.meta,
            code=fence.code,
            span=lesson.span(fence.start, fence.end),
            closed=fence.closed,
            parents=fence.parents,
            lines=fence.lines,
            directives=own,
        )
