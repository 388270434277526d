"""`coursecheck lsp`."""

import click

from checker.cli.status import NOTHING_TO_REPORT
from checker.errors import UsageError


@click.command("lsp")
@click.option("--stdio", is_flag=True, help="Talk over standard input and output; there is no other way.")
@click.option(
    "--trust-config",
    is_flag=True,
    help="Let the configuration of an open course choose the interpreter, which starts outside the sandbox.",
)
def command(stdio: bool, trust_config: bool) -> int:
    """Run the language server that editors talk to.

    An editor starts this, and talks to it in the Language Server Protocol.
    """
    del stdio  # what some editors say to every server
    try:
        import pygls  # noqa: F401 an extra, told from what is broken in ours
    except ImportError:
        raise UsageError(
            "the language server needs pygls, which is not installed", "pip install 'coursecheck[editor]'"
        ) from None
    from checker.editor.server import make_server
    from checker.editor.stdio import take_stdio

    reader, writer = take_stdio()
    make_server(trust=trust_config).start_io(reader, writer)
    return NOTHING_TO_REPORT
