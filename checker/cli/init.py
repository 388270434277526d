"""`coursecheck init`."""

import click

from checker.cli.notes import say
from checker.cli.output import print_report
from checker.cli.status import NOTHING_TO_REPORT
from checker.guessing.draft import beside, draft
from checker.reporting.files import write_new
from checker.reporting.words import counted


@click.command("init")
@click.argument("folder", default=".")
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
@click.option("--force", is_flag=True, help="Overwrite files that exist.")
def command(folder: str, dry_run: bool, force: bool) -> int:
    """Guess a configuration and a frontmatter schema.

    The guesses are made from the lessons below FOLDER, by default the current one, and each is written with
    its reason. Existing files are not overwritten.
    """
    found = draft(folder)
    if dry_run:
        for name, text in found.files.items():
            print_report(f"# {beside(folder, name)}\n{text}")
        return NOTHING_TO_REPORT
    write_new({beside(folder, name): text for name, text in found.files.items()}, force=force)
    names = " and ".join(beside(folder, name) for name in found.files)
    say(f"{names}: guessed from {counted(found.lessons, 'lesson')}. Read and correct them.")
    return NOTHING_TO_REPORT
