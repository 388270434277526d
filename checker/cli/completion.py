"""`coursecheck completion`."""

import click

from checker.cli.output import print_report
from checker.cli.status import NOTHING_TO_REPORT


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> int:
    """Print the script that completes commands, rules and paths.

    \b
    bash: coursecheck completion bash > ~/.local/share/bash-completion/completions/coursecheck
    zsh:  coursecheck completion zsh > _coursecheck, in a folder of $fpath
    fish: coursecheck completion fish > ~/.config/fish/completions/coursecheck.fish
    """  # noqa: D301 click's own mark: leave these lines as they are
    from click.shell_completion import ShellComplete, get_completion_class

    from checker.cli.main import PROGRAM, VARIABLE

    kind = get_completion_class(shell)
    assert kind is not None
    script = kind(click.Group(PROGRAM), {}, PROGRAM, VARIABLE)
    # Not bash's own: it starts a bash to see how old it is.
    print_report(f"{ShellComplete.source(script)}\n")
    return NOTHING_TO_REPORT
