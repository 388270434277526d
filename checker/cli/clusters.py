"""The option `--cluster` of `check`."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

Function = TypeVar("Function", bound=Callable[..., Any])

LOCAL = "local"
_SCHEMES = ("tcp://", "tls://")


def cluster_option(function: Function) -> Function:
    """`--cluster ADDRESS`."""
    text = "Run lessons on a Dask cluster: tls://host:port or tcp://host:port of its scheduler, or `local`."
    return click.option("--cluster", metavar="ADDRESS", callback=_read_address, help=text)(function)


def refuse_for_cluster(given: Any) -> None:
    """Raise a usage error for options that make no sense with a cluster."""
    if given["cluster"] is None:
        return
    for name, why in (
        ("no_run", "runs nothing"),
        ("watch", "keeps what runs lessons on this machine"),
        ("pandas", "compares environments of this machine"),
    ):
        if given[name]:
            raise click.UsageError(
                f"--cluster and --{name.replace('_', '-')}: the latter {why}; leave one out."
            )
    if given["jobs"] and given["cluster"] != LOCAL:
        raise click.UsageError("--jobs is for this machine: a worker runs as many lessons as it has threads.")


def _read_address(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    if value is None or value == LOCAL:
        return value
    scheme = next((each for each in _SCHEMES if value.startswith(each)), None)
    host, _, port = value.removeprefix(scheme or "").rpartition(":")
    if scheme is None or not host or not (port.isascii() and port.isdecimal()):
        raise click.BadParameter(f"{value!r} is neither tcp://host:port nor tls://host:port nor local.")
    return value
