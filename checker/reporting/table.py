"""Every block of the lessons in words: the output of `coursecheck blocks` for people."""

from collections.abc import Callable, Iterator, Sequence

from rich.cells import cell_len
from rich.text import Text

from checker.reporting.escape import one_line, shown_path
from checker.reporting.listing import ListedBlock, ListedLesson
from checker.reporting.look import Look
from checker.reporting.terminal import to_text
from checker.reporting.words import counted

_WIDEST_LANGUAGE = 16


def render(lessons: Sequence[ListedLesson], look: Look) -> str:
    """A heading for each lesson, a row for each block: line, language, class, whether it runs, the reason."""
    lines: list[Text] = []
    say = look.say
    for lesson in lessons:
        lines += [Text(shown_path(lesson.path), style="bold"), *_error(lesson, say)]
        lines += [_row(block, say) for block in lesson.blocks] or [
            Text(f"   {say('no blocks')}", style="dim")
        ]
        lines.append(Text())
    return to_text([*lines, _total(lessons, say)], look)


def _error(lesson: ListedLesson, say: Callable[[str], str]) -> Iterator[Text]:
    if lesson.error:
        place = f"{lesson.error.line:>5}  "
        yield Text.assemble((place, "dim"), (one_line(say(lesson.error.message)), "red"))


def _row(block: ListedBlock, say: Callable[[str], str]) -> Text:
    language = one_line(block.lang) if block.lang is not None else "-"
    padding = " " * max(1, _WIDEST_LANGUAGE - cell_len(language))
    runs = f"{say('runs')}  "
    verdict = (runs, "green") if block.runs else ("-".ljust(len(runs)), "dim")
    row = Text.assemble(
        (f"{block.start_line:>5}  ", "dim"),
        f"{language}{padding}{block.kind:<18}",
        verdict,
        one_line(say(block.reason)),
        style="dim" if block.kind == "other-language" else "",
    )
    row.rstrip()
    return row


def _total(lessons: Sequence[ListedLesson], say: Callable[[str], str]) -> Text:
    blocks = [block for lesson in lessons for block in lesson.blocks]
    runs = sum(block.runs for block in blocks)
    read = f"{counted(len(lessons), 'lesson')}, {counted(len(blocks), 'block')}"
    return Text(say(f"{read}, {runs:,} of them would run"), style="bold")
