"""`coursecheck explain`."""

import click

from checker.cli.options import color_option
from checker.cli.output import look_of_stdout, print_report
from checker.cli.rule_words import complete_rule, is_family, require_rule
from checker.cli.status import NOTHING_TO_REPORT
from checker.reporting.pages import render_index, render_page


@click.command("explain")
@click.argument("rule", required=False, shell_complete=complete_rule)
@color_option
def command(rule: str | None, color: str) -> int:
    """Explain a rule: what it reports, why, and how to fix it.

    RULE is a name or a code. With a family, such as PAN, its rules are listed; without RULE, all are.
    """
    look = look_of_stdout(color)
    if rule is None or is_family(rule):
        print_report(render_index(look, rule or "ALL"))
    else:
        print_report(render_page(require_rule(rule), look))
    return NOTHING_TO_REPORT
