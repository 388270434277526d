"""`coursecheck explain`."""

import click

from checker.cli.options import color_option
from checker.cli.output import look_of_stdout, print_report
from checker.cli.rule_words import complete_rule, require_rule
from checker.cli.status import NOTHING_TO_REPORT
from checker.reporting.pages import render_index, render_page


@click.command("explain")
@click.argument("rule", required=False, shell_complete=complete_rule)
@color_option
def command(rule: str | None, color: str) -> int:
    """Explain a rule: what it reports, why, and how to fix it.

    RULE is a name or a code; without one, all rules are listed.
    """
    look = look_of_stdout(color)
    print_report(render_page(require_rule(rule), look) if rule else render_index(look))
    return NOTHING_TO_REPORT
