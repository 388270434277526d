"""`coursecheck doctor`."""

from collections.abc import Iterator, Sequence
from itertools import groupby

import click
import msgspec
from rich.text import Text

from checker.cli.options import color_option
from checker.cli.output import look_of_stdout, print_report
from checker.cli.status import FINDINGS, NOTHING_TO_REPORT
from checker.doctor import Answer, can_run, examine
from checker.reporting.escape import json_text, one_line
from checker.reporting.terminal import to_text


@click.command("doctor")
@click.option(
    "--output-format",
    type=click.Choice(["full", "json"]),
    default="full",
    show_default=True,
    help="A text for people, or one JSON document.",
)
@color_option
def command(output_format: str, color: str) -> int:
    """Show what this machine offers for running snippets.

    What is missing is named, with how to get it. The exit status is 0 when snippets can be run here, and 1
    when there is no isolation for them.
    """
    answers = examine()
    if output_format == "json":
        document = {"can_run": can_run(answers), "answers": answers}
        text = json_text(msgspec.json.format(msgspec.json.encode(document), indent=2).decode()) + "\n"
    else:
        text = to_text([*_paragraphs(answers)], look_of_stdout(color))
    print_report(text)
    return NOTHING_TO_REPORT if can_run(answers) else FINDINGS


def _paragraphs(answers: Sequence[Answer]) -> Iterator[Text]:
    widest = max(len(each.name) for each in answers)
    for topic, group in groupby(answers, key=lambda each: each.topic):
        yield Text(topic.capitalize(), style="bold")
        for each in group:
            mark = ("yes  ", "green") if each.available else ("no   ", "yellow")
            yield Text.assemble("  ", mark, f"{one_line(each.name):<{widest}}  ", one_line(each.detail))
            if each.remedy:
                yield Text.assemble(" " * (widest + 9), (one_line(each.remedy), "bold"))
        yield Text()
    yield _conclusion(answers)


def _conclusion(answers: Sequence[Answer]) -> Text:
    if can_run(answers):
        return Text("Snippets can be run here.")
    return Text("Snippets cannot be run here; `coursecheck check --no-run` checks lessons without it.")
